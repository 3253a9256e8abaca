/** Files and texts that readers take home. */
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { toPngAddress } from "../../../web/src/charts/png.js";
import { codeFor, otherLayout } from "../../../web/src/files/code.js";
import { toMatrixCsv, toNpy, toNpz, toSafetensors } from "../../../web/src/files/tensors.js";
import { torchText } from "../../../web/src/files/torch-text.js";

const tensor = { name: "w", shape: [2, 3], values: Float32Array.of(0, 1, 2, 3, 0.1, -5) };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("tensors", () => {
  it("as .npy: magic, version, a header that aligns the data to 64 bytes", () => {
    const bytes = toNpy(tensor);
    expect(text(bytes.subarray(0, 8))).toBe("\x93NUMPY\x01\x00");
    const size = new DataView(bytes.buffer).getUint16(8, true);
    expect((10 + size) % 64).toBe(0);
    expect(text(bytes.subarray(10, 10 + size))).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/,
    );
    expect(new Float32Array(bytes.buffer.slice(10 + size))).toEqual(tensor.values);
    expect(text(toNpy({ shape: [6], values: tensor.values }))).toContain("(6,)");
  });

  it("as .npz and .safetensors, the same bytes every time", () => {
    const files = unzipSync(toNpz([tensor]));
    expect(Object.keys(files)).toEqual(["w.npy"]);
    expect(files["w.npy"]).toEqual(toNpy(tensor));
    expect(toNpz([tensor])).toEqual(toNpz([tensor]));
    const bytes = toSafetensors([tensor, { ...tensor, name: "b" }]);
    const size = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(size % 8).toBe(0);
    expect(JSON.parse(text(bytes.subarray(8, 8 + size)))).toEqual({
      w: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
      b: { dtype: "F32", shape: [2, 3], data_offsets: [24, 48] },
    });
  });

  it("as CSV: nine digits, which give the float32 back", () => {
    expect(toMatrixCsv(tensor.values, 3)).toBe("0,1,2\n3,0.100000001,-5\n");
  });
});

describe("as PyTorch prints them", () => {
  // What torch 1.13 printed.
  it.each([
    [[1000, 2, -3], [3], "tensor([1000.,    2.,   -3.])"],
    [[1e9, 1, 0.5], [3], "tensor([1.0000e+09, 1.0000e+00, 5.0000e-01])"],
    [[100000, 1], [2], "tensor([1.0000e+05, 1.0000e+00])"],
    [[1, Infinity, NaN], [3], "tensor([1., inf, nan])"],
    [[-0.00001, 1], [2], "tensor([-1.0000e-05,  1.0000e+00])"],
    [[0, -0, 1.5], [3], "tensor([0.0000, -0.0000, 1.5000])"],
    [[0, 0], [2], "tensor([0., 0.])"],
    [[], [0, 3], "tensor([], size=(0, 3))"],
    [[0.03125, 0.03125], [2], "tensor([0.0312, 0.0312])"],
    [
      [1.54099607, -0.293428898, -2.17878938, 0.568431258],
      [2, 2],
      "tensor([[ 1.5410, -0.2934],\n        [-2.1788,  0.5684]])",
    ],
  ])("%j %j", (values, shape, expected) => {
    expect(torchText(Float32Array.from(values), shape)).toBe(expected);
  });

  it("in lines of 80 characters, and by their corners beyond 1000", () => {
    const ones = torchText(new Float32Array(40).fill(0.5), [40]);
    expect(ones.split("\n")).toHaveLength(5); // nine in each, as seven characters stand before
    expect(Math.max(...ones.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    const counted = Float32Array.from({ length: 2400 }, (_, i) => i);
    expect(torchText(counted, [40, 2, 30]).split("\n").slice(0, 4)).toEqual([
      "tensor([[[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 2.7000e+01,",
      "          2.8000e+01, 2.9000e+01],",
      "         [3.0000e+01, 3.1000e+01, 3.2000e+01,  ..., 5.7000e+01,",
      "          5.8000e+01, 5.9000e+01]],",
    ]);
  });
});

describe("as programs", () => {
  const source = {
    scheme: { scheme: "kaiming_normal", a: 0.1, mode: "fan_in", nonlinearity: "leaky_relu" },
    shape: [64, 3, 7, 7],
    layout: "torch",
    generator: "torch",
    seed: "18446744073709551615",
    facts: { gain: 1.4, fan: 147, std: 0.1 },
  } as const;

  it("name the scheme with its parameters, and Keras's order of extents", () => {
    expect(codeFor("torch", source)).toContain(
      "init.kaiming_normal_(w, a=0.1, mode='fan_in', nonlinearity='leaky_relu')",
    );
    expect(codeFor("keras", source)).toContain("initializer((7, 7, 3, 64))");
    expect(codeFor("keras", source)).toContain("Not cut at two std");
    expect(codeFor("jax", source)).toContain("jax.random.key(18446744073709551615)");
    expect(codeFor("cpp", source)).toContain('{"scheme.a", 0.1}');
    expect(otherLayout(otherLayout([64, 3, 7, 5], "torch"), "keras")).toEqual(
      [64, 3, 5, 7].slice(0, 2).concat([7, 5]),
    );
  });

  it("say the axes that were given, and load the weights where a library would take other ones", () => {
    const own = { ...source, layout: "keras", batch_axis: [0] };
    expect(codeFor("cpp", own)).toContain('{"batch_axis", std::vector<double>{0}}');
    // No inputs at all is something else than the layout's.
    const none = { ...source, layout: "keras", in_axis: [], out_axis: [0] };
    expect(codeFor("cpp", none)).toContain('{"in_axis", std::vector<double>{}}');
    expect(codeFor("cpp", { ...source, in_axis: undefined })).not.toContain("in_axis");
    for (const language of ["keras", "jax"] as const)
      for (const given of [own, none]) expect(codeFor(language, given)).toContain("np.load");
    const stft = { side: "imag", window: "none", scaling: "spectrum", periodic: "true" };
    expect(codeFor("keras", { ...source, scheme: { ...stft, scheme: "stft" } })).toContain(
      "STFT(side='imag', window=None, scaling='spectrum', periodic=True)",
    );
  });

  it("leave no placeholder and no condition behind, for any scheme", () => {
    for (const { id, fields } of catalogue.schemes.filter(
      ({ uses }) => !uses.includes("network"),
    )) {
      const parameters = Object.fromEntries(fields.map((field) => [field.id, field.default]));
      for (const language of ["torch", "keras", "jax", "cpp"] as const) {
        const code = codeFor(language, {
          ...source,
          scheme: { ...parameters, scheme: id },
          facts: { bound: 0.5, std: 0.5, low: -1, high: 1, gain: 1, flag: 0 },
        });
        expect(code, id).not.toMatch(/@|undefined|^\[/m);
      }
    }
  });
});

it("a PNG is one: signature, chunks with their sums, as zlib reads them", () => {
  const address = toPngAddress(Uint8Array.of(0, 1, 1, 0), 2, 2, Uint8Array.of(0, 0, 0, 255, 0, 0));
  const bytes = Buffer.from(address.split(",")[1] ?? "", "base64");
  expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  expect(bytes.subarray(-12).toString("hex")).toBe("0000000049454e44ae426082"); // IEND and its sum
});
