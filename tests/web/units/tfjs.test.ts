/** TensorFlow.js's initializers, written by others, have our schemes' mean and variance. */
import "@tensorflow/tfjs-backend-cpu";
import { initializers } from "@tensorflow/tfjs-layers";
import { afterAll, expect, it } from "vitest";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

/** Keras's order, [in, out], with fans that differ. */
const shape: [number, number] = [300, 500];
const n = shape[0] * shape[1];
const seed = 7;

const scaling = (["fanIn", "fanOut", "fanAvg"] as const).flatMap((mode) =>
  (["normal", "uniform"] as const).map((distribution) => ({
    name: `varianceScaling ${mode} ${distribution}`,
    theirs: initializers.varianceScaling({ scale: 1.5, mode, distribution, seed }),
    ours: {
      scheme: "variance_scaling",
      scale: 1.5,
      mode: mode.replace(/[A-Z]/, (c) => `_${c.toLowerCase()}`),
      // tfjs cuts its normal law at two std and does not correct for that.
      distribution: distribution === "normal" ? "truncated_normal" : "uniform",
    },
    truncated: distribution === "normal",
  })),
);

const named = (["glorot", "he", "leCun"] as const).flatMap((family) =>
  (["Normal", "Uniform"] as const).map((law) => ({
    name: `${family}${law}`,
    theirs: initializers[`${family}${law}`]({ seed }),
    ours: { scheme: `${family.toLowerCase()}_${law.toLowerCase()}` },
    truncated: law === "Normal",
  })),
);

it.each([...scaling, ...named])("$name", async ({ theirs, ours, truncated }) => {
  const values = [...(theirs.apply(shape).dataSync() as Float32Array)];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const [answer] = await engine.run("distribution", {
    schemes: [ours],
    shape,
    layout: "keras",
    samples: n,
  });
  const { law, moments } = answer?.result ?? expect.fail("no result");
  const cut = truncated ? 0.87962566103423978 : 1; // what its std lacks
  // Five standard errors, the kurtosis at most that of a normal law: P < 6e-7 each; seeds are fixed.
  expect(Math.abs(mean - moments.mean)).toBeLessThan((5 * law.std * Math.SQRT2) / Math.sqrt(n));
  expect(Math.abs(Math.sqrt(variance) / (law.std * cut) - 1)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(moments.std / law.std - 1)).toBeLessThan(5 / Math.sqrt(n));
});
