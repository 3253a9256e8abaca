// @vitest-environment jsdom
/** What is taken of a figure: the headline, the settings, the source and the picture. */
import { afterAll, describe, expect, it } from "vitest";
import type { Field } from "../../../web/src/engine/catalogue.js";
import { catalogue, ownField } from "../../../web/src/engine/catalogue.js";
import {
  checkRequest,
  fieldsOf,
  schemeWith,
  standardRequest,
} from "../../../web/src/engine/request.js";
import type { Requests } from "../../../web/src/engine/request.js";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import type { FigureContent } from "../../../web/src/figures/content.js";
import { compose } from "../../../web/src/figures/publish/compose.js";
import { headlineOf, sentencesOf } from "../../../web/src/figures/publish/finding.js";
import { linesOf } from "../../../web/src/figures/publish/lines.js";
import { schemeText, settingsOf } from "../../../web/src/figures/publish/settings.js";
import { MAKER, schemesOf } from "../../../web/src/figures/publish/taken.js";
import type { Taken } from "../../../web/src/figures/publish/taken.js";
import type { Home, LabKind, Source } from "../../../web/src/figures/source.js";
import { fieldName, schemeNames } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { labs } from "./figure-scenes.js";
import { localEngine } from "./support.js";

const LOCALES: readonly Locale[] = ["en", "zh"];
/** The audit's figures have no request that they were computed of. */
const KINDS = Object.keys(labs).filter((name) => name !== "audit") as LabKind[];

const engine = localEngine();
afterAll(() => engine.close());

/** Another value that the field may have. */
function otherValue(field: Field): unknown {
  const { kind, choices = [], min = 0, max = 1 } = field;
  switch (kind) {
    case "choice":
      return choices.find((choice) => choice !== field.default);
    case "seed":
      return "18446744073709551615";
    case "shape":
      return Array.from({ length: Math.max(field.leastRank ?? 1, 2) }, (_, i) => min + 1 + i);
    case "scheme":
      return schemeWith("constant", { val: 0.123456 });
    case "text":
      return field.id === "net" ? "dense,phi,dense" : "z/(1+abs(z))";
    case "integer":
      return field.default === max ? max - 1 : max;
    case "number":
      // Many digits, of which none is left out.
      return min + (max - min) * 0.123456;
  }
}

describe.each(KINDS)("the settings of %s", (kind) => {
  const line = (given: object, locale: Locale) => {
    const { request, issues } = checkRequest(kind, given);
    expect(issues).toEqual([]);
    return settingsOf(kind, request, locale);
  };

  it("tell every two states apart that differ in a field, by the field's value", () => {
    const fields = fieldsOf(kind).filter(({ id }) => id !== "scheme" && id !== "detail");
    expect(fields.length).toBeGreaterThan(5);
    for (const locale of LOCALES) {
      const standard = line({}, locale);
      for (const field of fields) {
        const value = otherValue(field);
        const beside = catalogue.activations.find(({ id }) => ownField(id) === field.id);
        // What one activation has to itself changes nothing beside another, and is not said there.
        if (beside) expect(line({ [field.id]: value }, locale), field.id).toEqual(standard);
        const given = beside && { activation: beside.id };
        const changed = line({ ...given, [field.id]: value }, locale);
        const before = line({ ...given }, locale);
        expect(changed, field.id).not.toEqual(before);
        const [own] = changed.filter((part) => !before.includes(part));
        if (field.kind === "integer" || field.kind === "number" || field.kind === "text")
          expect(own, field.id).toContain(String(value).replaceAll("-", "−"));
        if (field.id !== "generator") expect(own).toContain(fieldName(field.id, locale));
      }
    }
  });

  it("say of an untouched state what a reader asks first, and are short", () => {
    for (const locale of LOCALES) {
      const text = line({}, locale).join(" · ");
      if (kind !== "phase") expect(text).toContain(`${fieldName("seed", locale)} 0`);
      expect(text.length).toBeLessThan(220);
      expect(text).not.toContain("undefined");
    }
  });

  it("leave out what only tells how an answer came", () => {
    expect(line(kind === "phase" ? { detail: "place" } : {}, "en")).toEqual(line({}, "en"));
  });
});

