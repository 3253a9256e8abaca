/** The table of initializers in the docs is about the catalogue that there is. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { afterAll, expect, it } from "vitest";
import { data as blocks } from "../../../web/src/generated/blocks.js";
import { catalogue, isActivationId } from "../../../web/src/engine/catalogue.js";
import type { Field, RequestKind } from "../../../web/src/engine/catalogue.js";
import { libraryLayers } from "../../../web/src/engine/library-layers.js";
import { expressions } from "../../../web/src/i18n/text-fields.en.js";
import { localEngine } from "./support.js";

const docs = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../docs", name), "utf8");
const text = docs("initializers.md");
const engine = localEngine();
afterAll(() => engine.close());

/** Cells of the tables below a heading; empty rows and rules left out. */
function rowsOf(heading: string, of = text): string[][] {
  const section = of.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[-\s|]*$/.test(line))
    .slice(1)
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
/** Ids that are no schemes: functions and fields. */
const others = ["calculate_gain", "generator", "layout", "seed"];

it("names every scheme, and none that is not there", () => {
  const ids = [
    ...["torch.nn.init", "keras.initializers", "jax.nn.initializers"].flatMap((heading) =>
      rowsOf(heading).flatMap((cells) => codes(cells[3])),
    ),
    ...rowsOf("Papers").flatMap((cells) => codes(cells[2])),
  ].filter((id) => !others.includes(id));
  expect([...new Set(ids)].sort()).toEqual(catalogue.schemes.map(({ id }) => id).sort());
});

it("gives each scheme's parameters with the catalogue's defaults", () => {
  let compared = 0;
  for (const [, , parameters = "", here] of [
    ...rowsOf("torch.nn.init"),
    ...rowsOf("keras.initializers"),
    ...rowsOf("jax.nn.initializers"),
  ])
    for (const id of codes(here)) {
      const fields = catalogue.schemes.find((scheme) => scheme.id === id)?.fields ?? [];
      for (const { id: name, default: standard } of fields) {
        const given = new RegExp(`\\b${name} \\(([^)]*)\\)`).exec(parameters)?.[1];
        if (given === undefined || given.includes("ours") || given.includes("none")) continue;
        const value = given.replace(/'/g, "").replace("False", "false");
        expect(typeof standard === "number" ? Number(value) : value, `${id}.${name}`).toBe(
          standard,
        );
        ++compared;
      }
    }
  expect(compared).toBeGreaterThan(25);
});

const nets = docs("nets.md");

it("lists every block of nets, with its options, defaults and layers", () => {
  const rows = nets
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7);
  expect(rows.map(([, id]) => codes(id)[0])).toEqual(blocks.map(({ id }) => id));
  for (const [i, { fields, torch, keras }] of blocks.entries()) {
    const [, , options = "", inTorch, inKeras] = rows[i] ?? [];
    expect(codes(options)).toEqual(fields.map(({ id }) => id));
    for (const [, id = "", value] of options.matchAll(/`(\w+)` \(([^)]*)\)/g))
      expect(Number(value), id).toBe(Number(fields.find((field) => field.id === id)?.default));
    expect([codes(inTorch)[0] ?? "", codes(inKeras)[0] ?? ""]).toEqual([torch, keras]);
  }
});

it("shows nets that can be, in their canonical form", async () => {
  const known = nets.split("Some that are known by a name")[1] ?? "";
  const texts = known
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .flatMap((line) => codes(line))
    .filter((code) => code !== "net");
  expect(texts.length).toBeGreaterThan(6);
  for (const net of texts) {
    const [answer] = await engine.run("plan", { net, depth: 3, width: 16, batch: 8 });
    const plain = net === "depth*(dense,phi)";
    expect(answer?.result.text).toBe(plain ? "depth*(dense;out:width,phi)" : net);
  }
});

it("names the rows of nets", async () => {
  const rowsOfNet = async (net: string) => {
    const [answer] = await engine.run("plan", { net, depth: 3, width: 16, batch: 8 });
    return answer?.result.rows.map(({ label }) => label);
  };
  expect(nets).toContain("such as `bn`, has one row, `net 1`");
  expect(await rowsOfNet("bn")).toEqual(["net 1"]);
  expect(await rowsOfNet("bn,dense")).toEqual(["dense 1"]);
});

it("lists every layer", () => {
  expect(rowsOf("Layers")).toHaveLength(2);
  for (const [, library, layers] of rowsOf("Layers")) {
    const framework = library === "PyTorch" ? "torch" : "keras";
    const ids = libraryLayers.filter((layer) => layer.framework === framework);
    expect(codes(layers).sort()).toEqual(ids.map(({ id }) => id as string).sort());
  }
});

/** What the core says of its fields, which the page's own catalogue leaves out. */
const printed = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../build/wasm/catalogue.json"), "utf8"),
) as { requests: Record<RequestKind, readonly { id: string; doc: string }[]> };

/** What a field is, what it takes, and what it holds when it is left out. */
function keyRow({ id, kind, ...field }: Field, request: RequestKind): string {
  const doc = printed.requests[request].find((each) => each.id === id)?.doc ?? expect.fail(id);
  const { min, max, choices = [], leastRank, mostRank, follows } = field;
  const takes = {
    number: `a number, ${min} to ${max}`,
    integer: `a whole number, ${min} to ${max}`,
    choice: choices.map((choice) => `\`${choice}\``).join(", "),
    seed: "a whole number of 64 bits, as a number or text",
    shape: `${leastRank} to ${mostRank} whole numbers, ${min} to ${max}`,
    scheme: `a scheme for a ${choices.join(", ")}`,
    text: `a text of at most ${max} bytes`,
  }[kind];
  const standard = follows ? `as \`${follows}\` says` : `\`${JSON.stringify(field.default)}\``;
  return `| \`${id}\` | ${doc} | ${takes} | ${standard} |`;
}

