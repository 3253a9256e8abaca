/** Curves that lie on one another: the reason that is given for it is true, or none is given. */
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { equalReason } from "../../../web/src/labs/propagation/equal.js";
import {
  correlationFigure,
  magnitudeFigure,
  seriesOf,
  shareFigure,
} from "../../../web/src/labs/propagation/figures.js";
import { extentOf } from "../../../web/src/charts/by-layer.js";
import { propagatedBy } from "./propagated.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

async function run(given: object) {
  const ran = await propagatedBy(engine, { width: 64, batch: 32, depth: 12, ...given });
  return { ...ran, results: ran.shown.map(({ result }) => result) };
}

const reason = async (given: object, sized: boolean) => {
  const { results, request } = await run(given);
  return equalReason(results, request, sized);
};

const HE_XAVIER = { schemes: ["kaiming_normal", "xavier_normal"] };

describe("weights that differ in size alone", () => {
  it.each(catalogue.activations.map(({ id, scaleFree }) => [id, scaleFree] as const))(
    "cannot be told apart behind %s: %s",
    async (activation, scaleFree) => {
      const { request, results } = await run({ activation, ...HE_XAVIER });
      const [he, xavier] = results;
      const apart = Math.max(
        ...Array.from(he?.correlation ?? [], (c, i) =>
          Math.abs(c - (xavier?.correlation[i] ?? NaN)),
        ),
      );
      // What the rule says is so: the same to rounding, and otherwise not.
      if (scaleFree) expect(apart).toBeLessThan(1e-5);
      else expect(apart).toBeGreaterThan(1e-4);
      expect(equalReason(results, request, false)).toBe(scaleFree ? "scale" : undefined);
      // Signals are as far apart as the weights' sizes.
      expect(equalReason(results, request, true)).toBeUndefined();
    },
  );

  it("can be, where biases have a size, and where a net adds what was not scaled", async () => {
    const biased = { bias: { scheme: "normal", std: 0.5 }, ...HE_XAVIER };
    expect(await reason(biased, false)).toBeUndefined();
    const net = { net: "depth*(res(dense,phi))", ...HE_XAVIER };
    expect(await reason(net, false)).toBeUndefined();
  });

  it("are not other numbers, of which theory alone may say that they do the same", async () => {
    expect(await reason({ schemes: ["kaiming_normal", "eye"] }, false)).toBeUndefined();
    expect(await reason({ schemes: ["kaiming_normal", "kaiming_uniform"] }, false)).toBe("wide");
  });

  it("may overflow: what comes before is compared", async () => {
    const schemes = ["kaiming_normal", { scheme: "normal", std: 1e6 }];
    expect(await reason({ schemes }, false)).toBe("scale");
  });
});

describe("weights that are equal", () => {
  const twice = { scheme: "kaiming_normal", nonlinearity: "linear" };

  it("are named so, whatever the activation", async () => {
    const schemes = ["lecun_normal", "lecun_normal"];
    for (const sized of [true, false]) {
      expect(await reason({ schemes }, sized)).toBe("same");
      expect(await reason({ schemes, activation: "tanh" }, sized)).toBe("same");
    }
    expect(
      await reason({ schemes: [twice, "kaiming_normal"], activation: "tanh" }, true),
    ).toBeUndefined();
  });

  it("are not those of the other sign, whose mean squares are equal", async () => {
    const schemes = [
      { scheme: "constant", val: 0.1 },
      { scheme: "constant", val: -0.1 },
    ];
    const { request, results } = await run({ schemes, activation: "tanh" });
    expect(results[0]?.activation.secondMoment).toEqual(results[1]?.activation.secondMoment);
    expect(equalReason(results, request, true)).toBeUndefined();
  });

  it("in variance alone are named so, where theory holds", async () => {
    const schemes = ["xavier_normal", "xavier_uniform"];
    expect(await reason({ schemes, activation: "tanh" }, true)).toBe("law");
    expect(await reason({ schemes, activation: "tanh" }, false)).toBe("law");
    expect(
      await reason({ schemes: [...schemes, "eye"], activation: "tanh" }, true),
    ).toBeUndefined();
    const other = ["xavier_normal", { scheme: "xavier_uniform", gain: 1.1 }];
    expect(await reason({ schemes: other, activation: "tanh" }, true)).toBeUndefined();
  });
});

it("figures say it of curves that coincide, and of no others, in both languages", async () => {
  for (const [locale, scale, same] of [
    [
      "en",
      "S0 and S1 coincide: relu is scale-free",
      "S0 and S1 coincide: they draw the same weights.",
    ],
    ["zh", "S0 与 S1 重合：relu 是齐次的", "S0 与 S1 重合：它们抽出的权重完全相同。"],
  ] as const) {
    const messages = messagesOf(locale);
    const { shown, request } = await run(HE_XAVIER);
    expect(correlationFigure(shown, request, messages).caption).toContain(scale);
    expect(shareFigure(shown, "dead", request, messages).caption).toContain(scale);
    const signal = async (given: object) => {
      const ran = await run(given);
      const all = seriesOf(ran.shown, "activation", ran.request);
      return magnitudeFigure(ran.shown, "activation", all, extentOf(all), ran.request, messages)
        .caption;
    };
    expect(await signal(HE_XAVIER)).not.toMatch(/coincide|重合/);
    expect(await signal({ schemes: ["kaiming_normal", "kaiming_normal"] })).toContain(same);
    const tanh = await run({ activation: "tanh", ...HE_XAVIER });
    expect(correlationFigure(tanh.shown, tanh.request, messages).caption).not.toMatch(
      /coincide|重合/,
    );
  }
});
