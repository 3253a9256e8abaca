/** What callers of the built package came upon: each once took, or said, what it must not. */
import { afterAll, describe, expect, it } from "vitest";
import type { InitscopeError } from "../../../../web/src/engine/errors.js";
import { library } from "./package.js";

const scope = await library.load();
afterAll(() => scope.close());

/** The package as a program without types calls it. */
type Loose = Record<string, (request?: unknown, options?: unknown) => Promise<never>>;
const loose = scope as unknown as Loose;

async function refusalOf(call: Promise<unknown> | undefined): Promise<InitscopeError> {
  const error: unknown = await call?.then(
    () => expect.fail("it was taken"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof library.InitscopeError)) throw error;
  return error;
}

const normal = { scheme: "normal", shape: [4], seed: 1 } as const;
const network = { depth: 2, width: 8, batch: 8, schemes: [{ scheme: "normal" }] } as const;
const race = { samples: 20, batch: 4, depth: 1, width: 4, steps: 2 } as const;

/** What was rejected in the work without anybody hearing of it: in Node, that ends a program. */
async function unheard(work: () => Promise<void> | void): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const usual = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (cause) => found.push(cause));
  try {
    await work();
    await new Promise(setImmediate); // Node tells of them before it comes to this
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of usual) process.on("unhandledRejection", listener);
  }
  return found;
}

/** A promise, and how to reject it. */
function pending(): { readonly promise: Promise<never>; readonly fail: (cause: unknown) => void } {
  let fail: (cause: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, reject) => (fail = reject));
  return { promise, fail };
}

describe("a listener that throws", () => {
  const boom = new RangeError("$& of the test's");
  const throwing = () => {
    throw boom;
  };
  const calls: Readonly<Record<string, (listener: () => unknown) => Promise<unknown>>> = {
    // Many slices of work on any machine: progress is told between them.
    onProgress: (onProgress) => scope.distribution({ samples: 5_000_000 }, { onProgress }),
    onResult: (onResult) => scope.propagate(network, { onResult }),
    onFrames: (onFrames) => scope.train(race, { onFrames }),
    onWarning: (onWarning) => scope.initialize({ ...normal, shape: [0] }, { onWarning }),
  };

  it.each(Object.keys(calls))("%s rejects its own call, and no other", async (name) => {
    const listeners = [throwing, () => Promise.reject(boom)];
    for (const listener of listeners) {
      const doomed = calls[name]?.(listener);
      const other = scope.initialize(normal);
      const error = await refusalOf(doomed);
      expect(error).toMatchObject({ reason: "listener", field: name, cause: boom });
      expect(error.message).toBe(`${name} threw: $& of the test's`);
      expect(await other).toHaveLength(4);
    }
    // One that returns what it likes disturbs nothing.
    await calls[name]?.(() => Promise.resolve(1));
  });

  it("is called no more", async () => {
    let heard = 0;
    const onResult = () => {
      ++heard;
      throwing();
    };
    const schemes = [{ scheme: "normal" }, { scheme: "zeros" }] as const;
    await refusalOf(scope.propagate({ ...network, schemes }, { onResult }));
    expect(heard).toBe(1);
  });

  it("is not heard once its call is settled, and ends no program", async () => {
    expect(await unheard(() => void Promise.reject(boom))).toEqual([boom]); // such a thing is seen
    let answered = 0;
    const late = pending();
    const resolved = unheard(async () => {
      await calls["onResult"]?.(() => (++answered, late.promise));
      late.fail(boom);
    });
    expect(await resolved).toEqual([]);
    const later = pending();
    const schemes = [{ scheme: "normal" }, { scheme: "zeros" }] as const;
    const onResult: (results: readonly unknown[]) => unknown = (results) =>
      results.length === 1 ? (++answered, later.promise) : throwing();
    const rejected = unheard(async () => {
      await refusalOf(scope.propagate({ ...network, schemes }, { onResult }));
      later.fail(new Error("another"));
    });
    expect(await rejected).toEqual([]);
    expect(answered).toBe(2); // both were asked for their promises
  });
});

describe("what a caller hands over", () => {
  it("is read at the call: what is changed later changes nothing", async () => {
    const data = Float32Array.from({ length: 60 }, (_, i) => i % 2);
    const table = { ...race, data_set: "data" as const, inputs: 2, classes: 2, data };
    const before = await scope.train(table);
    const request = { ...table, schemes: [{ scheme: "normal" as const, std: 1 }] };
    const [expected, pending] = [await scope.train(request), scope.train(request)];
    data.fill(0);
    request.schemes.length = 0;
    expect(await pending).toEqual(expected);
    expect(await scope.train(table)).not.toEqual(before);
  });

  it("is asked for fields of its own alone", async () => {
    const plain = await scope.initialize(normal);
    try {
      Object.assign(Object.prototype, { std: 5, seed: 7, onProgress: 3 });
      expect(await scope.initialize(normal)).toEqual(plain);
      expect((await refusalOf(loose["initialize"]?.(Object.create(normal)))).field).toBe("request");
    } finally {
      for (const name of ["std", "seed", "onProgress"])
        Reflect.deleteProperty(Object.prototype, name);
    }
    const owned: unknown = JSON.parse(
      '{"scheme": "normal", "shape": [2], "__proto__": {"std": 5}}',
    );
    const error = await refusalOf(loose["initialize"]?.(owned));
    expect(error).toMatchObject({ field: "__proto__", reason: "unknown_field" });
  });

  it("of arrays to write into is taken at the call, once", async () => {
    const into = new Float32Array(4);
    const pending = scope.initialize(normal, { into });
    expect(into).toHaveLength(0);
    expect((await refusalOf(scope.initialize(normal, { into }))).field).toBe("into");
    expect(await pending).toEqual(await scope.initialize(normal));
    const kept = new Float32Array(4);
    await refusalOf(scope.initialize({ ...normal, std: -1 }, { into: kept }));
    expect(kept).toHaveLength(4); // what was refused at the call took nothing
  });

  it("of the catalogue is a copy", () => {
    const { schemes } = scope.catalogue();
    (schemes as unknown[]).length = 0;
    expect(scope.catalogue().schemes.length).toBeGreaterThan(30);
  });
});

