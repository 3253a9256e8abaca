// @vitest-environment jsdom
/** Theory ahead of the simulation: what is drawn, and when. */
import { afterAll, describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import { symbolAt } from "../../../web/src/charts/symbols.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { parseState } from "../../../web/src/engine/url.js";
import { aheadWords } from "../../../web/src/i18n/ahead.js";
import { messagesOf, schemeNames } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { netFigures } from "../../../web/src/labs/propagation/net/figures.js";
import { propagationFigures } from "../../../web/src/labs/propagation/figures.js";
import type { PropagationParts } from "../../../web/src/labs/propagation/figures.js";
import { Ahead, comparable } from "../../../web/src/labs/propagation/ahead/index.js";
import type { AheadHost, Theories } from "../../../web/src/labs/propagation/ahead/index.js";
import { drawingsOf } from "../../../web/src/labs/propagation/ahead/drawings.js";
import type { Drawings } from "../../../web/src/labs/propagation/ahead/drawings.js";
import { between, onTheWay } from "../../../web/src/labs/propagation/ahead/tween.js";
import { planOf } from "../../../web/src/labs/propagation/plan.js";
import { hasNet } from "../../../web/src/labs/propagation/state.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const size = { width: 640, height: 400, theme: themes.light };
const SMALL = "v=1&width=32&batch=8&s=kaiming_normal&s=xavier_normal";
const NET =
  "v=1&activation=tanh&net=depth*(dense,phi),res(dense)&width=16&batch=8&s=kaiming_normal";

function requestOf(state: string): PropagationRequest {
  const { request, issues } = parseState("propagation", state);
  expect(issues).toEqual([]);
  return request;
}

/** An answer with the contents of its figures. */
async function answered(state: string, locale: Locale = "en") {
  const request = requestOf(state);
  const results = await engine.run("propagation", request);
  const names = schemeNames(request.schemes, locale);
  const shown = results.map(({ scheme, result }, slot) => ({
    slot,
    name: names[slot] ?? "",
    scheme,
    result,
  }));
  const parts: PropagationParts = { request, chosen: shown[0], steadyAxis: (_, needed) => needed };
  const contents = shown[0]?.result.rows
    ? netFigures(shown, parts, locale)
    : propagationFigures(shown, parts, messagesOf(locale));
  return { request, contents };
}
type Answered = Awaited<ReturnType<typeof answered>>;

async function theoryOf(request: PropagationRequest): Promise<Theories> {
  const results = await engine.run("meanField", request);
  const plan = hasNet(request) ? await planOf(engine, request) : undefined;
  return { results, labels: plan?.rows.map(({ label }) => label) };
}

/** Theory of a state in the figures of another. */
async function aheadOf({ request, contents }: Answered, state: string, locale: Locale = "en") {
  const now = requestOf(state);
  const { results, labels } = await theoryOf(now);
  const names = schemeNames(now.schemes, locale);
  return drawingsOf(contents, {
    now: results.map(({ result }, slot) => ({ slot, name: names[slot] ?? "", theory: result })),
    labels,
    shown: request,
    selected: 0,
    steadyAxis: (_, needed) => needed,
    locale,
  });
}

function drawn(drawings: Drawings, name: string) {
  const drawing = drawings.get(name);
  return drawing ? drawing.draw(size) : expect.fail(`${name} has no drawing`);
}
const textsOf = (svg: Element) => [...svg.querySelectorAll("text")].map((t) => t.textContent);
const linesOf = (svg: Element) => svg.querySelectorAll("[data-theory]");
const pathOf = (path: Element | null | undefined) => path?.getAttribute("d") ?? "";
/** The points of a path. */
const pointsOf = (d: string) =>
  d.split(/[MLZ]/).flatMap((pair) => {
    const [x, y] = pair.split(",").map(Number);
    return x !== undefined && y !== undefined ? [[x, y] as const] : [];
  });

describe("theory drawn ahead", () => {
  it("is of what is set now, over paler dots of before, and says so in both languages", async () => {
    for (const locale of ["en", "zh"] as const) {
      const answer = await answered(`${SMALL}&depth=6`, locale);
      const drawings = await aheadOf(answer, `${SMALL}&depth=9`, locale);
      expect([...drawings.keys()].sort()).toEqual(
        ["activation", "correlation", "flow", "gradient", "weightGradient"].sort(),
      );
      const { svg, xs } = drawn(drawings, "activation");
      expect(xs).toHaveLength(10);
      expect(linesOf(svg)).toHaveLength(2);
      expect(pointsOf(pathOf(svg.querySelector("[data-theory]")))).toHaveLength(10);
      const dots = svg.querySelector("[data-before]");
      expect(Number(dots?.getAttribute("fill-opacity"))).toBeLessThan(0.5);
      expect(dots?.getAttribute("d")?.match(/M/g)).toHaveLength(7);
      expect(textsOf(svg)).toContain(aheadWords(locale).follows);
      expect(textsOf(drawn(drawings, "flow").svg)).toContain(aheadWords(locale).strips);
      for (const name of drawings.keys())
        expect(drawn(drawings, name).svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("stands where the answer's own drawing will have it, with the same axes", async () => {
    const answer = await answered(`${SMALL}&depth=12`);
    const drawings = await aheadOf(answer, `${SMALL}&depth=12`);
    const content = answer.contents.correlation;
    if (!content) return expect.fail("no correlation");
    const own = content.draw(size).svg;
    const { svg } = drawn(drawings, "correlation");
    const theirs = own.querySelectorAll("[data-mark=line] path");
    expect(linesOf(svg)).toHaveLength(theirs.length);
    linesOf(svg).forEach((line, i) => {
      const [a, b] = [pointsOf(pathOf(line)), pointsOf(pathOf(theirs[i]))];
      expect(a).toHaveLength(b.length);
      a.forEach(([x, y], k) => {
        expect(Math.abs(x - (b[k]?.[0] ?? NaN))).toBeLessThan(0.11);
        expect(Math.abs(y - (b[k]?.[1] ?? NaN))).toBeLessThan(0.11);
      });
    });
    const texts = textsOf(svg).filter((text) => text !== aheadWords("en").follows);
    expect(texts.sort()).toEqual(textsOf(own).sort());
  });

  it("is nowhere where theory says nothing", async () => {
    const answer = await answered("v=1&width=16&depth=4&batch=8&s=eye");
    const [first] = (await theoryOf(answer.request)).results;
    expect(first?.result.gap).not.toBe("");
    expect((await aheadOf(answer, "v=1&width=16&depth=5&batch=8&s=eye")).size).toBe(0);
  });

  it("calls the rows of a net what they are now, and shows none of before where another stood", async () => {
    const answer = await answered(`${NET}&depth=3`);
    const drawings = await aheadOf(answer, `${NET}&depth=5`);
    const { svg } = drawn(drawings, "gradient");
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["phi 4", "res 1"]));
    const dots = svg.querySelector("[data-before]")?.getAttribute("d")?.match(/M/g);
    expect(dots).toHaveLength(3); // the row "res 1" stood where "phi 4" stands now
    expect(drawings.get("activation")?.describe?.(4)).toContain("phi 4 (theory)");
  });

  it("reads theory's values, called so", async () => {
    const answer = await answered(`${SMALL}&depth=4`);
    const drawings = await aheadOf(answer, `${SMALL}&depth=5`);
    expect(drawings.get("activation")?.describe?.(2)).toMatch(/^Layer 2 \(theory\): /);
    expect(
      (await aheadOf(answer, `${SMALL}&depth=5`, "zh")).get("gradient")?.describe?.(0),
    ).toMatch(/^第 1 层 ?（?\(?理论值/);
  });

  it("has a symbol for every slot, within the radius of a dot or two", () => {
    for (let slot = 0; slot < 8; ++slot) {
      const d = symbolAt(slot, 60, 50, 3);
      expect(d).toMatch(/^M/);
      const corners = pointsOf(d.replace(/a.*/, ""));
      expect(corners.length).toBeGreaterThan(slot === 0 ? 0 : 2);
      for (const [x, y] of corners) {
        expect(Math.abs(x - 60)).toBeLessThan(6);
        expect(Math.abs(y - 50)).toBeLessThan(6);
      }
    }
  });
});

describe("dots on their way", () => {
  const of = (...values: number[]) => [{ slot: 1, values: Float64Array.from(values) }];

  it("go from the old to the new, evenly on their axis", () => {
    expect(between(1, 3, 0.5, false)).toBe(2);
    expect(between(1e-4, 1, 0.5, true)).toBeCloseTo(1e-2);
    expect(between(0, 1, 0.5, true)).toBe(1);
    expect(onTheWay(of(0, 1), of(1, 1), 0.25, false)[0]?.values).toEqual(Float64Array.of(0.25, 1));
  });

  it("are where they belong where there were none", () => {
    expect(onTheWay(of(1), of(1, 7), 0.5, false)[0]?.values).toEqual(Float64Array.of(1, 7));
    expect(onTheWay([], of(5), 0.5, true)[0]?.values).toEqual(Float64Array.of(5));
    expect(onTheWay(of(NaN), of(5), 0.5, true)[0]?.values).toEqual(Float64Array.of(5));
  });
});

describe("what is drawn when", () => {
  /** A lab whose engine, answers and frames come when the test says so. */
  async function lab(moves = true) {
    const before = await answered(`${SMALL}&depth=4`);
    const after = await answered(`${SMALL}&depth=6`);
    let answer: Answered = before;
    let asked = before.request;
    let busy = false;
    const shows: (readonly string[])[] = [];
    const drawings: Drawings[] = [];
    const questions: { request: PropagationRequest; tell: (theory: Theories) => void }[] = [];
    const frames: ((time: number) => void)[] = [];
    const host: AheadHost = {
      asked: () => asked,
      answer: () => answer,
      following: () => busy && answer.request !== asked,
      contents: () => answer.contents,
      slots: ({ schemes }) => schemes.map((_, slot) => slot),
      names: ({ schemes }) => schemeNames(schemes, "en"),
      selected: () => 0,
      locale: () => "en",
      steadyAxis: (_, needed) => needed,
      show: (shown) => {
        drawings.push(shown);
        shows.push([...shown.keys()]);
      },
    };
    const ahead = new Ahead(host, {
      theory: (request) => new Promise((tell) => questions.push({ request, tell })),
      frame: (draw) => frames.push(draw),
      moves: () => moves,
    });
    return {
      ahead,
      before,
      after,
      questions,
      frames,
      shows,
      drawings,
      set: (request: PropagationRequest) => {
        asked = request;
        busy = true;
        ahead.ask();
      },
      tell: async () => {
        const question = questions.at(-1);
        if (!question) return expect.fail("nothing was asked");
        question.tell(await theoryOf(question.request));
        for (let i = 0; i < 5; ++i) await Promise.resolve();
      },
      answers: (one: Answered) => {
        answer = one;
        busy = one.request !== asked;
        ahead.update();
      },
      stops: () => {
        busy = false;
        ahead.update();
      },
      frame: (time: number) => frames.shift()?.(time),
    };
  }

  it("theory as soon as it is told, while the simulation is not there", async () => {
    const { set, tell, after, shows, questions } = await lab();
    set(after.request);
    expect(questions).toHaveLength(1);
    expect(shows).toEqual([]);
    await tell();
    expect(shows).toHaveLength(1);
    expect(shows[0]).toContain("activation");
  });

  it("dots on their way when the answer comes, then the answer's own figures", async () => {
    const { set, tell, answers, frame, frames, shows, drawings, after } = await lab();
    set(after.request);
    await tell();
    answers(after);
    expect(frames).toHaveLength(1);
    frame(1000);
    expect(shows.at(-1)).toContain("activation");
    const dots = (drawings.at(-1)?.get("activation")?.draw(size) ?? expect.fail()).svg;
    expect(dots.querySelectorAll("[data-before]")).toHaveLength(2);
    expect(textsOf(dots)).not.toContain(aheadWords("en").follows);
    frame(1070);
    expect(shows.at(-1)).toContain("activation");
    frame(1500);
    expect(shows.at(-1)).toEqual([]);
    expect(frames).toHaveLength(0);
  });

  it("nothing on its way under reduced motion", async () => {
    const { set, tell, answers, frames, shows, after } = await lab(false);
    set(after.request);
    await tell();
    answers(after);
    expect(frames).toHaveLength(0);
    expect(shows.at(-1)).toEqual([]);
  });

  it("the dots of an answer that is not the newest, under theory of the newest", async () => {
    const { set, tell, answers, shows, drawings, after } = await lab();
    set(requestOf(`${SMALL}&depth=8`));
    await tell();
    answers(after);
    expect(shows).toHaveLength(2);
    const { svg, xs } = drawings.at(-1)?.get("activation")?.draw(size) ?? expect.fail();
    expect(xs).toHaveLength(9);
    expect(svg.querySelector("[data-before]")?.getAttribute("d")?.match(/M/g)).toHaveLength(7);
  });

  it("no theory that comes after the answer, or when nothing is on its way any more", async () => {
    const late = await lab();
    late.set(late.after.request);
    late.answers(late.after);
    await late.tell();
    expect(late.shows).toEqual([]);
    const stopped = await lab();
    stopped.set(stopped.after.request);
    await stopped.tell();
    stopped.stops(); // it was cancelled: no simulation follows
    expect(stopped.shows.at(-1)).toEqual([]);
    expect(stopped.frames).toHaveLength(0);
  });

  it("a newer setting ends what is on its way", async () => {
    const { set, tell, answers, frame, shows, after } = await lab();
    set(after.request);
    await tell();
    answers(after);
    frame(0);
    set(requestOf(`${SMALL}&depth=7`));
    await tell();
    const count = shows.length;
    frame(10);
    expect(shows).toHaveLength(count);
  });

  it("one question at a time, and the newest next", async () => {
    const { set, tell, questions, after } = await lab();
    set(after.request);
    for (let depth = 7; depth < 40; ++depth) set(requestOf(`${SMALL}&depth=${depth}`));
    expect(questions).toHaveLength(1);
    await tell();
    expect(questions.map(({ request }) => request.depth)).toEqual([6, 39]);
  });

  it("nothing of a network that is another in kind", () => {
    const [layers, net] = [requestOf(`${SMALL}&depth=4`), requestOf(`${NET}&depth=3`)];
    expect(comparable(layers, net)).toBe(false);
    expect(comparable(net, layers)).toBe(false);
    expect(comparable(net, { ...net, depth: 9 })).toBe(true);
    expect(comparable(net, { ...net, net: "dense" })).toBe(false);
    expect(comparable({ ...layers, data: new Float32Array(2 ** 17) }, layers)).toBe(false);
  });
});
