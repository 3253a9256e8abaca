// @vitest-environment jsdom
/** Theory ahead of the simulation: what brings it, and what is drawn when. */
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import type { AheadDrawing } from "../../../web/src/figures/ahead.js";
import { aheadWords } from "../../../web/src/i18n/ahead.js";
import { schemeNames } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { Ahead, comparable } from "../../../web/src/labs/propagation/ahead/index.js";
import type { AheadHost, AheadWorld } from "../../../web/src/labs/propagation/ahead/index.js";
import type { Theories } from "../../../web/src/labs/propagation/ahead/theories.js";
import { Lead } from "../../../web/src/labs/propagation/lead.js";
import { SLOT_MARKS } from "../../../web/src/slots.js";
import {
  answered,
  pathOf,
  pointsOf,
  engine,
  NET,
  requestOf,
  size,
  SMALL,
  textsOf,
  theoryOf,
} from "./ahead-support.js";
import type { Answered } from "./ahead-support.js";

vi.mock("../../../web/src/engine/shared.js", () => ({
  quickEngine: () => engine,
  nearEngine: () => Promise.reject(new Error("no module in this thread")),
}));
afterAll(() => engine.close());

describe("what brings the part", () => {
  const idle = { asked: () => undefined, answer: () => undefined, figures: () => [] };
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
    const lead = new Lead({ ...host, figures: () => (shows.push(1), []) }, load);
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

const FIGURES = ["flow", "activation", "gradient", "correlation", "dead", "weightGradient"];

describe("what is drawn when", () => {
  /** A lab whose engine, answers and frames come when the test says so. */
  async function lab(moves = true, now: AheadWorld["now"] = () => undefined) {
    const before = await answered(`${SMALL}&depth=4`);
    const after = await answered(`${SMALL}&depth=6`);
    let answer: Answered = before;
    let asked = before.request;
    let busy = false;
    /** What the figures show, each time that something is shown. */
    const drawings: Map<string, AheadDrawing>[] = [];
    const figures = () => {
      const shown = new Map<string, AheadDrawing>();
      drawings.push(shown);
      return FIGURES.map((name) => ({
        name,
        showAhead: (drawing: AheadDrawing | undefined) => {
          if (drawing) shown.set(name, drawing);
        },
      }));
    };
    const shows = () => drawings.map((shown) => [...shown.keys()]);
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
      figures,
    };
    const ahead = new Ahead(host, {
      now,
      later: (request) => new Promise((tell) => questions.push({ request, tell })),
      frame: (draw) => frames.push(draw),
      clock: () => 0,
      seen: () => true,
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
      frame: (time: number) => {
        for (const draw of frames.splice(0)) draw(time);
      },
    };
  }

  it("theory as soon as it is told, while the simulation is not there", async () => {
    const { set, tell, after, shows, questions } = await lab();
    set(after.request);
    expect(questions).toHaveLength(1);
    expect(shows()).toEqual([]);
    await tell();
    expect(shows()).toHaveLength(1);
    expect(shows()[0]).toContain("activation");
  });

  it("theory at once where it can be had within the frame, and no question is asked", async () => {
    const { request } = await answered(`${SMALL}&depth=9`);
    const said = await theoryOf(request);
    const { set, shows, drawings, questions } = await lab(true, (asked) =>
      asked === request ? said : undefined,
    );
    set(request);
    expect(questions).toEqual([]);
    expect(shows()).toHaveLength(1);
    const svg = drawings.at(-1)?.get("activation")?.draw(size).svg ?? expect.fail();
    expect(pointsOf(pathOf(svg.querySelector("[data-theory]")))).toHaveLength(10);
    set(requestOf(`${SMALL}&depth=10`)); // which takes longer than a frame
    expect(questions).toHaveLength(1);
    expect(shows()).toHaveLength(1);
  });

  it("a figure in place of its last drawing, on the same sheet", async () => {
    const { before, after } = await lab();
    const said = await theoryOf(after.request);
    const { set, drawings } = await lab(true, () => said);
    set(after.request);
    set({ ...before.request, depth: 6 });
    const [first, second] = drawings.map((shown) => shown.get("activation")?.draw(size).svg);
    expect(first).toBeDefined();
    expect(second).toBe(first);
  });

  it("an answer that is not the newest where the last one is drawn, and all before theory is", async () => {
    const { after } = await lab();
    const said = await theoryOf(after.request);
    const { ahead, set, frame } = await lab(true, () => said);
    expect([ahead.worthShowing(), ahead.worthShowing()]).toEqual([true, true]);
    set(after.request);
    expect([ahead.worthShowing(), ahead.worthShowing()]).toEqual([true, false]);
    frame(0);
    expect(ahead.worthShowing()).toBe(false);
    frame(16);
    expect(ahead.worthShowing()).toBe(true);
  });

  it("dots on their way when the answer comes, then the answer's own figures", async () => {
    const { set, tell, answers, frame, frames, shows, drawings, after } = await lab();
    set(after.request);
    await tell();
    answers(after);
    frame(1000);
    expect(shows().at(-1)).toContain("activation");
    const dots = (drawings.at(-1)?.get("activation")?.draw(size) ?? expect.fail()).svg;
    expect(dots.querySelectorAll("[data-before]")).toHaveLength(2);
    expect(textsOf(dots)).not.toContain(aheadWords("en").follows);
    frame(1070);
    expect(shows().at(-1)).toContain("activation");
    frame(1500);
    expect(shows().at(-1)).toEqual([]);
    frame(1516);
    expect(frames).toHaveLength(0);
  });

  it("nothing on its way under reduced motion", async () => {
    const { set, tell, answers, frame, shows, after } = await lab(false);
    set(after.request);
    await tell();
    answers(after);
    expect(shows().at(-1)).toEqual([]);
    const count = shows().length;
    frame(1000);
    expect(shows()).toHaveLength(count);
  });

  it("the dots of an answer that is not the newest, under theory of the newest", async () => {
    const { set, tell, answers, shows, drawings, after } = await lab();
    set(requestOf(`${SMALL}&depth=8`));
    await tell();
    answers(after);
    expect(shows()).toHaveLength(2);
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
    expect(shows()).toHaveLength(2);
    expect(flow().describe?.(2)).toContain(SLOT_MARKS[1]);
    expect(flow().draw(size).svg.outerHTML).not.toBe(ofFirst);
    shownAs({ locale: "zh" });
    expect(shows()).toHaveLength(3);
    expect(flow().said).toContain(aheadWords("zh").strips);
    shownAs({});
    expect(shows()).toHaveLength(3); // nothing is another
  });

  it("no theory that comes after the answer, or when nothing is on its way any more", async () => {
    const late = await lab();
    late.set(late.after.request);
    late.answers(late.after);
    await late.tell();
    expect(late.shows()).toEqual([]);
    const stopped = await lab();
    stopped.set(stopped.after.request);
    await stopped.tell();
    stopped.stops(); // it was cancelled: no simulation follows
    expect(stopped.shows().at(-1)).toEqual([]);
    const count = stopped.shows().length;
    stopped.frame(1000);
    expect(stopped.shows()).toHaveLength(count);
  });

  it("a newer setting ends what is on its way", async () => {
    const { set, tell, answers, frame, shows, after } = await lab();
    set(after.request);
    await tell();
    answers(after);
    frame(0);
    set(requestOf(`${SMALL}&depth=7`));
    await tell();
    const count = shows().length;
    frame(10);
    expect(shows()).toHaveLength(count);
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
