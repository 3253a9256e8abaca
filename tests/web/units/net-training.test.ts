// @vitest-environment jsdom
/** Nets in the training lab: rows and their names, the state, and the training of a propagation's network. */
import { afterAll, describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest, standardRequest } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import { causesOf } from "../../../web/src/labs/outcome.js";
import { outcomeText } from "../../../web/src/labs/outcome-text.js";
import { rowName } from "../../../web/src/labs/row-names.js";
import { changesText } from "../../../web/src/labs/propagation/net/training.js";
import { trainingOf } from "../../../web/src/labs/propagation/train-this.js";
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
      const messages = raceMessagesOf(locale);
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
      expect(signal?.draw(frame).svg.textContent).toContain("dense 2");
      expect(signal?.describe?.(3)).toMatch(/^res 2/);
      expect(signal?.describe?.(0)).toContain(messages.figures.atLayer(0));
      expect(figures["training-gradient"]?.describe?.(0)).toMatch(/^dense 1/);
      for (const each of shown) expect(outcomeText(each, 60, true, messages)).not.toMatch(/NaN/);
    }
    expect(rowName(null, 2, raceMessagesOf("en"))).toBe("Layer 2");
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
  const given = async (asked: Partial<PropagationRequest>) => {
    const { request } = checkRequest("propagation", asked);
    const [answer] = await engine.run("plan", request);
    const plan = answer?.result ?? expect.fail("no plan");
    return { plan, ...trainingOf(request, plan) };
  };

  it("is the same net, with what data of other inputs and classes take", async () => {
    const wide = { width: 32, depth: 3 };
    for (const [net, trained, stem, head] of [
      ["dense, ln, phi", "dense;out:width,ln,phi", false, "added"],
      ["dense", "dense;out:2", false, "replaced"],
      ["dense ;bias:ones, phi", "dense;out:width;bias:ones,phi", false, "added"],
      ["dense;out:64,phi", "dense;out:64,phi", false, "added"],
      ["dense;out:width,phi,dense;out:2", "dense;out:width,phi,dense;out:2", false, "kept"],
      ["dense;out:4x,phi", "dense;out:width,dense;out:4x,phi", true, "added"],
      ["depth*(dense,ln,phi)", "depth*(dense;out:width,ln,phi)", false, "added"],
      ["2*(dense,phi,dense;out:64)", "dense;out:width,2*(dense,phi,dense;out:64)", true, "added"],
      ["depth*(res(ln,dense))", "dense;out:width,depth*(res(ln,dense))", true, "added"],
      ["dense,phi,dense;out:7", "dense;out:width,phi,dense;out:2", false, "replaced"],
      ["dense,phi, dense ; out : 10", "dense;out:width,phi,dense;out:10", false, "kept"],
      ["res(dense),dense;out:10", "dense;out:width,res(dense),dense;out:10", true, "kept"],
    ] as const) {
      const { training, changes } = await given({ ...wide, net });
      expect([net, training.net]).toEqual([net, trained]);
      const data_set = trained.endsWith(":10") ? "digits" : "circles";
      expect(training.data_set).toBe(data_set);
      expect(changes).toEqual({ data_set, classes: data_set === "digits" ? 10 : 2, stem, head });
      const [answer] = await engine.run("training", { ...training, steps: 1 });
      const [frame] = answer?.result.frames ?? [];
      // No layer but those that are told of, and no second head.
      const labels = (text: string) => text.split("dense").length;
      const layers = labels(training.net ?? "") - labels(net);
      expect(layers).toBe(stem ? 1 : 0);
      expect(frame?.rows?.at(-1)?.units).toBe(data_set === "digits" ? 10 : 2);
    }
    // Data that have as many inputs as the net's width need no stem.
    const same = await given({ net: "res(dense),dense;out:10", width: 256 });
    expect(same.training.net).toBe("res(dense),dense;out:10");
    await engine.run("training", { ...same.training, steps: 1 });
    // Units of inputs that are not of the field's width stay those that they are.
    const inputs = await given({ net: "res(ln,dense),dense", width: 32, input_width: 20 });
    expect(inputs.training.net).toBe("dense;out:20,res(ln,dense),dense;out:2");
    // Weights of a net that begins with `dense` are those that it was propagated with.
    const { training } = await given({ ...wide, net: "depth*(dense,ln,phi)" });
    expect(training.net).not.toMatch(/^dense/);
  });

  it("says what it has that the net has not, in both languages", async () => {
    const { changes } = await given({ net: "depth*(res(ln,dense)),dense;out:10", width: 16 });
    expect(changes && changesText(changes, "en")).toBe(
      "Its data set is digits, of ten classes. A first layer is added, which brings the data to the net’s width.",
    );
    expect(changes && changesText(changes, "zh")).toBe(
      "数据集为“数字”，共 10 类。开头另加一层，把数据变换到网络的宽度。",
    );
    const other = await given({ net: "dense,phi,dense;out:7", width: 16 });
    expect(other.changes && changesText(other.changes, "en")).toBe(
      "Its last layer gets 2 outputs, one for each class.",
    );
    const none = await given({ net: "dense;out:width,phi,dense;out:2", width: 16 });
    expect(none.changes && changesText(none.changes, "en")).toBe("");
  });

  it("has its schemes, draw and blocks", async () => {
    const net = "depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln,dense;out:10";
    const request = {
      ...standardRequest("propagation"),
      net,
      depth: 4,
      width: 96,
      activation: "gelu" as const,
      seed: "7",
    };
    const { training } = await given(request);
    expect(training).toMatchObject({ width: 96, depth: 4, seed: "7", activation: "gelu" });
    const [answer] = await engine.run("training", { ...training, steps: 2 });
    expect(answer?.result.frames[0]?.rows?.map(({ label }) => label)).toEqual([
      "dense 1",
      "res 1",
      "res 2",
      "res 3",
      "res 4",
      "dense 2",
    ]);
    expect(answer?.result.frames[0]?.samples?.classes).toBe(10);
    expect(answer?.result.frames[0]?.samples?.inputs).toBe(256);
  });

  it("is as much narrower as a training asks, and no more", async () => {
    for (const asked of [
      { depth: 50, width: 256 },
      { depth: 12, width: 1024, net: "depth*(res(ln,dense;out:4x,phi,dense;out:width))" },
    ]) {
      const training = { ...(await given(asked)).training, steps: 1, samples: 64 };
      await engine.run("training", training);
      const wider = { ...training, width: Math.ceil((training.width ?? 1) * 1.1) };
      await expect(engine.run("training", wider)).rejects.toBeInstanceOf(InitscopeError);
    }
    // The fields' network stays theirs.
    for (const net of ["depth*(dense,phi)", " depth * (dense, phi) "]) {
      const { training, changes } = await given({ net });
      expect(training).toMatchObject({ net: "depth*(dense,phi)" });
      expect(changes).toBeUndefined();
    }
  });
});