it("a scheme is said with each parameter that is not its default, and with no other", () => {
  for (const { id, fields } of catalogue.schemes)
    for (const locale of LOCALES) {
      const plain = schemeText(schemeWith(id), locale);
      expect(plain).not.toMatch(/[(（]\S* ?= /);
      for (const field of fields) {
        const value = otherValue(field) as number | string;
        expect(schemeText(schemeWith(id, { [field.id]: value }), locale), field.id).not.toBe(plain);
      }
    }
  expect(schemeText(schemeWith("kaiming_uniform", { a: Math.sqrt(5) }), "en")).toBe(
    "He uniform (a = √5)",
  );
});

describe("a headline", () => {
  const schemes = ["He normal", "Xavier normal"];
  const figure = {
    title: "Signal by layer",
    caption:
      "He normal keeps the signal steady up to layer 9, at 0.5. Xavier normal changes the signal by a factor 0.499 per layer. Lines are mean-field theory.",
  };

  it("is what is found of schemes; what is drawn stands below it, and the rest elsewhere", () => {
    expect(headlineOf(figure, schemes, " ", () => true)).toEqual({
      headline:
        "He normal keeps the signal steady up to layer 9, at 0.5. Xavier normal changes the signal by a factor 0.499 per layer.",
      subject: "Signal by layer",
      rest: "Lines are mean-field theory.",
    });
  });

  it("ends between sentences, and nothing is lost", () => {
    const { headline, rest } = headlineOf(figure, schemes, " ", () => false);
    expect(headline).toBe("He normal keeps the signal steady up to layer 9, at 0.5.");
    expect(`${headline} ${rest}`).toBe(figure.caption);
  });

  it("is the title where no sentence is of a scheme", () => {
    const plane = { title: "Phase plane of tanh", caption: "Colour is χ₁ of He normal. So it is." };
    expect(headlineOf(plane, schemes, " ", () => true)).toEqual({
      headline: plane.title,
      subject: "",
      rest: plane.caption,
    });
  });

  it("knows sentences by their ends, not by the points of numbers", () => {
    expect(sentencesOf("At 0.5. σ_w² = 1.76 is it. More")).toEqual([
      "At 0.5.",
      "σ_w² = 1.76 is it.",
      "More",
    ]);
    expect(sentencesOf("第 9 层为 0.5。细线为理论。")).toEqual(["第 9 层为 0.5。", "细线为理论。"]);
  });
});

describe("lines", () => {
  it.each([
    "He normal, a = 0.123456, leaky_relu, fan_out, and what else is long",
    "色带为各网络之间 ±2 个标准差，针对单个输入，精确到深度与宽度之比的一阶；整个批量的平均波动更小。",
    `https://example.org/#v=1&${"s=kaiming_normal;a:0.123456&".repeat(12)}`,
  ])("hold all of %s", (text) => {
    const lines = linesOf(text, 150);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    // By the estimate where nothing can measure, the widest character is as wide as the letters are high.
    for (const line of lines) expect(line.length).toBeLessThan(45);
  });

  it("are none of no text, and one of a short one", () => {
    expect(linesOf("", 100)).toEqual([]);
    expect(linesOf("short", 100)).toEqual(["short"]);
  });
});

const sourceOf = <K extends LabKind>(kind: K, request: Requests[K]): Source => ({
  kind,
  request,
  state: formatState(kind, request),
  slots: [],
  home: undefined,
});

/** Each figure of the first state of a lab as it is taken, by name. */
async function takenOf(kind: LabKind, locale: Locale): Promise<ReadonlyMap<string, Taken>> {
  const { states, figures } = labs[kind];
  const found = new Map<string, Taken>();
  for (const state of states) {
    const { request } = parseState(kind, state);
    const home: Home = { address: (_, text) => `https://example.org/#${text}` };
    const source = { ...sourceOf(kind, request), home: () => Promise.resolve(home) };
    for (const [name, content] of Object.entries(await figures(state, engine, locale)))
      if (content) found.set(name, { content, name, locale, theme: "light", source, home });
  }
  return found;
}

const expectSource = ({ source }: Taken) => source ?? expect.fail("no source");

const textsOf = (svg: SVGSVGElement) =>
  [...svg.children]
    .filter(({ tagName }) => tagName === "text")
    .map(({ textContent }) => textContent);

describe.each(KINDS)("pictures of %s", (kind) => {
  it.each(LOCALES)("carry headline, plot, schemes, settings and source, in %s", async (locale) => {
    const all = await takenOf(kind, locale);
    expect(all.size).toBeGreaterThan(1);
    for (const [name, taken] of all) {
      const svg = compose(taken, true);
      const said = textsOf(svg).join(" ");
      const bare = said.replace(/[ \u00a0]/g, "");
      const holds = (text: string) => expect(bare, name).toContain(text.replaceAll(" ", ""));
      holds(taken.content.title);
      for (const sentence of sentencesOf(taken.content.caption)) holds(sentence);
      for (const { scheme } of schemesOf(taken)) holds(schemeText(scheme, locale));
      const { request } = expectSource(taken);
      for (const part of settingsOf(kind, request, locale)) holds(part);
      holds(MAKER);
      holds(`https://example.org/#${formatState(kind, request)}`);
      const [width = 0, height = 0] = ["width", "height"].map((key) =>
        Number(svg.getAttribute(key)),
      );
      const plot = svg.querySelector("svg") ?? expect.fail("no plot");
      expect(Number(plot.getAttribute("x")) + Number(plot.getAttribute("width"))).toBeLessThan(
        width,
      );
      // One below the other, and all within.
      const lows = [...svg.children].flatMap((child) =>
        child.tagName === "text" ? [Number(child.getAttribute("y"))] : [],
      );
      expect(lows).toEqual(lows.toSorted((a, b) => a - b));
      expect(Math.max(...lows)).toBeLessThan(height - 8);
      expect(svg.querySelector("rect")?.getAttribute("fill")).toBe("#ffffff");
    }
  });
});

it("a picture of a race says the step that it shows, which no address has", async () => {
  const [taken = expect.fail("no figure")] = [...(await takenOf("training", "en")).values()];
  const textAt = (step: number | undefined) =>
    textsOf(compose({ ...taken, source: { ...expectSource(taken), step } }, true)).join(" ");
  expect(textAt(15).replaceAll("\u00a0", " ")).toContain("Shown at step 15");
  expect(textAt(undefined)).not.toContain("Shown");
});

it("a picture has no ground where none is wanted, and no address where others could not open it", async () => {
  const [taken] = [...(await takenOf("propagation", "en")).values()];
  if (!taken) expect.fail("no figure");
  const svg = compose({ ...taken, home: undefined }, false);
  expect(svg.firstElementChild?.tagName).toBe("text");
  expect(svg.textContent).not.toContain("http");
  expect(svg.textContent).toContain(MAKER);
});

it("a name that a figure on the page has no room for is whole in the picture", async () => {
  const long = schemeWith("kaiming_normal", { a: 0.123456, mode: "fan_out", nonlinearity: "selu" });
  const request = checkRequest("propagation", {
    depth: 4,
    width: 16,
    batch: 8,
    schemes: [long, schemeWith("kaiming_normal")],
  }).request;
  const state = formatState("propagation", request);
  const content = (await labs.propagation.figures(state, engine, "en"))["activation"];
  const [name = ""] = schemeNames(request.schemes, "en");
  const plotOf = (figure: FigureContent) => {
    const taken: Taken = {
      content: figure,
      name: "activation",
      locale: "en",
      theme: "light",
      source: sourceOf("propagation", request),
      home: undefined,
    };
    return compose(taken, true).querySelector("svg") ?? expect.fail("no plot");
  };
  const labels = [...plotOf(content ?? expect.fail("no figure")).querySelectorAll("text")].map(
    (text) => [...text.querySelectorAll("tspan")].map((span) => span.textContent).join(" "),
  );
  expect(labels).toContain(name);
});

it("standard requests are what an untouched lab has", () => {
  expect(settingsOf("propagation", standardRequest("propagation"), "en")).toContain(
    "Activation relu",
  );
});
