/** State as text and as objects: round trips, canonical form, and hostile input. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemesFor } from "../../../web/src/engine/catalogue.js";
import type { Field } from "../../../web/src/engine/catalogue.js";
import { isRace } from "../../../web/src/engine/kinds.js";
import { checkRequest, fieldsOf, MOST_SCHEMES } from "../../../web/src/engine/request.js";
import type { JobKind } from "../../../web/src/engine/request.js";
import { MOST_STATE_LENGTH } from "../../../web/src/engine/state-length.js";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { distributionPresets } from "../../../web/src/labs/distribution/state.js";
import { phasePresets } from "../../../web/src/labs/phase/state.js";
import { propagationPresets } from "../../../web/src/labs/propagation/state.js";
import { symmetryPresets } from "../../../web/src/labs/symmetry/state.js";
import { trainingPresets } from "../../../web/src/labs/training/state.js";

const kinds: readonly JobKind[] = ["distribution", "propagation", "phase", "training", "symmetry"];

const schemeField = (kind: JobKind): Field =>
  fieldsOf(kind).find(({ id }) => id === "scheme") ?? expect.fail("no schemes");
const seed = 20261125;

/** Values that a field may hold. */
function valid(field: Field): fc.Arbitrary<unknown> {
  const { min = 0, max = 0 } = field;
  switch (field.kind) {
    case "number":
      return fc.double({ min, max, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x));
    case "integer":
      return fc.integer({ min, max });
    case "choice":
      return fc.constantFrom(...(field.choices ?? []));
    case "seed":
      return fc.bigInt({ min: 0n, max: 18446744073709551615n }).map(String);
    case "shape":
      return fc.array(fc.integer({ min, max }), {
        minLength: field.leastRank ?? 1,
        maxLength: 8,
      });
    case "text":
      return fc.string({ maxLength: 60 });
    case "scheme":
      return fc
        .constantFrom(...schemesFor(field))
        .chain((scheme) =>
          fc
            .record(Object.fromEntries(scheme.fields.map((f) => [f.id, valid(f)])))
            .map((parameters) => ({ ...parameters, scheme: scheme.id })),
        );
  }
}

function validRequest(kind: JobKind): fc.Arbitrary<Record<string, unknown>> {
  const fields = fieldsOf(kind).filter(({ id }) => id !== "scheme");
  return fc.record({
    ...Object.fromEntries(fields.map((field) => [field.id, valid(field)])),
    schemes: fc.array(valid(schemeField(kind)), {
      minLength: 1,
      maxLength: MOST_SCHEMES,
    }),
  });
}

