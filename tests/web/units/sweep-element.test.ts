// @vitest-environment jsdom
/** The element of a sweep: when it counts, computes and draws, and what it says. */
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { Engine, RunOptions } from "../../../web/src/engine/client.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { FigureElement } from "../../../web/src/figures/figure.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { sweepWords } from "../../../web/src/i18n/sweep.js";
import { SweepSection } from "../../../web/src/labs/propagation/sweep/section.js";
import { localEngine } from "./support.js";

// jsdom has none, and nothing here has a size.
class Watcher {
  observe(): void {}
  disconnect(): void {}
}
vi.stubGlobal("ResizeObserver", Watcher);
vi.stubGlobal("IntersectionObserver", Watcher);
const { SweepElement } = await import("../../../web/src/labs/propagation/sweep/element.js");

const engine = localEngine();
afterAll(() => engine.close());
afterEach(() => document.body.replaceChildren());

const requestOf = (given: object = {}) =>
  checkRequest("propagation", { depth: 4, width: 32, repeats: 3, batch: 4, ...given }).request;

interface Job {
  readonly kind: string;
  readonly signal: AbortSignal | undefined;
}

/** An engine that notes what it is asked, and fails where it is told to. */
function watched(before: (job: Job) => void = () => undefined) {
  const jobs: Job[] = [];
  const run = (kind: "plan", request: object, options: RunOptions<"plan">) => {
    const job = { kind, signal: options.signal };
    jobs.push(job);
    before(job);
    return engine.run(kind, request, options);
  };
  return { jobs, engine: { run } as unknown as Engine };
}

const LONG = 20_000;
const GRADIENT = ["gradientByWidth"];

function put(given: Partial<InstanceType<typeof SweepElement>>) {
  const element = Object.assign(new SweepElement(), { request: requestOf(), ...given });
  document.body.append(element);
  return element;
}

type Sweep = ReturnType<typeof put>;
const figureIn = (element: Sweep): FigureElement | null =>
  element.renderRoot.querySelector("init-figure");
const textOf = (element: Sweep): string => element.shadowRoot?.textContent ?? "";

/** Once a named figure has all its sizes. */
const whole = (element: Sweep) =>
  vi.waitFor(() => {
    expect(figureIn(element)?.content?.table.rows).toHaveLength(3);
    expect(figureIn(element)?.progress).toBeUndefined();
  }, LONG);
const count = (jobs: readonly Job[], kind: string) =>
  jobs.filter((job) => job.kind === kind).length;

describe("what is named", () => {
  it("has its code asked for once, and again with the next answer where it did not come", async () => {
    const bring = vi.fn(() => Promise.resolve<object | undefined>(undefined));
    const section = new SweepSection({ changed: () => undefined, bring });
    const view = { engine, request: requestOf(), slots: [0], home: undefined };
    const look = { fill: false, dragging: false, locale: "en", theme: "light" } as const;
    for (let i = 0; i < 5; ++i) section.render({ ...view, ...look, only: GRADIENT });
    section.bring(GRADIENT);
    section.bring(GRADIENT);
    expect(bring).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => {
      section.bring(GRADIENT);
      expect(bring).toHaveBeenCalledTimes(2);
    });
    bring.mockResolvedValue({ came: true });
    await Promise.resolve();
    section.bring(["activation"]);
    section.bring([]);
    expect(bring).toHaveBeenCalledTimes(2);
  });

  it("is computed at once and with other settings, fills its frame, and has no second text there", async () => {
    const { jobs, engine: own } = watched();
    const element = put({ engine: own, only: GRADIENT, fill: true });
    await whole(element);
    expect(figureIn(element)?.fill).toBe(true);
    expect(textOf(element)).not.toContain("multiplications");
    expect(count(jobs, "propagation")).toBe(3);
    element.request = requestOf({ seed: 2 });
    await vi.waitFor(() => expect(count(jobs, "propagation")).toBe(6), LONG);
    await whole(element);
  });
});

describe("while the lab is dragged", () => {
  it("nothing is counted and figures stay, until it settles", async () => {
    const { jobs, engine: own } = watched();
    const element = put({ engine: own, only: GRADIENT });
    await whole(element);
    const content = figureIn(element)?.content;
    const source = figureIn(element)?.source;
    jobs.length = 0;
    element.dragging = true;
    for (const depth of [5, 6, 7]) {
      element.request = requestOf({ depth });
      await element.updateComplete;
      expect(figureIn(element)?.content).toBe(content);
      expect(figureIn(element)?.source).toBe(source);
    }
    expect(jobs).toEqual([]);
    expect(textOf(element)).toContain(sweepWords("en").older);
    element.dragging = false;
    await vi.waitFor(() => expect(count(jobs, "propagation")).toBe(3), LONG);
    expect(count(jobs, "plan")).toBe(3);
    // In another language they are others.
    element.locale = "zh";
    await element.updateComplete;
    expect(figureIn(element)?.content?.title).toBe(sweepWords("zh").titles.values.gradient.width);
  });

  it("settings that are what they were are not said to have changed", async () => {
    const element = put({ engine: watched().engine, only: GRADIENT });
    await whole(element);
    element.dragging = true;
    element.request = requestOf({ depth: 5 });
    await element.updateComplete;
    expect(textOf(element)).toContain(sweepWords("en").older);
    element.request = requestOf();
    await element.updateComplete;
    expect(textOf(element)).not.toContain(sweepWords("en").older);
    element.request = { ...requestOf(), data: Float64Array.of(1) } as never;
    await element.updateComplete;
    expect(textOf(element)).toContain(sweepWords("en").older);
  });
});

describe("an element that is taken away", () => {
  for (const during of ["plan", "propagation"])
    it(`during a ${during} ends it, and takes it up when it is back`, async () => {
      const held: { element?: Sweep } = {};
      let taken = 0;
      const { jobs, engine: own } = watched(({ kind }) => {
        if (kind === during && taken++ === 0) held.element?.remove();
      });
      const element = (held.element = put({ engine: own, only: GRADIENT }));
      await vi.waitFor(() => expect(jobs.at(-1)?.signal?.aborted).toBe(true), LONG);
      const before = jobs.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(jobs).toHaveLength(before);
      document.body.append(element);
      await whole(element);
      expect(jobs.at(-1)?.kind).toBe("propagation");
    });

  it("goes on where it is only moved", async () => {
    const held: { element?: Sweep } = {};
    const { jobs, engine: own } = watched(() => {
      if (held.element) document.body.append(held.element);
    });
    const element = (held.element = put({ engine: own, only: GRADIENT }));
    await whole(element);
    expect(jobs.map(({ kind }) => kind)).toEqual([
      ...Array<string>(3).fill("plan"),
      ...Array<string>(3).fill("propagation"),
    ]);
  });
});

it("why there is no answer is said in the page's language, until something else is chosen", async () => {
  let fails = true;
  const { engine: own } = watched(() => {
    if (fails) throw new InitscopeError("aborted", "the engine stopped");
  });
  const element = put({ engine: own, locale: "zh" });
  await vi.waitFor(
    () => expect(textOf(element)).toContain(messagesOf("zh").failures.aborted),
    LONG,
  );
  expect(textOf(element)).not.toContain("engine");
  element.locale = "en";
  await element.updateComplete;
  expect(textOf(element)).toContain(messagesOf("en").failures.aborted);
  fails = false;
  element.request = requestOf({ seed: 2 });
  await vi.waitFor(() => expect(textOf(element)).toContain("multiplications"), LONG);
  expect(textOf(element)).not.toContain(messagesOf("en").failures.aborted);
});
