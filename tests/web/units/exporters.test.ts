/** Exporters refuse what their formats cannot hold, and name the field; what they write is well formed. */
import { unzipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "../../../web/src/figures/export.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { MOST_SHOWN, shown } from "../../../web/src/engine/shown.js";
import { codeFor, LANGUAGES } from "../../../web/src/files/code.js";
import type { CodeSource, Language } from "../../../web/src/files/code.js";
import { toMatrixCsv, toNpy, toNpz, toSafetensors } from "../../../web/src/files/tensors.js";
import type { NamedTensor } from "../../../web/src/files/tensors.js";
import { torchText } from "../../../web/src/files/torch-text.js";
import type { Locale } from "../../../web/src/i18n/index.js";

const six = Float32Array.of(1, 2, 3, 4, 5, 6);
const tensor = { name: "w", shape: [2, 3], values: six };
const source: CodeSource = {
  scheme: { scheme: "kaiming_normal", a: 0.1, mode: "fan_in", nonlinearity: "leaky_relu" },
  shape: [2, 3],
  layout: "torch",
  generator: "torch",
  seed: "7",
  facts: { gain: 1.4, fan: 3, std: 0.1 },
};

/** The error of a call that must be refused, with a field and a message of bounded length. */
function refusalOf(call: () => unknown): InitscopeError {
  try {
    call();
  } catch (error) {
    if (!(error instanceof InitscopeError)) throw error;
    expect(error.field).not.toBe("");
    for (const { value } of error.issues) expect(value.length).toBeLessThanOrEqual(MOST_SHOWN);
    expect(error.message).not.toMatch(/\{(field|value|allowed)\}/);
    return error;
  }
  return expect.fail("it was taken");
}

const shapes: readonly unknown[] = [
  [2, 4],
  [-2, -3],
  [NaN],
  [6.5],
  ["2", 3],
  [2, 3, 0],
  [2 ** 40, 2 ** 40, 0],
  [],
  undefined,
  null,
  6,
  "2,3",
  { 0: 6, length: 1 },
  Array<number>(65).fill(1),
  new Array<number>(2 ** 32 - 1),
  [[2, 3]],
];

describe("tensors", () => {
  it.each(shapes.map((shape) => [shown(shape).slice(0, 30), shape]))(
    "of shape %s are refused",
    (_, shape) => {
      const given = { name: "w", shape: shape as number[], values: six };
      expect(refusalOf(() => toNpy(given)).field).toBe("shape");
      expect(refusalOf(() => toNpz([tensor, { ...given, name: "b" }])).field).toBe(
        "tensors.1.shape",
      );
      expect(refusalOf(() => toSafetensors([given])).field).toBe("tensors.0.shape");
      expect(refusalOf(() => torchText(six, shape as number[])).field).toBe("shape");
    },
  );

  it("without elements are written where their extents are extents", () => {
    for (const shape of [[0], [3, 0], [0, 5]])
      expect(toNpy({ shape, values: new Float32Array() }).length).toBe(128);
    const empty = { shape: [2 ** 40, 2 ** 40, 0], values: new Float32Array() };
    expect(refusalOf(() => toNpy(empty)).field).toBe("shape"); // which NumPy cannot make
  });

  it("of values are known by what they are, not by what they say that they are", () => {
    const tag = (values: object, value: string) =>
      Object.defineProperty(values, Symbol.toStringTag, { value }) as unknown as Float32Array;
    const bytes = { ...tensor, values: tag(new Uint8Array(6), "Float32Array") };
    expect(refusalOf(() => toNpy(bytes)).field).toBe("values");
    expect(toNpy({ ...tensor, values: tag(six.slice(), "Others") })).toEqual(toNpy(tensor));
  });

  it.each([undefined, null, 6, [1, 2, 3, 4, 5, 6], new Float64Array(6), new ArrayBuffer(24)])(
    "of values %s are refused",
    (values) => {
      const given = { ...tensor, values: values as unknown as Float32Array };
      expect(refusalOf(() => toNpy(given)).field).toBe("values");
      expect(refusalOf(() => toNpz([given])).field).toBe("tensors.0.values");
      expect(refusalOf(() => torchText(given.values, [6])).field).toBe("values");
    },
  );

  const named = (name: unknown): readonly NamedTensor[] => [{ ...tensor, name: name as string }];

  it.each([
    "../../evil",
    "..",
    ".",
    "a/../b",
    "/etc/passwd",
    "a//b",
    "a/",
    "",
    "a\\b",
    "a\0b",
    "a\nb",
    "C:evil",
    "x".repeat(70_000),
    "\ud800",
    undefined,
    5,
  ])("named %j are no files of a zip", (name) => {
    expect(refusalOf(() => toNpz(named(name))).field).toBe("tensors.0.name");
  });

  it.each(["0.weight", "layer/kernel:0", "中", "__proto__", "constructor", "..a", "a b"])(
    "named %j are written, in a zip and as safetensors",
    (name) => {
      expect(Object.keys(unzipSync(toNpz(named(name))))).toEqual([`${name}.npy`]);
      const bytes = toSafetensors(named(name));
      const size = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      expect(size % 8).toBe(0); // in bytes, whatever the name is made of
      expect(bytes.length).toBe(8 + size + 24);
      const header = new TextDecoder().decode(bytes.subarray(8, 8 + size));
      expect(Object.keys(JSON.parse(header) as object)).toEqual([name]);
    },
  );

  it("of one name, or of one that the format keeps for itself, are refused", () => {
    for (const write of [toNpz, toSafetensors])
      expect(refusalOf(() => write([tensor, { ...tensor, values: six.slice() }]))).toMatchObject({
        field: "tensors.1.name",
        value: "w",
      });
    expect(refusalOf(() => toSafetensors(named("__metadata__"))).field).toBe("tensors.0.name");
    for (const name of ["", "\udc00"])
      expect(refusalOf(() => toSafetensors(named(name))).field).toBe("tensors.0.name");
    expect(refusalOf(() => toNpz(new Array<NamedTensor>(1))).field).toBe("tensors.0.name");
    for (const list of [undefined, null, tensor, "w"])
      expect(refusalOf(() => toNpz(list as unknown as NamedTensor[])).field).toBe("tensors");
  });

  it("are printed at 64 axes, and alone", () => {
    expect(torchText(Float32Array.of(2), Array<number>(64).fill(1))).toBe(
      `tensor(${"[".repeat(64)}2.${"]".repeat(64)})`,
    );
    // What torch 1.13 prints of torch.tensor(0.5).
    expect(torchText(Float32Array.of(0.5), [])).toBe("tensor(0.5000)");
    expect(refusalOf(() => torchText(Float32Array.of(2), Array<number>(3000).fill(1))).field).toBe(
      "shape",
    );
  });
});

describe("CSV", () => {
  it("of a matrix needs columns that its numbers fill", () => {
    for (const columns of [0, -3, 4, 0.5, NaN, Infinity])
      expect(refusalOf(() => toMatrixCsv(six, columns)).field).toBe("columns");
  });

  it("quotes what ends a line or a cell, and shows no spreadsheet a formula", () => {
    const cells = [
      "a\rb",
      "a\nb",
      'a"b',
      "a,b",
      "=1+1",
      "@a",
      "+a",
      "-a",
      "\ta",
      "-1.5",
      "−a",
      "a=b",
    ];
    expect(toCsv({ head: cells, rows: [[-1.5, Infinity]] })).toBe(
      `"a\rb","a\nb","a""b","a,b",'=1+1,'@a,'+a,'-a,'\ta,-1.5,−a,a=b\n-1.5,Infinity\n`,
    );
  });
});

describe("programs", () => {
  const hostile = "0)\nimport os; os.system('x')  # ";
  it.each([
    ["seed", { seed: hostile }],
    ["seed", { seed: "1.5" }],
    ["seed", { seed: undefined }],
    ["layout", { layout: hostile }],
    ["generator", { generator: hostile }],
    ["generator", { generator: "constructor" }],
    ["shape", { shape: [hostile, 3] }],
    ["shape", { shape: [NaN, 3] }],
    ["shape", { shape: undefined }],
    ["in_axis", { in_axis: [hostile] }],
    ["batch_axis", { batch_axis: [0.5] }],
    ["scheme", { scheme: { scheme: hostile } }],
    ["scheme", { scheme: undefined }],
    ["scheme.a", { scheme: { scheme: "kaiming_normal", a: hostile } }],
    ["scheme.a", { scheme: { scheme: "kaiming_normal", a: NaN } }],
    ["scheme.mode", { scheme: { scheme: "kaiming_normal", mode: "fan_in'" } }],
    ["scheme.mode", { scheme: { scheme: "kaiming_normal", mode: "toString" } }],
    ["scheme.b", { scheme: { scheme: "kaiming_normal", b: 1 } }],
    ["facts.std", { facts: { std: hostile } }],
    ["facts", { facts: undefined }],
  ])("with a wrong %s are refused in every language", (field, wrong) => {
    const given = { ...source, ...wrong } as unknown as CodeSource;
    for (const { id } of LANGUAGES) expect(refusalOf(() => codeFor(id, given)).field).toBe(field);
  });

  it("are refused in languages that are not there", () => {
    for (const language of ["fortran", "constructor", "", undefined, null])
      expect(refusalOf(() => codeFor(language as Language, source)).field).toBe("language");
    expect(refusalOf(() => codeFor("torch", source, "fr" as Locale)).field).toBe("locale");
    for (const given of [undefined, null, 5])
      expect(refusalOf(() => codeFor("torch", given as unknown as CodeSource)).field).toBe(
        "scheme",
      );
  });

  it("have numbers as Python writes them, and none that was not computed", () => {
    const he: CodeSource = { ...source, scheme: { scheme: "glorot_uniform" } };
    const withBound = (bound: number) => codeFor("torch", { ...he, facts: { bound } });
    expect(withBound(NaN)).toContain("a=-float('nan'), b=float('nan')");
    expect(withBound(Infinity)).toContain("b=float('inf')");
    expect(withBound(-Infinity)).toContain("b=float('-inf')");
    expect(withBound(0.5)).toContain("a=-0.5, b=0.5");
    expect(refusalOf(() => codeFor("torch", { ...he, facts: {} })).field).toBe("facts.bound");
    const inherited = Object.create({ bound: 1 }) as Record<string, number>;
    expect(refusalOf(() => codeFor("torch", { ...he, facts: inherited })).field).toBe(
      "facts.bound",
    );
  });
});

it("whatever is handed to them, it is written or refused by an InitscopeError with a field", () => {
  const small = fc.anything({ maxDepth: 2, maxKeys: 4 });
  const list = fc.oneof(small, fc.array(fc.oneof(small, fc.nat(4)), { maxLength: 4 }));
  const object = fc.record(
    { name: small, shape: list, values: fc.oneof(small, fc.constant(six)) },
    { requiredKeys: [] },
  );
  const anySource = fc
    .record(
      { scheme: small, shape: list, seed: small, facts: small, layout: small },
      { requiredKeys: [] },
    )
    .map((part) => ({ ...source, ...part }));
  const outcomes = { written: 0, refused: 0 };
  const attempt = (call: () => unknown) => {
    try {
      call();
      ++outcomes.written;
    } catch (error) {
      if (!(error instanceof InitscopeError) || error.field === "") throw error;
      ++outcomes.refused;
    }
  };
  fc.assert(
    fc.property(
      object,
      fc.oneof(small, fc.array(object, { maxLength: 3 })),
      anySource,
      (one, many, from) => {
        attempt(() => toNpy(one as NamedTensor));
        attempt(() => torchText(one.values as Float32Array, one.shape as number[]));
        attempt(() => toNpz(many as NamedTensor[]));
        attempt(() => toSafetensors(many as NamedTensor[]));
        for (const { id } of LANGUAGES) attempt(() => codeFor(id, from as unknown as CodeSource));
      },
    ),
    { seed: 20261129, numRuns: 2000 },
  );
  expect(outcomes.written).toBeGreaterThan(100); // neither is the rule
  expect(outcomes.refused).toBeGreaterThan(5000);
});

it("a value is shown in at most 200 characters, whole ones, and whatever it is", () => {
  const cyclic: unknown[] = [1];
  cyclic.push(cyclic);
  const revoked = Proxy.revocable([], {});
  revoked.revoke();
  const cases: readonly (readonly [unknown, string])[] = [
    ["x".repeat(200), "x".repeat(200)],
    ["x".repeat(201), `${"x".repeat(199)}…`],
    [`${"x".repeat(198)}😀x`, `${"x".repeat(198)}…`],
    [cyclic, "1,[…]"],
    [[1, "a", null, undefined], "1,a,null,undefined"],
    [{ toString: () => "evil" }, "object"],
    [() => 1, "function"],
    [Symbol("a"), "Symbol(a)"],
    [12n, "12"],
    [null, "null"],
    [revoked.proxy, "object"],
  ];
  for (const [value, text] of cases) expect(shown(value)).toBe(text);
  expect(shown(new Array(2 ** 32 - 1)).length).toBe(200);
});
