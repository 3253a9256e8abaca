/** The engine: results, cancelling, replacing, and recovery, in process. */
import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../../web/src/engine/client.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { Latest } from "../../../web/src/engine/latest.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import { localConnection } from "../../../web/src/engine/local.js";
import type { LoadModule, Module } from "../../../web/src/engine/module.js";
import { localEngine, moduleParts } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const small = { depth: 4, width: 32, batch: 32, schemes: [{ scheme: "kaiming_normal" }] };
const large = { depth: 200, width: 512, batch: 128, schemes: [{ scheme: "kaiming_normal" }] };

/** The reason of the rejection; fails where there is none. */
async function reasonOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => expect.fail("should have been rejected"),
    (error: unknown) => (error as InitscopeError).reason,
  );
}

/** A module whose next job throws as an aborted one does. */
function breaking(): { load: LoadModule; break: () => void; loaded: () => number } {
  let broken = false;
  let loaded = 0;
  const load: LoadModule = async (wasm) => {
    const module = await loadModule(wasm);
    ++loaded;
    const wrapped: Module = {
      check: (kind, spec, data) => module.check(kind, spec, data),
      checkInitialize: (spec) => module.checkInitialize(spec),
      initialize: (spec, into) => module.initialize(spec, into),
      warnings: (spec) => module.warnings(spec),
      initializeSequence: (specs) => module.initializeSequence(specs),
      initializeModel: (model, layers, draw) => module.initializeModel(model, layers, draw),
      calculateGain: (name, parameter) => module.calculateGain(name, parameter),
      audit: (tensors) => module.audit(tensors),
      start: (kind, spec, data) => {
        if (!broken || kind !== "propagation") return module.start(kind, spec, data);
        broken = false;
        throw new WebAssembly.RuntimeError("Aborted()");
      },
    };
    return wrapped;
  };
  return { load, break: () => (broken = true), loaded: () => loaded };
}

describe("results", () => {
  it("come one for each scheme, in order, with every layer", async () => {
    const answers = await engine.run("propagation", {
      ...small,
      schemes: [{ scheme: "zeros" }, { scheme: "kaiming_normal" }],
    });
    expect(answers.map(({ scheme }) => scheme.scheme)).toEqual(["zeros", "kaiming_normal"]);
    expect(answers[0]?.result.deadFraction).toEqual(new Float64Array([1, 1, 1, 1]));
    expect(answers[1]?.result.activation.secondMoment).toHaveLength(4);
    expect(answers[1]?.result.histograms).toHaveLength(4);
  });

  it("are handed over one by one", async () => {
    const seen: number[] = [];
    const schemes = [{ scheme: "zeros" }, { scheme: "ones" }, { scheme: "normal" }];
    const onResult = (results: readonly unknown[]) => seen.push(results.length);
    const answers = await engine.run("propagation", { ...small, schemes }, { onResult });
    expect(seen).toEqual([1, 2, 3]);
    expect(answers).toHaveLength(3);
  });

  it("are the same every time", async () => {
    const [first, second] = [
      await engine.run("propagation", small),
      await engine.run("propagation", small),
    ];
    expect(first).toEqual(second);
  });

  it("report progress that grows from 0 to 1", async () => {
    const seen: number[] = [];
    await engine.run(
      "distribution",
      { schemes: [{ scheme: "normal" }, { scheme: "uniform" }], samples: 5_000_000 },
      { onProgress: (progress) => seen.push(progress) },
    );
    expect(seen.length).toBeGreaterThan(2);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.every((progress) => progress >= 0 && progress <= 1)).toBe(true);
  });
});

it("the largest requests fit into the module's 256 MB, one after the other", async () => {
  const [answer] = await engine.run("propagation", {
    depth: 200,
    width: 1024,
    batch: 128,
    schemes: [{ scheme: "kaiming_normal" }],
  });
  expect(answer?.result.gradient.secondMoment.every(Number.isFinite)).toBe(true);
  const values = await engine.initialize({ scheme: "normal", shape: [8192, 4096] });
  expect(values).toHaveLength(2 ** 25);
  const schemes = [{ scheme: "normal" }, { scheme: "uniform" }];
  const drawn = await engine.run("distribution", { schemes, samples: 10_000_000 });
  expect(drawn.map(({ result }) => result.moments.count)).toEqual([1e7, 1e7]);
  const again = await engine.run("propagation", {
    depth: 200,
    width: 256,
    batch: 640,
  });
  expect(again).toHaveLength(3);
});

