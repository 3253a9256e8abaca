/** What is said of an answer that is not the newest: when, and in which words. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { JobKind } from "../../../web/src/engine/request.js";
import { Age, SHORT } from "../../../web/src/labs/age.js";
import { changedSince } from "../../../web/src/labs/last-answer.js";

describe("an answer's age", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const made = () => {
    const onOld = vi.fn();
    return { age: new Age(onOld), onOld };
  };

  it("is not spoken of where the new one comes soon", () => {
    const { age, onOld } = made();
    age.note(true, false);
    vi.advanceTimersByTime(SHORT - 1);
    age.note(false, true);
    vi.advanceTimersByTime(10 * SHORT);
    expect(age.late).toBe(false);
    expect(onOld).not.toHaveBeenCalled();
  });

  it("is told once it is long, until the newest is there", () => {
    const { age, onOld } = made();
    age.note(true, false);
    age.note(true, false); // a drag goes on: the time does not begin anew
    vi.advanceTimersByTime(SHORT);
    expect(age.late).toBe(true);
    expect(onOld).toHaveBeenCalledOnce();
    age.note(true, true); // an answer, but not to what is set now: no flicker
    expect(age.late).toBe(true);
    age.note(false, true);
    expect(age.late).toBe(false);
  });

  it("begins anew with each answer that follows a drag in time", () => {
    const { age } = made();
    for (let i = 0; i < 20; ++i) {
      age.note(true, true);
      vi.advanceTimersByTime(0.8 * SHORT);
    }
    expect(age.late).toBe(false);
  });

  it("is forgotten with the element", () => {
    const { age, onOld } = made();
    age.note(true, false);
    age.forget();
    vi.advanceTimersByTime(10 * SHORT);
    expect(onOld).not.toHaveBeenCalled();
  });
});

describe("the last answer is called by what has been set otherwise", () => {
  const since = (
    kind: JobKind,
    before: Record<string, unknown>,
    now: Record<string, unknown>,
    locale: "en" | "zh" = "en",
  ) =>
    changedSince(
      kind,
      { ...checkRequest(kind, before).request },
      { ...checkRequest(kind, before).request, ...now },
      locale,
    );

  it("nothing, where nothing has", () => {
    expect(since("propagation", { depth: 50 }, { depth: 50 })).toEqual([]);
  });

  it("fields with their values, choices and schemes in words", () => {
    expect(since("propagation", { depth: 50 }, { depth: 60 })).toEqual(["Depth 50"]);
    expect(since("propagation", { depth: 50 }, { depth: 60 }, "zh")).toEqual(["深度 50"]);
    expect(since("training", { data_set: "spirals" }, { data_set: "xor" })).toEqual([
      "Data set two spirals",
    ]);
    expect(since("distribution", { shape: [256, 784] }, { shape: [256] })).toEqual([
      "Weight shape 256 × 784",
    ]);
    expect(since("propagation", {}, { bias: { scheme: "ones" } })).toEqual(["Biases Zeros"]);
  });

  it("a text as it is, or its beginning where it is long", () => {
    const typed = (expression: string) => ({ activation: "typed", expression });
    expect(since("phase", typed("z^3"), typed("z^2"))).toEqual(["Formula z^3"]);
    const [long] = since("phase", typed(`z${"+z".repeat(99)}`), typed("z"));
    expect(long).toBe(`Formula z${"+z".repeat(19)}…`);
  });

  it("the first of them where they are many", () => {
    const before = { depth: 3, width: 16, steps: 20, seed: "1", samples: 200 };
    const now = { depth: 4, width: 17, steps: 21, seed: "2", samples: 300 };
    const parts = since("training", before, now);
    expect(parts).toHaveLength(4);
    expect(parts.at(-1)).toBe("…");
    expect(parts[0]).toBe("Samples 200");
  });

  it("schemes where they differ in kind or in a parameter, and a draft may be wrong", () => {
    const schemes = [{ scheme: "normal", mean: 0, std: 0.02 }];
    expect(since("propagation", { schemes }, { schemes: [{ scheme: "zeros" }] })).toEqual([
      "Normal",
    ]);
    expect(
      since("propagation", { schemes }, { schemes: [{ ...schemes[0], std: "wrong" }] }),
    ).toEqual(["Normal"]);
    // The same in another order of parameters is no change.
    expect(
      since("propagation", { schemes }, { schemes: [{ std: 0.02, mean: 0, scheme: "normal" }] }),
    ).toEqual([]);
  });
});
