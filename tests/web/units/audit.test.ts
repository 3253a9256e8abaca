/** Audits of the sample files: what is computed, what is found, what is refused, and how they end. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Audit, AuditedTensor } from "../../../web/src/audit/answer.js";
import { plainBlob } from "../../../web/src/audit/given.js";
import { CheckpointError } from "../../../web/src/audit/refused.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { auditSample, chosenFiles, localAudits, sampleFolder } from "./audited.js";

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly nan: number;
  readonly inf: number;
  readonly zeros: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly excess_kurtosis: number;
}
const manifest = JSON.parse(readFileSync(join(sampleFolder, "manifest.json"), "utf8")) as {
  readonly good: Readonly<
    Record<string, { format: string; tensors: Readonly<Record<string, Partial<Expected>>> }>
  >;
};

const audits = localAudits();
afterAll(() => audits.close());

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("should have been rejected"),
    (error: unknown) => error,
  );

const tensorOf = (audit: Audit, name: string): AuditedTensor =>
  audit.tensors.find((tensor) => tensor.name === name) ?? expect.fail(`no tensor ${name}`);

describe("statistics", () => {
  it.each(Object.entries(manifest.good))("of %s are NumPy's", async (name, sample) => {
    const audit = await auditSample(name);
    expect(audit.format).toBe(sample.format);
    let compared = 0;
    for (const [tensor, expected] of Object.entries(sample.tensors)) {
      const { statistics, shape, dtype, count, unread } = tensorOf(audit, tensor);
      expect(shape, tensor).toEqual(expected.shape);
      expect(dtype, tensor).toBe(expected.dtype);
      if (unread !== null || expected.mean === undefined) continue;
      expect(count, tensor).toBe(expected.count);
      expect(statistics, tensor).toMatchObject({
        zeros: expected.zeros,
        nan: expected.nan,
        inf: expected.inf,
      });
      const near = (mine: number, theirs = NaN, scale = Math.abs(theirs)) =>
        expect(Math.abs(mine - theirs), tensor).toBeLessThanOrEqual(1e-9 * scale + 1e-300);
      const scale = Math.max(Math.abs(expected.min ?? 0), Math.abs(expected.max ?? 0));
      near(statistics.mean, expected.mean, scale);
      near(statistics.std, expected.std, scale);
      near(statistics.min, expected.min);
      near(statistics.max, expected.max);
      if (Math.abs(expected.std ?? 0) > 0)
        near(statistics.excessKurtosis, expected.excess_kurtosis, 10);
      ++compared;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe("seeds and certificates", () => {
  const seeds = async (name: string) => {
    const audit = await auditSample(name);
    return { seed: audit.seed, of: (tensor: string) => tensorOf(audit, tensor), audit };
  };

  it("of a net that was never trained", async () => {
    const { seed, of } = await seeds("torch_mlp_seed0.pt");
    expect(seed).toBe(0);
    expect(of("0.weight")).toMatchObject({
      certificate: "lattice",
      verdict: "untouched",
      seed: { seed: 0, offset: 0 },
      distance: 0,
    });
    expect(of("2.weight").seed).toEqual({ seed: 0, offset: 8320 });
    expect(of("0.weight").laws.flatMap(({ names }) => names)).toContain("torch.nn.Linear");
  });

  it("of a convolutional net, by groups and transposed fans", async () => {
    const { seed, of } = await seeds("torch_conv_seed7.pt");
    expect(seed).toBe(7);
    expect(of("4.weight")).toMatchObject({
      certificate: "lattice",
      seed: { seed: 7, offset: 1632 },
    });
    expect(of("1.weight")).toMatchObject({ verdict: "trivial", why: "ones" });
  });

  it("of a language model, in the order in which it was built", async () => {
    const { seed, of, audit } = await seeds("torch_lm_tied_seed42.pt");
    expect(seed).toBe(42);
    const offsets: Readonly<Record<string, number>> = {
      "emb.weight": 0,
      "enc.layers.0.self_attn.in_proj_weight": 2656,
      "enc.layers.0.linear1.weight": 5728,
      "enc.layers.0.linear2.weight": 7840,
      "lstm.weight_ih_l0": 9920,
      "lstm.weight_ih_l0_reverse": 13120,
      "lstm.weight_ih_l1": 16320,
      "lstm.weight_ih_l1_reverse": 19520,
    };
    for (const [name, offset] of Object.entries(offsets))
      expect(of(name).seed, name).toEqual({ seed: 42, offset });
    expect(of("emb.weight").certificate).toBe("phase");
    const ledger = audit.ledger.map(({ offset }) => offset);
    expect(ledger).toEqual([...ledger].sort((a, b) => a - b));
    expect(audit.tensors[audit.ledger[0]?.tensor ?? -1]?.name).toBe("emb.weight");
    // Tied: what is said of the first is said of it.
    const head = of("head.weight");
    expect(head.tiedTo).toBe("emb.weight");
    expect(head.statistics).toEqual(of("emb.weight").statistics);
  });

  it("of a net that was trained: distances, and the layer that was not", async () => {
    const { seed, of, audit } = await seeds("torch_checkpoint_trained.pt");
    expect(seed).toBe(5);
    expect(of("model.0.weight").distance).toBeCloseTo(1.47, 2);
    expect(of("model.2.weight").distance).toBeCloseTo(2.62, 2);
    expect(of("model.4.weight")).toMatchObject({ distance: 0, verdict: "untouched" });
    for (const name of ["model.0.weight", "model.2.weight"])
      expect(of(name)).toMatchObject({ certificate: "none", verdict: "not_at_init" });
    expect(audit.findings.map(({ id }) => id)).toContain("never_trained");
    expect(of("optimizer.state.0.exp_avg").why).toBe("optimizer_state");
  });
});

describe("what is not read", () => {
  const refused = async (name: string) => {
    const error = await rejection(audits.run(chosenFiles("hostile", name)));
    expect(error).toBeInstanceOf(CheckpointError);
    return error as CheckpointError;
  };

  it("is refused with its code, file, place, value, and a sentence in both languages", async () => {
    const error = await refused("st_overlap.safetensors");
    expect(error).toBeInstanceOf(InitscopeError);
    expect(error).toMatchObject({
      code: "offsets",
      file: "st_overlap.safetensors",
      reason: "refused_file",
      field: "files",
    });
    expect(error.place).not.toBe("");
    expect(error.message).toBe(error.text.en);
    expect(error.text.en).toContain("st_overlap.safetensors");
    expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it("is listed with its reason where it is one tensor of several", async () => {
    const audit = await auditSample("hdf5_latest_chunked.h5");
    const tensor = tensorOf(audit, "w");
    expect(tensor.unread).toMatchObject({ file: "hdf5_latest_chunked.h5" });
    expect(tensor.unread?.text.en).toContain("h5repack");
    expect(tensor.unread?.text.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(tensor).toMatchObject({ verdict: "not_judged", why: "incomplete", count: 0 });
    expect(tensorOf(audit, "plain").unread).toBe(null);
  });
});

describe("files chosen together", () => {
  it("are one model where an index names them", async () => {
    const audit = await auditSample("model.safetensors.index.json").catch(
      (error: unknown) => error,
    );
    // The index is in the manifest's folder, if not in its list.
    expect(audit).toMatchObject({ format: "safetensors" });
    expect((audit as Audit).tensors.map(({ file }) => file)).toEqual(
      expect.arrayContaining(["model-00001-of-00002.safetensors"]),
    );
  });

  it("keep their names apart where they are several", async () => {
    const files = [...chosenFiles("good", "numpy_v1.npy"), ...chosenFiles("good", "hand.gguf")];
    const audit = await audits.run(files);
    expect(audit.format).toBe("several");
    expect(audit.files).toEqual(["numpy_v1.npy", "hand.gguf"]);
    expect(audit.tensors[0]?.name).toMatch(/^numpy_v1\.npy\//);
    expect(audit.tensors.at(-1)?.name).toMatch(/^hand\.gguf\//);
  });
});

describe("on the way", () => {
  it("progress never falls, ends at 1, and tensors come in their order", async () => {
    const shares: number[] = [];
    const places: number[] = [];
    const audit = await auditSample("torch_lm_tied_seed42.pt", {
      onProgress: (share) => shares.push(share),
      onTensor: (tensor, place) => {
        places.push(place);
        expect(tensor.seed).toBe(null); // which the whole model tells
      },
    });
    expect(places).toEqual(audit.tensors.map((_, i) => i));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(new Set(shares).size).toBeGreaterThan(10);
  });

  it("is called off at the next piece, and before it begins", async () => {
    const stop = new AbortController();
    const heard: number[] = [];
    const error = await rejection(
      audits.run(chosenFiles("good", "torch_lm_tied_seed42.pt"), {
        signal: stop.signal,
        onTensor: (_, place) => {
          heard.push(place);
          if (place === 2) stop.abort();
        },
      }),
    );
    expect(error).toMatchObject({ reason: "cancelled" });
    expect(heard).toEqual([0, 1, 2]);
    const again = audits.run(chosenFiles("good", "numpy_v1.npy"), { signal: stop.signal });
    expect(await rejection(again)).toMatchObject({ reason: "cancelled" });
  });

  it("ends by a listener that throws, or is closed", async () => {
    const cause = new Error("the listener's");
    const error = await rejection(
      auditSample("numpy_v1.npy", {
        onTensor: () => {
          throw cause;
        },
      }),
    );
    expect(error).toMatchObject({ reason: "listener", field: "onTensor", cause });
    const others = localAudits();
    const running = rejection(others.run(chosenFiles("good", "numpy_v1.npy")));
    others.close();
    expect(await running).toMatchObject({ reason: "cancelled" });
    const late = others.run(chosenFiles("good", "numpy_v1.npy"));
    expect(await rejection(late)).toMatchObject({ reason: "cancelled" });
  });

  it("goes on side by side, each for itself", async () => {
    const [one, other] = await Promise.all([
      auditSample("torch_mlp_seed0.pt"),
      auditSample("torch_conv_seed7.pt"),
    ]);
    expect([one.seed, other.seed]).toEqual([0, 7]);
  });
});

describe("a blob that lies", () => {
  class Lying extends Blob {
    override get size(): number {
      return 2 ** 40;
    }
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.resolve(new ArrayBuffer(3));
    }
  }
  const [sample] = chosenFiles("good", "numpy_v1.npy");
  const lying = new Lying([sample?.blob ?? expect.fail("no sample")]);

  it("is refused where it is taken at its word", async () => {
    const error = await rejection(audits.run([{ name: "numpy_v1.npy", blob: lying }]));
    expect(error).toBeInstanceOf(CheckpointError);
  });

  it("is read by what the platform has of it", async () => {
    const blob = plainBlob(lying) ?? expect.fail("no blob");
    const audit = await audits.run([{ name: "numpy_v1.npy", blob }]);
    expect(audit.tensors[0]?.count).toBeGreaterThan(0);
    expect(plainBlob(Object.create(Blob.prototype))).toBe(undefined);
    expect(plainBlob({ size: 1 })).toBe(undefined);
  });
});
