// @vitest-environment jsdom
/** Nets in the training lab: rows and their names, the state, and the training of a propagation's network. */
import { afterAll, describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { standardRequest } from "../../../web/src/engine/request.js";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { causesOf } from "../../../web/src/labs/outcome.js";
import { outcomeText } from "../../../web/src/labs/outcome-text.js";
import { rowName } from "../../../web/src/labs/row-names.js";
import { stemmed, trainingOf } from "../../../web/src/labs/train-this.js";
import { trainingFigures } from "../../../web/src/labs/training/figures.js";
import { racesOf } from "./race-runs.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const { race, one } = racesOf(engine);

const RESIDUAL = "dense;out:width,depth*(res(ln,dense,phi,dense)),ln,dense;out:2";

describe("a net's frames", () => {
  it("name their rows once, and tell trunk and branch apart", async () => {
    const { result } = await one({ net: RESIDUAL });
    const [first, ...later] = result.frames;
    expect(first?.rows?.map(({ label }) => label)).toEqual([
      "dense 1",
      "res 1",
      "res 2",
      "dense 2",
    ]);
    expect(first?.rows?.map(({ units }) => units)).toEqual([16, 16, 16, 2]);
    expect(later.every(({ rows }) => rows === null)).toBe(true);
    for (const frame of result.frames) {
      expect(frame.activation).toHaveLength(4);
      const { trunk, branch } = frame;
      expect([...(trunk ?? [])].map(Number.isNaN)).toEqual([true, false, false, true]);
      // The first block's trunk is what the stem gives; a branch is not its trunk.
      expect(trunk?.[1]).toBe(frame.activation[0]);
      expect(branch?.[1]).toBeGreaterThan(0);
      expect(branch?.[1]).not.toBe(trunk?.[1]);
    }
    const normed = await one({ net: "dense;out:width,ln,phi" });
    expect(normed.result.frames[0]?.rows).toHaveLength(2);
    expect(normed.result.frames[0]?.trunk).toBeNull();
    const plain = await one({});
    expect(plain.result.frames[0]?.rows).toBeNull();
    expect(plain.result.frames[0]?.branch).toBeNull();
  });

  it("are the plain network's where the text is that of the fields", async () => {
    const plain = await one({});
    const text = await one({ net: " depth * (dense, phi) " });
    const other = await one({ net: "dense;out:width,ln,phi,dense,phi" });
    const losses = ({ result }: typeof plain) => result.frames.map(({ loss }) => loss);
    expect(losses(text)).toEqual(losses(plain));
    expect(losses(other)).not.toEqual(losses(plain));
  });

  it("are drawn and told with the rows' names, in both languages", async () => {
    const shown = await race({
      net: RESIDUAL,
      schemes: [{ scheme: "kaiming_normal" }, { scheme: "zeros" }],
    });
    const request = { ...standardRequest("training"), net: RESIDUAL, steps: 120 };
    const frame = { width: 480, height: 300, theme: themes.light };
    for (const locale of ["en", "zh"] as const) {
      const messages = messagesOf(locale);
      const figures = trainingFigures(
        shown,
        { request, frame: 60, oncePerAnswer: (_, make) => make() },
        messages,
      );
      for (const content of Object.values(figures)) {
        if (!content) continue;
        expect(content.draw(frame).svg.outerHTML).toContain("<svg");
        expect(content.caption).not.toMatch(/NaN|undefined/);
      }
      const signal = figures["training-activation"];
      expect(signal?.table.rows.map(([name]) => name)).toEqual([
        0,
        "dense 1",
        "res 1",
        "res 2",
        "dense 2",
      ]);
      expect(signal?.describe?.(3)).toMatch(/^res 2/);
      expect(signal?.describe?.(0)).toContain(messages.figures.atLayer(0));
      expect(figures["training-gradient"]?.describe?.(0)).toMatch(/^dense 1/);
      for (const each of shown) expect(outcomeText(each, 60, true, messages)).not.toMatch(/NaN/);
    }
    expect(rowName(null, 2, messagesOf("en"))).toBe("Layer 2");
  });

  it("do not take a row without a weight for one whose weight has no gradient", async () => {
    const { result } = await one({ net: "dense;out:width,phi,ln,phi", learning_rate: 0 });
    expect(result.frames[0]?.rows?.map(({ weight }) => weight)).toEqual([1, 0, 2]);
    expect(causesOf(result, 60).map(({ kind }) => kind)).not.toContain("zeroGradients");
    // Control: weights of zeros have none.
    const zeros = await one({ net: "dense;out:width,phi,ln,phi", schemes: [{ scheme: "zeros" }] });
    expect(causesOf(zeros.result, 60).map(({ kind }) => kind)).toContain("zeroGradients");
  });
});

describe("the state", () => {
  it("keeps a net, and what is wrong with one is an issue of the field", async () => {
    const request = { ...standardRequest("training"), net: RESIDUAL };
    expect(parseState("training", formatState("training", request)).request.net).toBe(RESIDUAL);
    expect(formatState("training", standardRequest("training"))).not.toContain("net");
    for (const [net, value] of [
      ["dense,conv", "7: conv"],
      ["res(dense;out:7)", "1: res(dense;out:7) [7]"],
      ["dense;out:4096,dense;out:4096", ""],
    ] as const) {
      const error: unknown = await engine.run("training", { net }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(InitscopeError);
      const [issue] = (error as InitscopeError).issues;
      expect(issue?.field).toBe("net");
      if (value) expect(issue?.value).toBe(value);
    }
    // The look at the units of a layer knows no nets.
    expect(parseState("symmetry", "v=1&net=dense,ln").issues[0]?.field).toBe("net");
  });
});

describe("the training of a propagation's network", () => {
  it("has its schemes, draw and blocks, with a stem of its width", async () => {
    expect(stemmed("dense,ln,phi")).toBe("dense;out:width,ln,phi");
    expect(stemmed("dense")).toBe("dense;out:width");
    expect(stemmed("dense;bias:ones,phi")).toBe("dense;out:width;bias:ones,phi");
    expect(stemmed("dense;out:64,phi")).toBe("dense;out:64,phi");
    expect(stemmed("dense;out:width,phi")).toBe("dense;out:width,phi");
    expect(stemmed("dense;out:4x,phi")).toBe("dense;out:width,dense;out:4x,phi");
    expect(stemmed("depth*(res(ln,dense))")).toBe("dense;out:width,depth*(res(ln,dense))");
    const net = "depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln,dense;out:10";
    const request = {
      ...standardRequest("propagation"),
      net,
      depth: 4,
      width: 96,
      activation: "gelu" as const,
      seed: "7",
    };
    const [plan] = await engine.run("plan", request);
    const numbers = plan?.result.weights.reduce((sum, w) => sum + w.inputs * w.outputs, 0) ?? 0;
    const training = trainingOf(request, numbers);
    expect(training).toMatchObject({ width: 96, depth: 4, seed: "7", activation: "gelu" });
    const [answer] = await engine.run("training", { ...training, steps: 2 });
    expect(answer?.result.frames[0]?.rows?.map(({ label }) => label)).toEqual([
      "dense 1",
      "res 1",
      "res 2",
      "res 3",
      "res 4",
      "dense 2",
      "dense 3",
    ]);
  });

  it("is as much narrower as a training asks, and no more", async () => {
    for (const given of [
      { depth: 50, width: 256 },
      { depth: 12, width: 1024, net: "depth*(res(ln,dense;out:4x,phi,dense;out:width))" },
    ]) {
      const request = { ...standardRequest("propagation"), ...given };
      const [plan] = await engine.run("plan", request);
      const numbers = plan?.result.weights.reduce((sum, w) => sum + w.inputs * w.outputs, 0) ?? 0;
      const training = { ...trainingOf(request, numbers), steps: 1, samples: 64 };
      await engine.run("training", training);
      const wider = { ...training, width: Math.ceil((training.width ?? 1) * 1.1) };
      await expect(engine.run("training", wider)).rejects.toBeInstanceOf(InitscopeError);
    }
    // The fields' network stays theirs.
    expect(trainingOf(standardRequest("propagation")).net).toBe("depth*(dense,phi)");
  });
});
