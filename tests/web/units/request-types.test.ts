/** What can be asked for, as types and as a table of jobs: the same in the core, the module and the package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { requestTypes } from "../../../web/scripts/request-types.mjs";
import type { PrintedCatalogue, PrintedField } from "../../../web/scripts/request-types.mjs";
import { isRace } from "../../../web/src/engine/kinds.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { JobKind } from "../../../web/src/engine/request.js";
import { flatten } from "../../../web/src/engine/spec.js";
import { moduleParts } from "./support.js";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const catalogue = JSON.parse(read("build/wasm/catalogue.json")) as PrintedCatalogue;

/** Members of each interface of a text, with their types and what is said of them. */
function interfacesOf(text: string) {
  const source = ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, true);
  const members = (node: ts.InterfaceDeclaration) =>
    node.members.filter(ts.isPropertySignature).map((member) => {
      const [said] = ts.getJSDocCommentsAndTags(member);
      const doc = said ? ts.getTextOfJSDocComment(said.comment) : undefined;
      return [member.name.getText(), { type: member.type?.getText(), doc: doc ?? "" }] as const;
    });
  return Object.fromEntries(
    source.statements
      .filter(ts.isInterfaceDeclaration)
      .map((node) => [node.name.text, Object.fromEntries(members(node))]),
  );
}

const typeName = (id: string) => `${id.charAt(0).toUpperCase()}${id.slice(1)}Request`;

/** The interface of each kind of request. */
const interfaceNames = catalogue.jobs
  .filter(({ id, request }) => id === request)
  .map(({ id }) => [id, typeName(id)] as const)
  .concat([
    ["initialize", "TensorFields"],
    ["model", "ModelFields"],
  ]);

/** What a member must say of its field. */
function factsOf({ doc = "", symbol, follows, min, max, ...field }: PrintedField): string[] {
  const range = field.kind === "text" ? `at most ${max} bytes` : `${min} to ${max}`;
  const ends = min === undefined ? [] : [range];
  const value = JSON.stringify(field.default).replaceAll(",", ", ");
  const standard = field.kind === "scheme" ? `{ scheme: ${value} }` : value;
  const otherwise = follows ? `\`${follows}\`` : `y default ${standard}.`;
  const left = field.required ? "must be given." : otherwise;
  return [doc, ...(symbol ? [`\`${symbol}\``] : []), ...ends, left];
}

/** Members that are missing or leave something out. */
function faultsOf(text: string): string[] {
  const interfaces = interfacesOf(text);
  return interfaceNames.flatMap(([id, name]) =>
    (catalogue.requests[id] ?? [])
      .filter((field) => field.id !== "scheme")
      .map((field) => ({ ...field, required: name === "TensorFields" && field.id === "shape" }))
      .flatMap((field) => {
        const member = interfaces[name]?.[field.id];
        const unsaid = factsOf(field).filter((fact) => !member?.doc.includes(fact));
        const untyped = (field.kind === "choice" ? (field.choices ?? []) : []).filter(
          (choice) => member?.type !== "ActivationId" && !member?.type?.includes(`"${choice}"`),
        );
        return [...unsaid, ...untyped].map((fact) => `${id}.${field.id}: ${fact}`);
      }),
  );
}

describe("types of requests", () => {
  const published = read("dist/npm/types/generated/request-types.d.ts");

  it("say in the package what each field is, what it takes and what it is by default", () => {
    expect(faultsOf(published)).toEqual([]);
    const wrong = published.replace("A whole number from 1 to 200; by default 50.", "A number.");
    expect(faultsOf(wrong)).toEqual([
      "propagation.depth: 1 to 200",
      "propagation.depth: y default 50.",
    ]);
    const unsaid = published.replace("Library whose layers these are.", "A library.");
    expect(faultsOf(unsaid)).toEqual(["model.framework: Library whose layers these are."]);
    const { TrainingRequest } = interfacesOf(published);
    expect(TrainingRequest?.["optimizer"]?.type).toBe('"sgd" | "momentum" | "adam"');
    expect(TrainingRequest?.["data"]?.doc).toContain("[samples][inputs + 1]");
  });

  it("are not made of a field without a sentence", () => {
    const [first, ...rest] = catalogue.requests["matrix"]?.slice(1) ?? [];
    const silent = { ...first, doc: "" } as PrintedField;
    const requests = { ...catalogue.requests, matrix: [silent, ...rest] };
    expect(() => requestTypes({ ...catalogue, requests })).toThrow("matrix.shape has no sentence");
  });
});

describe("kinds of jobs", () => {
  const kinds = catalogue.jobs.map(({ id }) => id as JobKind);

  it.each(kinds)(
    "%s is checked and started by the module, and tells whether it is a race",
    async (kind) => {
      const module = await loadModule(moduleParts());
      const { request, issues } = checkRequest(kind, {});
      expect(issues).toEqual([]);
      for (const spec of flatten(kind, request)) {
        expect(module.check(kind, spec, null)).toEqual([]);
        const job = module.start(kind, spec, null) ?? expect.fail(`no job for ${kind}`);
        expect(job.frames() !== null).toBe(isRace(kind));
        job.delete();
        const wrong = { ...spec, seed: "none" };
        expect(module.check(kind, wrong, null).map((issue) => issue.field)).toEqual(["seed"]);
        expect(module.start(kind, wrong, null)).toBeNull();
      }
    },
  );

  it.each(kinds)("%s takes the caller's numbers or refuses them, as the catalogue says", (kind) => {
    const takes = catalogue.jobs.find(({ id }) => id === kind)?.data !== "";
    const { issues } = checkRequest(kind, { data: new Float32Array(2) });
    expect(issues.map(({ field }) => field)).toEqual(takes ? [] : ["data"]);
  });
});
