// @vitest-environment jsdom
/** What the audit's lab makes of an audit: rows, facts, sentences, programs, drawings. */
import { beforeAll, describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import { auditMessages } from "../../../web/src/i18n/audit.js";
import {
  columnsOf,
  densityOf,
  farthestOf,
  inOrderOfHarm,
  scaleOf,
  stretchesOf,
  verdictsOf,
} from "../../../web/src/labs/audit/facts.js";
import { auditFigures, tensorFigures } from "../../../web/src/labs/audit/figures.js";
import {
  modelProgram,
  programOf,
  repairOf,
  shortest,
} from "../../../web/src/labs/audit/program.js";
import {
  groupsOf,
  moduleOf,
  ORDERS,
  ownName,
  rowsOf,
  selected,
  wholeTable,
} from "../../../web/src/labs/audit/rows.js";
import { findingText, verdictText } from "../../../web/src/labs/audit/says.js";
import { formatAuditState, parseAuditState } from "../../../web/src/labs/audit/state.js";
import { endOf, logTicks, stripHeight } from "../../../web/src/labs/audit/strips.js";
import { densities, miniPaths } from "../../../web/src/labs/audit/tensor-charts.js";
import type { Audit } from "../../../web/src/labs/audit/types.js";
import { BOUND, model, normalLaw, tensorOf, uniformLaw } from "./audit-fixture.js";

beforeAll(() => Promise.all([auditMessages.load("en"), auditMessages.load("zh")]));

const en = () => auditMessages.of("en");
const names = (rows: ReturnType<typeof rowsOf>) => rows.map(({ report }) => report.name);
const [, body, , head, half, steps] = model.tensors as [
  ReturnType<typeof tensorOf>,
  ReturnType<typeof tensorOf>,
  ReturnType<typeof tensorOf>,
  ReturnType<typeof tensorOf>,
  ReturnType<typeof tensorOf>,
  ReturnType<typeof tensorOf>,
];

describe("the state", () => {
  it("is the example and the tensor that is open, and nothing else", () => {
    expect(formatAuditState(parseAuditState(""))).toBe("v=1");
    const whole = { example: "wrong-fan", tensor: "a b&c=1/é" } as const;
    expect(parseAuditState(formatAuditState(whole))).toEqual(whole);
    expect(parseAuditState("example=own").example).toBe("own");
    for (const text of ["example=constructor", "example=", "%E0%A4%A", "example=FROZEN"])
      expect(parseAuditState(text)).toEqual({ example: "frozen", tensor: "" });
    expect(formatAuditState({ example: "own", tensor: "x".repeat(401) })).toBe("v=1&example=own");
  });
});

describe("rows", () => {
  const rows = rowsOf(model);

  it("stand as they are asked for, what is not known last", () => {
    for (const order of ORDERS) {
      const found = selected(rows, { ...wholeTable, order });
      expect(found).toHaveLength(rows.length);
    }
    const by = (order: (typeof ORDERS)[number], descending: boolean) =>
      names(selected(rows, { ...wholeTable, order, descending }));
    expect(by("distance", true).slice(0, 2)).toEqual(["embedding.weight", "body.0.weight"]);
    expect(by("distance", false).slice(0, 3)).toEqual([
      "body.0.weight",
      "head.weight",
      "embedding.weight",
    ]);
    expect(by("harm", true).slice(0, 2)).toEqual(["body.0.weight", "head.half"]);
    expect(by("file", true)[0]).toBe("head.steps");
  });

  it("have names whose numbers count", () => {
    const many = rowsOf({ tensors: ["l.10.w", "l.2.w", "l.1.w"].map((name) => tensorOf(name)) });
    expect(names(selected(many, { ...wholeTable, order: "name" }))).toEqual([
      "l.1.w",
      "l.2.w",
      "l.10.w",
    ]);
  });

  it("are found by part of a name in any case, by a verdict, and by findings", () => {
    const found = (change: Partial<typeof wholeTable>) =>
      names(selected(rows, { ...wholeTable, ...change }));
    expect(found({ filter: " BIAS " })).toEqual(["body.0.bias"]);
    expect(found({ show: "untouched" })).toEqual(["body.0.weight", "head.weight"]);
    expect(found({ show: "findings" })).toEqual(["body.0.weight", "head.half"]);
    expect(found({ filter: "bias", show: "findings" })).toEqual([]);
  });

  it("are grouped by module", () => {
    expect(groupsOf(rows).map(({ module, rows: own }) => [module, own.length])).toEqual([
      ["embedding", 1],
      ["body.0", 2],
      ["head", 3],
    ]);
    expect([moduleOf("weight"), ownName("weight"), moduleOf("a/b/kernel")]).toEqual([
      "",
      "weight",
      "a/b",
    ]);
  });
});

describe("facts", () => {
  it("count verdicts, scales and ways", () => {
    expect(verdictsOf(model)).toEqual({
      untouched: 2,
      consistent: 1,
      not_at_init: 1,
      trivial: 1,
      not_judged: 1,
    });
    expect(scaleOf(half)).toBeCloseTo(Math.sqrt(32) * 0.25, 12);
    for (const report of [steps, tensorOf("b", { shape: [4] })]) expect(scaleOf(report)).toBeNaN();
    expect(farthestOf(model)?.name).toBe("embedding.weight");
    expect(farthestOf({ tensors: [body] })).toBeUndefined();
  });

  it("have findings by kind, the worst first", () => {
    expect(inOrderOfHarm(model).map(({ id, found }) => [id, found[0]?.tensor])).toEqual([
      ["symmetric", "body.0.weight"],
      ["wrong_fan", "head.half"],
      ["never_trained", "body.0.weight"],
      ["subnormal_f16", "head.half"],
    ]);
  });

  it("have what is said of the model alone, and not twice what tensors say", () => {
    const found = inOrderOfHarm({ ...model, tensors: [] });
    expect(found).toEqual([{ id: "symmetric", found: [{ ...model.findings[0], tensor: "" }] }]);
  });

  it("name the gaps of a stream", () => {
    expect(stretchesOf(model).map(({ name, offset, words }) => [name, offset, words])).toEqual([
      ["embedding.weight", 0, 2048],
      ["body.0.weight", 2048, 2048],
      ["", 4096, 104],
      ["head.weight", 4200, 640],
    ]);
  });

  it("have densities whose area is 1 and whose std is the law's", () => {
    const truncated = {
      names: [],
      shape: "truncated_normal",
      std: 0.879_625_66,
      bound: 2,
      distance: 0,
    } as const;
    for (const law of [uniformLaw, normalLaw(0.3), truncated]) {
      const step = 0.0005;
      const xs = Array.from({ length: 10_000 }, (_, i) => (i - 5000 + 0.5) * step);
      const area = xs.reduce((sum, x) => sum + step * densityOf(law, x), 0);
      const square = xs.reduce((sum, x) => sum + step * x * x * densityOf(law, x), 0);
      expect(area, law.shape).toBeCloseTo(1, 2);
      expect(Math.sqrt(square) / law.std, law.shape).toBeCloseTo(1, 2);
    }
  });

  it("know a row's elements in both orders of extents", () => {
    expect(columnsOf({ shape: [8, 3, 5, 5], layout: "torch" })).toBe(75);
    expect(columnsOf({ shape: [5, 5, 3, 8], layout: "keras" })).toBe(8);
    expect(columnsOf({ shape: [0, 3], layout: "torch" })).toBe(0);
  });
});

describe("sentences", () => {
  it("say untouched for a certificate alone, in both languages", () => {
    for (const [locale, word] of [
      ["en", /^Untouched \(certified\)/],
      ["zh", /^原封未动（已证实）/],
    ] as const) {
      const messages = auditMessages.of(locale);
      for (const report of model.tensors) {
        const certified = report.certificate !== "none";
        expect(word.test(verdictText(report, messages)), `${locale} ${report.name}`).toBe(
          certified,
        );
      }
    }
  });

  it("say what certifies, which distributions remain, and why no more can be said", () => {
    expect(verdictText(body, en())).toBe(
      "Untouched (certified): torch.manual_seed(42), after 2\u202f048 words of the generator.",
    );
    expect(verdictText({ ...body, seed: null }, en())).toContain("uniform numbers in ±0.177");
    expect(verdictText({ ...head, seed: null }, en())).toContain("the phase");
    expect(verdictText(half, en())).toBe(
      "Consistent with He normal, kaiming_normal_, 2 more; not certified: 16 bits keep no certificate.",
    );
    expect(verdictText(half, auditMessages.of("zh"))).toBe(
      "符合 He normal，kaiming_normal_，另有 2 种；未能证实，因为 16 位格式保留不下凭据。",
    );
    expect(verdictText(model.tensors[0] ?? head, en())).toMatch(
      /^Not at its initialization: .*moved by 0.31 /,
    );
  });

  it("give each finding its number", () => {
    const [wrong, subnormal] = half.findings;
    if (!wrong || !subnormal) expect.fail();
    expect(findingText(wrong, en())).toBe(
      "The std is 2.41 times that of fan_in: kaiming_normal_ took the other fan.",
    );
    expect(findingText(subnormal, en())).toContain("46%");
    for (const id of ["constructor", "invented"])
      expect(findingText({ id, number: 3, place: "x" }, en())).toBe(`${id}: 3, at x`);
  });
});

describe("programs", () => {
  it("draw a tensor again at its place in the stream", () => {
    expect(programOf("torch", body, en(), "en").split("\n").slice(-4)).toEqual([
      "torch.manual_seed(42)",
      "torch.rand(2048)  # 2\u202f048 words were drawn before it",
      "w = torch.empty(64, 32)",
      "init.uniform_(w, a=-0.17677669, b=0.17677669)",
    ]);
    expect(programOf("keras", body, en(), "en")).toContain("keras");
    expect(programOf("torch", tensorOf("x"), en(), "en")).toBe("");
  });

  it("build the whole model again, what has changed or is missing by as many words", () => {
    expect(modelProgram(model, en()).split("\n").slice(2)).toEqual([
      "torch.manual_seed(42)",
      "w = {}",
      'torch.rand(2048)  # "embedding.weight": changed since',
      'w["body.0.weight"] = torch.empty(64, 32).uniform_(-0.17677669, 0.17677669)',
      "torch.rand(104)  # not in this file",
      'w["head.weight"] = torch.empty(20, 32).normal_(0, 0.1)',
    ]);
    expect(modelProgram({ ...model, seed: null }, en())).toBe("");
  });

  it("keep a name that would end its line in its line", () => {
    const evil: Audit = {
      ...model,
      tensors: [tensorOf('a"\nimport os'), ...model.tensors.slice(1)],
    };
    expect(modelProgram(evil, en()).split("\n")).toHaveLength(8);
  });

  it("write the shortest number that is the same float32", () => {
    expect(shortest(BOUND)).toBe(0.17677669);
    expect(shortest(Math.fround(0.1))).toBe(0.1);
    for (let i = 1; i < 500; ++i) {
      const value = Math.fround(1 / Math.sqrt(i));
      expect(Math.fround(shortest(value))).toBe(value);
    }
  });

  it("repair what a finding says with the tensor's own fan", () => {
    expect(repairOf("zeros", body)).toContain("(2 / 32) ** 0.5");
    expect(repairOf("wrong_fan", undefined)).toContain('mode="fan_in"');
    expect(repairOf("invented", body)).toBe("");
  });
});

describe("drawings", () => {
  const frame = (width: number, height = 400) => ({ width, height, theme: themes.light });

  it("have a strip a tensor, whatever their number and the width", () => {
    for (const count of [1, 6, 40, 900])
      for (const width of [280, 900]) {
        const tensors = Array.from({ length: count }, (_, i) => ({
          ...half,
          name: `layers.${i}.weight`,
        }));
        const { model: figure } = auditFigures({ ...model, tensors }, en());
        const drawing = figure?.draw(frame(width));
        expect(drawing?.ys).toHaveLength(count);
        for (const { from, to } of drawing?.ys ?? [])
          expect(to - from).toBeCloseTo(stripHeight(count), 9);
      }
  });

  it("leave out what there is nothing of", () => {
    expect(tensorFigures(model.tensors[2] ?? head, en())).toEqual({
      values: undefined,
      norms: undefined,
    });
    expect(auditFigures({ ...model, seed: null, ledger: [] }, en()).ledger).toBeUndefined();
    expect(miniPaths(model.tensors[2] ?? head)).toEqual({ area: "", law: "" });
    expect(
      auditFigures({ ...model, tensors: [], ledger: [] }, en()).model?.draw(frame(300)).ys,
    ).toEqual([]);
  });

  it("are densities, of few values in fewer bins", () => {
    for (const [count, bins] of [
      [0, 8],
      [64, 8],
      [2048, 32],
      [1e6, 64],
    ] as const) {
      const counts = Float64Array.from({ length: 64 }, () => count / 64);
      const found = densities({ from: -1, to: 3, counts });
      expect(found).toHaveLength(bins);
      const area = found.reduce((sum, density) => sum + (density * 4) / bins, 0);
      expect(area).toBeCloseTo(count > 0 ? 1 : 0, 12);
    }
  });

  it("have few ticks on logarithmic axes of any width, and the ends of names", () => {
    for (const [from, to] of [
      [0.4, 2],
      [1e-6, 1e3],
      [0.9, 1.1],
      [1e-30, 1e30],
    ] as const)
      expect(logTicks({ from, to }, 6).length).toBeLessThanOrEqual(6);
    expect(logTicks({ from: 0.4, to: 2 }, 6)).toEqual([0.5, 1, 2]);
    expect(endOf("encoder.layers.0.attention.weight", 100)).toMatch(/^….*weight$/);
    expect(endOf("weight", 100)).toBe("weight");
  });
});