describe("what was taken in silence", () => {
  const layer = { layer: "Linear", args: { in_features: 2, out_features: 2 } };
  const tensors = (changed: object) => ({
    tensors: [{ scheme: "normal", shape: [2], ...changed }],
  });
  it.each([
    ["propagate", 42, "request"],
    ["propagate", new Map(), "request"],
    ["propagate", undefined, "request"],
    ["propagate", [], "request"],
    ["initializeSequence", undefined, "request"],
    ["initializeSequence", { tensors: {} }, "tensors"],
    ["initializeSequence", { ...tensors({}), first: 1 }, "first"],
    ["initializeSequence", { ...tensors({}), generator: "torch" }, "generator"],
    ["initializeSequence", tensors({ seed: 3 }), "tensors.0.seed"],
    ["initializeSequence", tensors({ generator: "torch" }), "tensors.0.generator"],
    ["initializeSequence", tensors({ count: 1 }), "tensors.0.count"],
    ["initializeModel", { layers: [{ layer: "Linear", arg: layer.args }] }, "layers.0.arg"],
    ["initializeModel", { layers: new Array(2) }, "layers.0"],
    ["initializeModel", { layers: [layer], layer: "Linear" }, "layer"],
    ["initializeLayer", { ...layer, layers: [] }, "layers"],
    ["initializeLayer", { ...layer, args: [] }, "args"],
    ["initialize", { ...normal, shape: [2, , 2] }, "shape"],
  ] as const)("of %s(%o) is refused as %s", async (name, request, field) => {
    expect((await refusalOf(loose[name]?.(request))).field).toBe(field);
  });

  it.each([
    [3, "options"],
    [[], "options"],
    [{ signal: {} }, "signal"],
    [{ onProgress: "x" }, "onProgress"],
    [{ onprogress: () => 1 }, "onprogress"],
    [{ into: new Uint8Array(4) }, "into"],
    [{ into: false }, "into"],
    [{ into: new Float32Array(new SharedArrayBuffer(16)) }, "into"],
  ])("of the options %o is refused as %s", async (options, field) => {
    expect((await refusalOf(loose["initialize"]?.(normal, options))).field).toBe(field);
  });

  it("an heir of a signal, which is none, is refused as signal", async () => {
    const signal = Object.create(AbortSignal.prototype) as object; // a title would fail to print it
    expect((await refusalOf(loose["initialize"]?.(normal, { signal }))).field).toBe("signal");
  });
});

describe("a refusal", () => {
  it("calls fields as the caller wrote them, the core's too", async () => {
    const conv = { layer: "Conv2d", args: { groups: 2 } };
    const names = async (call: Promise<unknown> | undefined) => (await refusalOf(call)).field;
    expect(await names(loose["initializeLayer"]?.(conv))).toBe("args.in_channels");
    expect(await names(loose["initializeModel"]?.({ layers: [conv] }))).toBe(
      "layers.0.args.in_channels",
    );
    const large = { layer: "Linear", args: { in_features: 16384, out_features: 16384 } };
    const tooLarge = { field: "args", value: "268451840", reason: "too_many" };
    expect(await refusalOf(loose["initializeLayer"]?.(large))).toMatchObject(tooLarge);
    expect(await names(loose["initializeModel"]?.({ layers: [{ layer: "ReLU" }, large] }))).toBe(
      "layers.1",
    );
    const wide = { scheme: "uniform", shape: [2], a: 3 };
    expect(await names(loose["initialize"]?.(wide))).toBe("a");
    expect(await names(loose["initializeSequence"]?.({ tensors: [wide] }))).toBe("tensors.0.a");
    expect(await names(loose["initialize"]?.({ ...wide, a: "x" }))).toBe("a");
  });

  it("says little of a long value, and expands nothing in it", async () => {
    const long = await refusalOf(loose["propagate"]?.({ activation: "x".repeat(1e6) }));
    expect(long.value).toBe(`${"x".repeat(199)}…`);
    expect(long.message.length).toBeLessThan(500);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]));
    const all = await refusalOf(loose["propagate"]?.(many));
    expect(all.issues).toHaveLength(500);
    expect(all.message).toMatch(/; and 497 more$/);
    const dollar = await refusalOf(loose["propagate"]?.({ activation: "$` $& {field}" }));
    expect(dollar.message).toMatch(/, not \$` \$& \{field\}$/);
  });
});
