/** Trained weights that npm packages ship are not taken for untouched: none has a certificate or a seed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { localAudits } from "./audited.js";

const packages = join(import.meta.dirname, "../../../node_modules");
const audits = localAudits();
afterAll(() => audits.close());

/** Folder of a model of TensorFlow.js, and how many tensors of floats it has. */
const MODELS = [
  ["@spotify/basic-pitch/model", 43],
  ["@upscalerjs/default-model/models", 24],
] as const;

it.each(MODELS)("those of %s", async (folder, floats) => {
  const files = ["model.json", "group1-shard1of1.bin"].map((name) => ({
    name,
    blob: new Blob([new Uint8Array(readFileSync(join(packages, folder, name)))]),
  }));
  const audit = await audits.run(files);
  expect(audit.format).toBe("tfjs");
  expect(audit.seed).toBeNull();
  expect(audit.ledger).toEqual([]);
  const judged = audit.tensors.filter(({ dtype }) => dtype === "F32");
  expect(judged).toHaveLength(floats);
  for (const { name, certificate, seed, verdict, laws, count } of judged) {
    expect([certificate, seed], name).toEqual(["none", null]);
    expect(verdict, name).not.toBe("untouched");
    // From 4096 values on a law that fits would have to be an untrained tensor's: audit.md 6.1 has 0 of 68.
    if (count >= 4096 && verdict === "consistent") expect(laws, name).toEqual([]);
  }
  // A control: they are judged, and most are not at their initialization.
  const moved = judged.filter(({ verdict }) => verdict === "not_at_init");
  expect(moved.length).toBeGreaterThan(floats / 3);
});