describe.each(kinds)("%s", (kind) => {
  it("survives the way through text, and its text is canonical", () => {
    fc.assert(
      fc.property(validRequest(kind), (given) => {
        const { request, issues } = checkRequest(kind, given);
        expect(issues).toEqual([]);
        const text = formatState(kind, request);
        const back = parseState(kind, `#${text}`);
        expect(back.issues).toEqual([]);
        expect(back.request).toEqual(request);
        expect(formatState(kind, back.request)).toBe(text);
      }),
      { seed, numRuns: 500 },
    );
  });

  it("takes any text without an exception, and what comes out is always valid", () => {
    const keys = fieldsOf(kind).map(({ id }) => id as string);
    const hostile = fc.array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom(...keys, "s", "v", "algo", "__proto__", "constructor"),
          fc.string(),
        ),
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            "1e999",
            "-1",
            "0.5",
            "NaN",
            "kaiming_normal;a:x",
            ";;:",
            "normal;__proto__:1",
          ),
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(hostile, (pairs) => {
        const text = pairs.map(([key, value]) => `${key}=${value}`).join("&");
        const { request } = parseState(kind, text);
        expect(checkRequest(kind, request).issues).toEqual([]);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("takes any object without an exception", () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        expect(checkRequest(kind, checkRequest(kind, given).request).issues).toEqual([]);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("refuses every bad value of every field by name, from an object and from text", () => {
    for (const field of fieldsOf(kind)) {
      const key = field.id === "scheme" ? "schemes" : field.id;
      const bad: unknown[] = ["", "nonsense", NaN, true, {}, -1, 0.5, 1e300];
      const axes = field.leastRank === 0; // -1 is the last axis, and none is none at all
      const wrong = bad.filter(
        (value) =>
          !(field.kind === "number" && (value === -1 || value === 0.5)) &&
          // What a text says is for the core to read.
          !(field.kind === "text" && typeof value === "string") &&
          !((axes || field.kind === "seed") && value === -1),
      );
      for (const value of field.kind === "integer" && field.min === 1 ? [...wrong, 0] : wrong) {
        const { issues } = checkRequest(kind, { [key]: value });
        const names = issues.map((issue) => issue.field);
        expect(names, `${key} = ${JSON.stringify(value)}`).toContain(key);
        expect(issues[0]?.allowed).not.toBe("");
      }
      const text = field.id === "scheme" ? "s" : field.id;
      if (field.kind === "text") continue;
      const texts = ["nonsense", "NaN", "1e999", "0x10"];
      for (const value of axes ? texts : [...texts, ""]) {
        const { issues } = parseState(kind, `${text}=${value}`);
        expect(issues.length, `${text}=${value}`).toBeGreaterThan(0);
        expect(issues[0]?.field).toBe(field.id === "scheme" ? "schemes.0" : field.id);
      }
    }
  });

  it("knows data of one's own only where a network takes them", () => {
    const names = checkRequest(kind, { data: new Float32Array(1) }).issues.map((i) => i.field);
    expect(names).toEqual(kind === "propagation" || isRace(kind) ? [] : ["data"]);
  });

  it("leaves defaults out", () => {
    expect(formatState(kind, checkRequest(kind, {}).request)).toBe("v=1");
  });

  it("refuses too many schemes, unknown keys, other versions and long text", () => {
    const names = (text: string) => parseState(kind, text).issues.map(({ field }) => field);
    expect(
      names(
        Array(MOST_SCHEMES + 1)
          .fill("s=zeros")
          .join("&"),
      ),
    ).toContain("schemes");
    expect(names("colour=red")).toEqual(["colour"]);
    expect(names("v=2")).toEqual(["v"]);
    expect(names("v=1&algo=1")).toEqual([]);
    expect(names(`seed=${"1".repeat(MOST_STATE_LENGTH)}`)).toEqual(["state"]);
  });
});

it("the grammar is the design's", () => {
  const { request, issues } = parseState(
    "propagation",
    "v=1&depth=30&bias=normal;std:0.1&s=kaiming_normal;a:0.1&s=xavier_uniform",
  );
  expect(issues).toEqual([]);
  expect(request.depth).toBe(30);
  expect(request.bias).toEqual({ scheme: "normal", mean: 0, std: 0.1 });
  expect(request.schemes.map(({ scheme }) => scheme)).toEqual(["kaiming_normal", "xavier_uniform"]);
  expect(request.schemes[0]?.["a"]).toBe(0.1);
});

it("every preset is a valid state in canonical form", () => {
  const presets = {
    propagation: propagationPresets,
    distribution: distributionPresets,
    phase: phasePresets,
    training: trainingPresets,
    symmetry: symmetryPresets,
  };
  for (const kind of kinds)
    for (const text of Object.values(presets[kind as keyof typeof presets])) {
      const { request, issues } = parseState(kind, text);
      expect(issues).toEqual([]);
      expect(formatState(kind, request)).toBe(text);
    }
});

it("seeds are those of torch.manual_seed, and stand as unsigned numbers", () => {
  const seedOf = (seed: unknown) => checkRequest("distribution", { seed });
  for (const seed of ["-1", -1, -1n, "18446744073709551615"])
    expect(seedOf(seed)).toMatchObject({ request: { seed: "18446744073709551615" }, issues: [] });
  expect(seedOf(-(2n ** 63n)).request.seed).toBe("9223372036854775808");
  expect(parseState("distribution", "seed=-1").request.seed).toBe("18446744073709551615");
  const minusOne = parseState("distribution", "seed=-1").request;
  expect(formatState("distribution", minusOne)).toContain("seed=18446744073709551615");
  for (const seed of [-(2n ** 63n) - 1n, 2n ** 64n, "--1", "1.5", 0.5])
    expect(seedOf(seed).issues.map(({ field }) => field)).toEqual(["seed"]);
});

it("null is undefined, an absent field, in every request", () => {
  for (const kind of kinds) {
    const standard = checkRequest(kind, {});
    const nulls = Object.fromEntries(fieldsOf(kind).map(({ id }) => [id, null]));
    expect(checkRequest(kind, { ...nulls, schemes: null })).toEqual(standard);
  }
  const scheme = { scheme: "kaiming_normal", mode: null };
  const { request, issues } = checkRequest("matrix", { schemes: [scheme] });
  expect([issues, request.schemes[0]?.["mode"]]).toEqual([[], "fan_in"]);
});

it("axes that are given stand in the address, empty lists too; those left out do not", () => {
  const text = formatState(
    "matrix",
    checkRequest("matrix", { in_axis: [0], out_axis: [] }).request,
  );
  expect(text).toContain("in_axis=0&out_axis=");
  expect(text).not.toContain("batch_axis");
  const { request, issues } = parseState("matrix", text);
  expect([issues, request.in_axis, request.out_axis]).toEqual([[], [0], []]);
  expect(request).not.toHaveProperty("batch_axis");
  expect(parseState("matrix", "out_axis=[]").request.out_axis).toEqual([]);
  expect(checkRequest("matrix", {}).request).not.toHaveProperty("in_axis");
});