it("lists the keys of every spec", async () => {
  const table = (title: string, kind: RequestKind, common: readonly Field[] = []) => {
    const known = common.map(({ id }) => id);
    const own = catalogue.requests[kind].filter(({ id }) => !known.includes(id));
    const here = catalogue.requests[kind].map(({ id }) => id);
    const but = known.filter((id) => !here.includes(id)).map((id) => ` but \`${id}\``);
    const also = common.length > 0 ? `Those of training${but.join(",")}, and:\n\n` : "";
    const rows = own.map((field) => keyRow(field, kind)).join("\n");
    return `## ${title}\n\n${also}| key | what it is | takes | left out |\n| - | - | - | - |\n${rows}\n`;
  };
  const text = [
    "# Keys of specs\n",
    "Written by `tests/web/units/docs.test.ts` from the core's catalogue, and compared with it: `vitest -u` writes it anew. Parameters of a scheme are keys behind its key, `scheme.gain`, `bias.std`; [initializers.md](initializers.md) lists them.\n",
    table("initialize (`InitializeSpec`)", "initialize"),
    table("distribution (`DistributionSpec`)", "distribution"),
    table("matrix (`MatrixSpec`)", "matrix"),
    table("propagate, mean_field (`NetworkSpec`)", "propagation"),
    table("phase (`PhaseSpec`)", "phase"),
    table("train (`TrainingSpec`)", "training"),
    table("symmetry (`TrainingSpec`)", "symmetry", catalogue.requests.training),
    table("layers (`ModelSpec`)", "model"),
  ].join("\n");
  const path = join(import.meta.dirname, "../../../docs/keys.md");
  const options = (await resolveConfig(path)) ?? {};
  await expect(await format(text, { ...options, parser: "markdown" })).toMatchFileSnapshot(path);
});

it("gives the gains, stability and critical points that the core computes, of typed ones too", async () => {
  const rows = rowsOf("Gains", docs("mean-field.md"));
  const named = catalogue.activations.filter(({ needs }) => needs === undefined);
  expect(rows.map((cells) => codes(cells[1])[0])).toEqual([
    ...named.map(({ id }) => id),
    ...Object.values(expressions),
  ]);
  for (const [, name, torchGain, gain, chi, chiQ, at, tenfold, sigma] of rows) {
    const text = codes(name)[0] ?? "";
    const request = isActivationId(text)
      ? { activation: text }
      : { activation: "typed", expression: text };
    const [answer] = await engine.run("meanField", { ...request, depth: 1, width: 8, batch: 1 });
    const advice = answer?.result.advice ?? expect.fail("no theory");
    const known = catalogue.gains.find(({ id }) => id === text)?.gain;
    expect(torchGain, text).toBe(known === undefined ? "" : known.toFixed(4));
    expect(gain, text).toBe(advice.unitVarianceGain.toFixed(6));
    expect(chi, text).toBe((advice.unitVarianceGain ** 2 * advice.slopeAtUnit).toFixed(4));
    expect(chiQ, text).toBe(advice.unitChiQ.toFixed(4));
    const layers = (Math.log(10) / Math.abs(Math.log(advice.unitChiQ))).toFixed(2);
    const [fate, change] =
      Math.abs(advice.unitChiQ - 1) < 1e-9
        ? ["neither", "never"]
        : advice.unitChiQ < 1
          ? ["attracts", `÷ 10 in ${layers}`]
          : ["repels", `× 10 in ${layers}`];
    expect([at, tenfold], text).toEqual([fate, change]);
    const { sigmaW2 } = advice.withoutBias;
    expect(sigma, text).toBe(Number.isNaN(sigmaW2) ? "none" : Math.sqrt(sigmaW2).toFixed(6));
  }
});

it("names headers and folders that are there, and the activations of the profile", () => {
  const root = join(import.meta.dirname, "../../..");
  const list = (...folders: string[]) =>
    execFileSync("git", ["ls-files", "-co", "--exclude-standard", ...folders], {
      cwd: root,
      encoding: "utf8",
    })
      .trim()
      .split("\n");
  const text = (file: string) => readFileSync(join(root, file), "utf8");
  const sources = list("core", "tests", "wasm");
  const missing = (words: string) =>
    [...words.matchAll(/`([\w/]+\.[hc]pp)`/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !name.startsWith("generated/")) // CMake's
      .filter((name) => !sources.some((file) => `/${file}`.endsWith(`/${name}`)));
  for (const file of list("*.md").filter((name) => !name.startsWith("web/")))
    expect(missing(text(file)), file).toEqual([]);
  expect(missing("`mlp.hpp`, `simd/math.hpp`")).toEqual(["mlp.hpp"]); // the control

  const contributing = text("CONTRIBUTING.md");
  const row = /^\| `core\/src` +\|(.*?)\|/m.exec(contributing)?.[1] ?? "";
  const named = [...row.matchAll(/`(\w+)\/`/g)].map(([, folder]) => folder).toSorted();
  const folders = sources.flatMap((file) => /^core\/src\/(\w+)\//.exec(file)?.[1] ?? []);
  expect(named).toEqual([...new Set(folders)].toSorted());

  const profile = /const activation of \[(.*?)\]/s.exec(text("wasm/profile.mjs"))?.[1] ?? "";
  const activations = [...profile.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(activations).toHaveLength(7);
  expect(contributing).toContain(`(${activations.join(", ")})`);
});
