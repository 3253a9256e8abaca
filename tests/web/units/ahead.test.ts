// @vitest-environment jsdom
/** Theory ahead of the simulation: what is drawn, and when. */
import * as Plot from "@observablehq/plot";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { Interval } from "../../../web/src/charts/plot.js";
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
import { Ahead, comparable, page } from "../../../web/src/labs/propagation/ahead/index.js";
import type { AheadHost, Theories } from "../../../web/src/labs/propagation/ahead/index.js";
import {
  drawingsOf,
  isByLayer,
  notesOf,
} from "../../../web/src/labs/propagation/ahead/drawings.js";
import type { Drawings } from "../../../web/src/labs/propagation/ahead/drawings.js";
import { between, onTheWay } from "../../../web/src/labs/propagation/ahead/tween.js";
import { planOf } from "../../../web/src/labs/propagation/plan.js";
import { Lead } from "../../../web/src/labs/propagation/lead.js";
import { hasNet } from "../../../web/src/labs/propagation/state.js";
import { SLOT_MARKS, SLOT_SYMBOLS } from "../../../web/src/slots.js";
import { localEngine } from "./support.js";
import { unheardIn } from "./unhandled.js";

const engine = localEngine();
vi.mock("../../../web/src/engine/shared.js", () => ({ quickEngine: () => engine }));
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
async function aheadOf(
  { request, contents }: Answered,
  state: string,
  locale: Locale = "en",
  steadyAxis: AheadHost["steadyAxis"] = (_, needed) => needed,
) {
  const now = requestOf(state);
  const { results, labels } = await theoryOf(now);
  const names = schemeNames(now.schemes, locale);
  return drawingsOf(contents, {
    now: results.map(({ result }, slot) => ({ slot, name: names[slot] ?? "", theory: result })),
    labels,
    shown: request,
    selected: 0,
    steadyAxis,
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

/** Paths go through the same points, as far as these are seen. */
function samePoints(path: Element, other: Element | undefined, sorted = false) {
  const [a, b] = [path, other].map((one) => {
    const points = pointsOf(pathOf(one));
    return sorted ? points.sort(([x, y], [u, v]) => Math.round(x - u) || y - v) : points;
  }) as [ReturnType<typeof pointsOf>, ReturnType<typeof pointsOf>];
  expect(a).toHaveLength(b.length);
  a.forEach(([x, y], k) => {
    expect(Math.abs(x - (b[k]?.[0] ?? NaN))).toBeLessThan(0.11);
    expect(Math.abs(y - (b[k]?.[1] ?? NaN))).toBeLessThan(0.11);
  });
}
/** An attribute of a path of Observable Plot's, or of its group. */
const ofMark = (path: Element | undefined, name: string) =>
  path?.closest(`[${name}]`)?.getAttribute(name) ?? null;

function sameLines(svg: Element, own: Element) {
  const theirs = own.querySelectorAll("[data-mark=line] path");
  expect(linesOf(svg)).toHaveLength(theirs.length);
  linesOf(svg).forEach((line, i) => {
    samePoints(line, theirs[i]);
    for (const name of ["stroke", "stroke-width"])
      expect(line.getAttribute(name)).toBe(ofMark(theirs[i], name));
  });
}

function sameBands(svg: Element, own: Element, count: number) {
  const theirs = [...own.querySelectorAll("[data-mark=area] path")];
  const ours = [...svg.querySelectorAll("path[fill-opacity]:not([data-before])")];
  expect([ours.length, theirs.length]).toEqual([count, count]);
  ours.forEach((band, i) => {
    samePoints(band, theirs[i], true);
    for (const name of ["fill", "fill-opacity"])
      expect(band.getAttribute(name)).toBe(ofMark(theirs[i], name));
  });
}

/** Dots of the first scheme, circles, where the real drawing has them and as large. */
function sameDots(svg: Element, own: Element, least: number) {
  const d = pathOf(svg.querySelector("[data-before='0']"));
  const ours = [...d.matchAll(/M([^,]+),([^a]+)a([^,]+),/g)].map((found) =>
    found.slice(1).map(Number),
  ) as [number, number, number][];
  const theirs = [...own.querySelectorAll("[data-mark=dot] circle")].map((dot) =>
    ["cx", "cy", "r"].map((name) => Number(dot.getAttribute(name))),
  );
  expect(theirs.length).toBeGreaterThanOrEqual(least);
  expect(ours).toHaveLength(theirs.length);
  ours.forEach(([left, y, r], i) => {
    const [cx = NaN, cy = NaN, radius] = theirs[i] ?? [];
    expect(r).toBe(radius);
    expect(Math.abs(left + r - cx)).toBeLessThan(0.11);
    expect(Math.abs(y - cy)).toBeLessThan(0.11);
  });
}

/** The corners of a path that may also go across and down by as much as it says. */
function cornersOf(d: string): (readonly [number, number])[] {
  const corners: (readonly [number, number])[] = [];
  let [x, y] = [0, 0];
  for (const [, command = "", text = ""] of d.matchAll(/([MLhv])([^MLhvZ]*)/g)) {
    const [a = NaN, b = NaN] = text.split(",").map(Number);
    [x, y] = command === "h" ? [x + a, y] : command === "v" ? [x, y + a] : [a, b];
    corners.push([x, y]);
  }
  return corners;
}

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
    sameLines(svg, own);
    const texts = textsOf(svg).filter((text) => text !== aheadWords("en").follows);
    expect(texts.sort()).toEqual(textsOf(own).sort());
  });

  it.each([
    ["with bands", `${SMALL}&depth=12`, { bands: { activation: 2, gradient: 2 }, faults: 0 }],
    [
      "of so many layers that dots are small",
      `${SMALL}&depth=60`,
      { bands: { activation: 2, gradient: 2 }, faults: 0 },
    ],
    [
      "of what overflows and what vanishes",
      "v=1&width=32&batch=8&depth=60&s=normal;std:20&s=normal;std:0.001",
      // The gradient of what overflows is nowhere finite, and of what vanishes 0.
      { bands: { activation: 2, gradient: 0 }, faults: 1 },
    ],
  ])("stands there on axes with decades too, %s", async (_, state, { bands, faults }) => {
    const answer = await answered(state);
    const axes = new Map<string, Interval | undefined>(
      Object.entries(answer.contents).map(([name, content]) => [
        name,
        content && isByLayer(content) ? content.byLayer.extent : undefined,
      ]),
    );
    const steady: AheadHost["steadyAxis"] = (axis, needed) => axes.get(axis) ?? needed;
    const drawings = await aheadOf(answer, state, "en", steady);
    for (const name of ["activation", "gradient"] as const) {
      const content = answer.contents[name];
      if (!content || !isByLayer(content)) return expect.fail(`no ${name}`);
      expect(notesOf(content.byLayer.all)).toEqual({ above: faults, below: faults });
      const own = content.draw(size).svg;
      const { svg } = drawn(drawings, name);
      sameLines(svg, own);
      sameBands(svg, own, bands[name]);
      sameDots(svg, own, bands[name] > 0 ? 12 : 0);
      // What is said of the answer's faults is the answer's; room is kept for it.
      const others = textsOf(own).filter((text) => !/^(?:[▲▼↑↓]|float32 )/.test(text));
      expect(textsOf(svg)).toEqual(expect.arrayContaining(others));
    }
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

  it("has the symbol of every slot as Observable Plot draws it", () => {
    const RADIUS = 3;
    SLOT_SYMBOLS.forEach((symbol, slot) => {
      const d = symbolAt(slot, 0, 0, RADIUS);
      const plot = Plot.dot([0], { x: 0, y: 0, r: RADIUS, symbol, fill: "black" }).plot({
        axis: null,
      });
      const theirs = plot.querySelector("[aria-label=dot] path, [aria-label=dot] circle");
      if (symbol === "circle") {
        expect(theirs?.getAttribute("r")).toBe("3");
        expect(d).toBe("M-3,0a3,3 0 1,0 6,0a3,3 0 1,0 -6,0");
        return;
      }
      const inOrder = (points: (readonly [number, number])[]) =>
        points.sort(([x, y], [u, v]) => Math.round(2 * (x - u)) || y - v);
      const [a, b] = [inOrder(pointsOf(d)), inOrder(cornersOf(pathOf(theirs)))];
      expect(a, `slot ${slot}`).toHaveLength(b.length);
      a.forEach(([x, y], k) => {
        expect(Math.abs(x - (b[k]?.[0] ?? NaN)), `slot ${slot}`).toBeLessThan(0.06);
        expect(Math.abs(y - (b[k]?.[1] ?? NaN)), `slot ${slot}`).toBeLessThan(0.06);
      });
    });
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

describe("what is asked of the engine", () => {
  it("is heard wherever it fails, in theory and in the plan", async () => {
    // A residual block whose widths do not agree: both are refused.
    const { request } = parseState("propagation", "v=1");
    const refused = { ...request, net: "depth*(res(dense;out:24,phi))", width: 25 };
    const unheard = await unheardIn(() => expect(page.theory(refused)).rejects.toThrow());
    expect(unheard).toEqual([]);
  });
});

describe("what brings the part", () => {
  const idle = { asked: () => undefined, answer: () => undefined, show: () => undefined };
  const host = idle as unknown as AheadHost;
  const whole = () => import("../../../web/src/labs/propagation/ahead/index.js");
  const empty = () => Promise.resolve({} as Awaited<ReturnType<typeof whole>>);
  const settled = () => new Promise((later) => setTimeout(later));
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** A page that knows a script; what comes of it when it is read again. */
  function readAgain(read: () => Promise<Response>) {
    vi.stubGlobal("fetch", read);
    vi.spyOn(performance, "getEntriesByType").mockReturnValue([
      { name: "https://a.page/part.js" } as PerformanceEntry,
    ]);
  }

  it("is the next control that is taken up, after the network failed, and not each frame", async () => {
    readAgain(() => Promise.reject(new TypeError("offline")));
    const shows: unknown[] = [];
    let there = false;
    const load = vi.fn(() => (there ? whole() : empty()));
    const lead = new Lead({ ...host, show: (drawings) => shows.push(drawings) }, load);
    await lead.ready();
    expect(load).toHaveBeenCalledTimes(2); // loadPart asks once more
    for (let frame = 0; frame < 5; ++frame) {
      lead.ask(true);
      await settled();
    }
    expect(load).toHaveBeenCalledTimes(4);
    lead.ask(false);
    expect(load).toHaveBeenCalledTimes(4);
    there = true;
    lead.ask(true);
    await vi.waitFor(() => expect(shows).not.toEqual([]));
    expect(load).toHaveBeenCalledTimes(5);
  });

  it("is nothing where the page will not have it", async () => {
    const script = { headers: { "content-type": "text/javascript" } };
    readAgain(() => Promise.resolve(new Response("", script)));
    const load = vi.fn(empty);
    const lead = new Lead(host, load);
    lead.ask(true);
    await settled();
    lead.ask(false);
    lead.ask(true);
    await settled();
    expect(load).toHaveBeenCalledTimes(2);
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
    const view = { selected: 0, locale: "en" as Locale };
    const questions: { request: PropagationRequest; tell: (theory: Theories) => void }[] = [];
    const frames: ((time: number) => void)[] = [];
    const host: AheadHost = {
      asked: () => asked,
      answer: () => answer,
      following: () => busy && answer.request !== asked,
      contents: () => answer.contents,
      slots: () => answer.request.schemes.map((_, slot) => slot),
      names: ({ schemes }) => schemeNames(schemes, "en"),
      selected: () => view.selected,
      locale: () => view.locale,
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
      shownAs: (change: Partial<typeof view>) => {
        Object.assign(view, change);
        ahead.update();
      },
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

  it("the scheme that is chosen, and in the language that is, while the simulation is not there", async () => {
    const { set, tell, shownAs, drawings, shows, after } = await lab();
    set(after.request);
    await tell();
    const flow = () => drawings.at(-1)?.get("flow") ?? expect.fail();
    const [first, ofFirst] = [flow().describe?.(2), flow().draw(size).svg.outerHTML];
    expect(first).toContain(SLOT_MARKS[0]);
    shownAs({ selected: 1 });
    expect(shows).toHaveLength(2);
    expect(flow().describe?.(2)).toContain(SLOT_MARKS[1]);
    expect(flow().draw(size).svg.outerHTML).not.toBe(ofFirst);
    shownAs({ locale: "zh" });
    expect(shows).toHaveLength(3);
    expect(flow().said).toContain(aheadWords("zh").strips);
    shownAs({});
    expect(shows).toHaveLength(3); // nothing is another
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

  it("nothing of other schemes, whose colours and names are others', and nothing of another quantity", () => {
    const shown = requestOf(`${SMALL}&depth=4`);
    const [first, second] = shown.schemes;
    if (!first || !second) throw new Error("two schemes are compared");
    const of = (...schemes: (typeof first)[]) => comparable({ ...shown, schemes }, shown);
    expect(of({ ...first, a: 0.5 }, second)).toBe(true); // a parameter that is dragged
    expect(of(second)).toBe(false);
    expect(of(second, first)).toBe(false);
    expect(comparable({ ...shown, quantity: "variance" }, shown)).toBe(false);
  });
});
