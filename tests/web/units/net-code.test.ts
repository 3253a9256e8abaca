/** Networks as programs: what is written for each block, as a loop where it repeats, and what initializes it. */
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import { checkNetLibrary, NET_LIBRARIES, netProgram } from "../../../web/src/files/net-code.js";
import type { NetLibrary } from "../../../web/src/files/net-code.js";
import type { Locale } from "../../../web/src/i18n/locale.js";
import { data as blocks } from "../../../web/src/generated/blocks.js";
import { scaleText } from "../../../web/src/labs/propagation/net/boxes.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

/** The program of a request's first scheme, or why there is none. */
async function programOf(library: NetLibrary, given: object, locale: Locale = "en") {
  const { request, issues } = checkRequest("plan", given);
  expect(issues).toEqual([]);
  const [first] = await engine.run("plan", request);
  if (!first) return expect.fail("no plan");
  const source = { ...request, plan: first.result, weight: first.scheme };
  const program = netProgram(library, source, locale);
  return "text" in program ? program.text : `refused: ${program.refusal}`;
}

const small = { width: 8, depth: 3, batch: 8, schemes: [{ scheme: "normal" }] };

describe("PyTorch's program", () => {
  it("repeats what is the same, and writes out what is not", async () => {
    const text = await programOf("torch", { ...small, input_width: 5, net: "depth*(dense,phi)" });
    expect(text).toContain("nn.Linear(5, 8),\n            nn.ReLU(),\n");
    expect(text).toContain("*[nn.Sequential(nn.Linear(8, 8), nn.ReLU()) for _ in range(2)],");
    const widening = await programOf("torch", { ...small, net: "3*(dense;out:2x)" });
    expect(widening.match(/nn\.Linear/g)).toHaveLength(4); // and once where they are looked for
    expect(widening).not.toContain("range(");
  });

  it("has the shortcut before the branch, as weights count", async () => {
    const net = "res;scale:0.5(dense,phi|dense)";
    const text = await programOf("torch", { ...small, net });
    expect(text.indexOf("shortcut=nn.Linear")).toBeLessThan(text.indexOf("branch=nn.Sequential"));
    expect(text).toContain("scale=0.5");
    expect(text.indexOf("self.shortcut =")).toBeLessThan(text.indexOf("self.branch ="));
  });

  it("gives each weight the number that its place has", async () => {
    const net = "depth*(res(dense,phi,dense))";
    const text = await programOf("torch", { ...small, net, schemes: [{ scheme: "gpt2" }] });
    expect(text).toMatch(/stds = 3 \* \[0\.02, 0\.0115\d*\]/); // 0.02 / sqrt(3)
    expect(text).toContain("for layer, std in zip(linears, stds):");
  });

  it("has a function for each scheme where there are several", async () => {
    const net = "dense;weight:zeros;bias:ones,depth*(dense,phi)";
    const text = await programOf("torch", { ...small, net });
    expect(text).toContain("def zeros(layer):\n    init.zeros_(layer.weight)\n    init.ones_(");
    expect(text).toContain("schemes = [(zeros,), *3 * [(normal,)]]");
  });

  it("leaves what PyTorch does by default to PyTorch, and says so", async () => {
    const library = { ...small, schemes: [{ scheme: "library" }], bias: { scheme: "library" } };
    const text = await programOf("torch", { ...library, net: "dense,phi" });
    expect(text).not.toContain("init.");
    expect(text).toContain("What nn.Linear does by default");
    expect(text.indexOf("manual_seed")).toBeLessThan(text.indexOf("net = Net()"));
    const mixed = await programOf("torch", { ...library, bias: { scheme: "zeros" }, net: "dense" });
    expect(mixed).toContain("init.kaiming_uniform_(layer.weight, a=math.sqrt(5))");
  });

  it("draws nothing where there is nothing to draw", async () => {
    const text = await programOf("torch", { ...small, net: "phi,ln" });
    expect(text).toMatch(/\n\n\nnet = Net\(\)$/);
    expect(text).not.toContain("Linear");
  });

  it("says of what the page's own generator draws that it is another draw", async () => {
    const note = "The same distribution";
    expect(await programOf("torch", small)).toContain(note);
    expect(await programOf("torch", { ...small, generator: "torch" })).not.toContain(note);
  });
});

describe("a branch's factor", () => {
  it.each([
    ["1/sqrt(depth)", "3**-0.5", "×1/√L"],
    ["1/sqrt(2depth)", "(2 * 3)**-0.5", "×1/√(2L)"],
    ["0.25", "0.25", "×0.25"],
    ["1.0", "", ""],
  ])("%s is written by its rule in programs, and in the drawing", async (scale, python, drawn) => {
    const net = `depth*(res;scale:${scale}(dense))`;
    const text = await programOf("torch", { ...small, net });
    expect(/Residual\(.*scale=(.*?)\)+ for _ in/.exec(text)?.[1] ?? "").toBe(python);
    const [plan] = await engine.run("plan", { ...small, net });
    const item = plan?.result.items.find(({ block }) => block === "res");
    expect(item && scaleText(item)).toBe(drawn);
  });
});