describe("refusals", () => {
  it("name field, value and range", async () => {
    await expect(engine.run("propagation", { depth: 0 })).rejects.toMatchObject({
      field: "depth",
      value: "0",
      reason: "out_of_range",
      message: "depth must be in 1..200, not 0",
    });
  });

  it("of the core concern several fields at once, with the scheme's place", async () => {
    await expect(
      engine.run("distribution", { schemes: [{ scheme: "zeros" }, { scheme: "uniform", a: 3 }] }),
    ).rejects.toMatchObject({ field: "schemes.1.a", reason: "not_below" });
    await expect(
      engine.run("propagation", { depth: 200, width: 1024, batch: 1024 }),
    ).rejects.toMatchObject({ field: "depth", reason: "too_many" });
  });
});

describe("cancelling", () => {
  it("ends a running request, and the next one works", async () => {
    const controller = new AbortController();
    const run = engine.run("propagation", large, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(await reasonOf(run)).toBe("cancelled");
    expect(await engine.run("propagation", small)).toHaveLength(1);
  });

  it("takes a waiting request out of the queue", async () => {
    const controller = new AbortController();
    const first = engine.run("propagation", small);
    const waiting = engine.run("propagation", large, { signal: controller.signal });
    controller.abort();
    expect(await reasonOf(waiting)).toBe("cancelled");
    expect(await first).toHaveLength(1);
  });

  it("refuses a request whose signal is aborted already", async () => {
    expect(await reasonOf(engine.run("propagation", small, { signal: AbortSignal.abort() }))).toBe(
      "cancelled",
    );
  });
});

describe("replacing", () => {
  it("gives the newest request the place; those between are not run", async () => {
    const latest = new Latest(engine, "propagation");
    const settled = await Promise.allSettled(
      [3, 4, 5, 6].map((depth) => latest.run({ ...small, depth }, { grace: 60_000 })),
    );
    expect(settled.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    const last = settled[3];
    expect(last?.status === "fulfilled" && last.value[0]?.result.deadFraction.length).toBe(6);
  });

  it("cancels a long job for a newer request", async () => {
    const latest = new Latest(engine, "propagation");
    const long = latest.run({ ...large, width: 1024, depth: 200 });
    const short = latest.run(small);
    expect(await reasonOf(long)).toBe("superseded");
    expect(await short).toHaveLength(1);
  });
});

describe("recovery", () => {
  it("replaces an aborted module; the user is told; waiting and later requests work", async () => {
    const module = breaking();
    const fragile = new Engine(localConnection(module.load, () => Promise.resolve(moduleParts())));
    await fragile.run("propagation", small);
    module.break();
    const doomed = fragile.run("propagation", small);
    const waiting = fragile.run("propagation", small);
    expect(await reasonOf(doomed)).toBe("aborted");
    expect(await waiting).toHaveLength(1);
    expect(await fragile.run("propagation", small)).toHaveLength(1);
    expect(module.loaded()).toBe(2);
    fragile.close();
  });

  it("keeps the reason for which a connection fails, whatever its words", async () => {
    const failing = (error: Error) => new Engine(() => Promise.reject(error));
    const simd = failing(new InitscopeError("no_simd", "too old"));
    expect(await reasonOf(simd.run("propagation", small))).toBe("no_simd");
    const other = failing(new Error("SIMD is not to blame"));
    expect(await reasonOf(other.run("propagation", small))).toBe("unavailable");
  });

  it("says that the engine is unavailable when it cannot be loaded, and tries again", async () => {
    let calls = 0;
    const offline = new Engine(
      localConnection(loadModule, () =>
        ++calls === 1 ? Promise.reject(new Error("no network")) : Promise.resolve(moduleParts()),
      ),
    );
    expect(await reasonOf(offline.run("propagation", small))).toBe("unavailable");
    expect(await offline.run("propagation", small)).toHaveLength(1);
    offline.close();
  });

  it("cancels what is under way when it is closed", async () => {
    const closing = localEngine();
    const run = closing.run("propagation", large);
    const waiting = closing.run("propagation", small);
    closing.close();
    expect(await reasonOf(run)).toBe("cancelled");
    expect(await reasonOf(waiting)).toBe("cancelled");
    expect(await reasonOf(closing.run("propagation", small))).toBe("cancelled");
  });
});