describe("functional programs", () => {
  const net = "depth*(res;scale:1/sqrt(depth)(ln,res(dense,phi|dense),phi),bn)";

  it("name a branch's value apart from the trunk's", async () => {
    const keras = await programOf("keras", { ...small, net });
    const lines = keras.slice(keras.indexOf("for _ in range(3):")).split("\n");
    expect(lines.slice(0, 9)).toEqual([
      "for _ in range(3):",
      "    h = layers.LayerNormalization(epsilon=1e-5)(x)",
      "    s2 = dense(8)(h)",
      "    h2 = dense(8)(h)",
      '    h2 = layers.Activation("relu")(h2)',
      "    h = layers.add([s2, h2])",
      '    h = layers.Activation("relu")(h)',
      "    x = layers.add([x, layers.Rescaling(3**-0.5)(h)])",
      "    x = layers.BatchNormalization(epsilon=1e-5)(x)",
    ]);
    const flax = await programOf("flax", { ...small, net });
    expect(flax).toContain("            x = x + (3**-0.5) * h\n");
    expect(flax).toContain("train: bool = False");
  });

  it("say how batch statistics are taken, which switches no dropout on", async () => {
    const all = "model(x, training=True)";
    const alone = "training=True to calls of BatchNormalization alone";
    const deterministic = "    # The page drops nothing: train=True, but each Dropout with";
    for (const [given, says] of [
      ["dense,bn,phi", [true, false]],
      ["dense,bn,phi,dropout", [false, true]],
      ["dense,phi,dropout", [false, false]],
    ] as const) {
      const keras = await programOf("keras", { ...small, net: given });
      expect([keras.includes(all), keras.includes(alone)], given).toEqual(says);
      const flax = await programOf("flax", { ...small, net: given });
      const taken = "    train: bool = False  # On the page, batch statistics are taken";
      expect([flax.includes(taken), flax.includes(deterministic)], given).toEqual(says);
      expect(flax).toMatch(/^ {4}train: bool = False/m);
      for (const line of `${keras}\n${flax}`.split("\n")) expect(line.length).toBeLessThan(89);
    }
    const zh = await programOf("keras", { ...small, net: "dense,bn,phi,dropout" }, "zh");
    expect(zh).toContain("# 网页不启用 Dropout");
  });

  it("make initializers anew for each layer, without a seed of their own", async () => {
    const text = await programOf("keras", { ...small, net: "dense,dense", seed: "7" });
    expect(text).toContain("def dense(units):\n    return layers.Dense(");
    expect(text).not.toMatch(/seed=/);
    expect(text).toContain("keras.utils.set_random_seed(7)");
    const large = await programOf("keras", { ...small, seed: "4294967297" });
    expect(large).toContain("set_random_seed(1)"); // of 32 bits
  });

  it("say of a scheme that the library has not that there is none", async () => {
    const given = { ...small, schemes: [{ scheme: "zero_init" }] };
    expect(await programOf("keras", given)).toMatch(/^refused: Keras has no .*zero_init/);
    expect(await programOf("flax", given, "zh")).toMatch(/^refused: Flax 没有与 zero_init/);
    expect(await programOf("torch", given)).toContain("hadamard");
  });
});

it("every block and activation is written in every library, in both languages", async () => {
  const options: Readonly<Record<string, string>> = { gn: "gn;groups:2", res: "res(dense)" };
  const all = blocks.map(({ id }) => options[id] ?? id).join(",");
  for (const { id: library } of NET_LIBRARIES)
    for (const locale of ["en", "zh"] as const)
      for (const { id: activation } of catalogue.activations) {
        if (activation === "typed") continue;
        const text = await programOf(library, { ...small, activation, net: all }, locale);
        expect(text).not.toMatch(/undefined|NaN|refused|object Object/);
      }
});

it("a typed activation is a function of the program's own", async () => {
  const typed = { ...small, activation: "typed", expression: "z*tanh(softplus(z))" };
  expect(await programOf("torch", typed)).toContain(
    "class Activation(nn.Module):\n    def forward(self, z):\n        return z * torch.tanh(",
  );
  const keras = await programOf("keras", typed);
  expect(keras).toContain("def activation(z):\n    return z * keras.ops.tanh(");
  expect(keras).toContain("x = layers.Activation(activation)(x)");
  const flax = await programOf("flax", typed);
  expect(flax).toContain("def activation(z):\n    return z * jnp.tanh(");
  expect(flax).toContain("x = activation(x)");
  expect(flax.match(/def activation/g)).toHaveLength(1);
});

it("no other library is taken", () => {
  expect(() => checkNetLibrary("constructor")).toThrow();
  expect(checkNetLibrary("keras")).toBe("keras");
});
