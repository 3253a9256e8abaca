/**
 * Whatever text is handed to the fields that hold one, in the form, in an address or in a call: there is an answer,
 * or an issue of that field. None takes long: the test's own time is the bound.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cutAt } from "../../../web/src/controls/text-fault.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import type { Issue } from "../../../web/src/engine/errors.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import type { Module } from "../../../web/src/engine/module.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { flatten } from "../../../web/src/engine/spec.js";
import { MOST_STATE_LENGTH } from "../../../web/src/engine/state-length.js";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { textWords } from "../../../web/src/i18n/text-fields.js";
import { localEngine, moduleParts } from "./support.js";
import { formulas, nets } from "./texts.js";

/** Half a character, which an address cannot hold. */
const HALF = /[\ud800-\udfff]/u;

const SMALL = { depth: 3, width: 8, batch: 4, schemes: ["xavier_normal"] };
const engine = localEngine();
afterAll(() => engine.close());
let module: Module;
beforeAll(async () => {
  module = await loadModule(moduleParts());
});

/** What the form and the core find wrong with a request, in this order, as the page asks them. */
function issuesOf(given: object): readonly Issue[] {
  const { request, issues } = checkRequest("propagation", { ...SMALL, ...given });
  if (issues.length > 0) return issues;
  return flatten("propagation", request).flatMap((spec) => module.check("propagation", spec, null));
}

/** Runs what was found to be good, to its end. */
function run(given: object): void {
  const { request } = checkRequest("propagation", { ...SMALL, ...given });
  const [spec = {}] = flatten("propagation", request);
  const job = module.start("propagation", spec, null) ?? expect.fail("no job");
  while (job.advance()) expect(job.progress()).toBeLessThan(1);
  job.delete();
}

/** An issue names its field, and is said in both languages; what it marks is a part of the text. */
function saysWhere(issue: Issue, field: string, text: string): void {
  expect([field, "widths", "depth"], text).toContain(issue.field.split(".")[0]);
  for (const locale of ["en", "zh"] as const) {
    const said = textWords(locale).issue(issue);
    expect(said, text).not.toMatch(/\{(field|value|allowed)\}/);
    expect(said.length).toBeGreaterThan(5);
  }
  const cut = cutAt(issue, text);
  if (cut) expect(Object.values(cut).join("")).toBe(Array.from(text).join(""));
}

/** An address takes every text that it has room for, as it is and as it may be written by hand. */
function throughAddress(field: "expression" | "net", text: string): void {
  const standard = parseState("propagation", "").request;
  const request = { ...standard, activation: "typed", [field]: text } as PropagationRequest;
  const state = formatState("propagation", request);
  if (state.length <= MOST_STATE_LENGTH && !HALF.test(text)) {
    const back = parseState("propagation", state);
    if (back.issues.length === 0) expect(back.request[field]).toBe(text);
    else expect(back.issues[0]?.field).toBe(field);
  }
  const raw = parseState("propagation", `v=1&activation=typed&${field}=${text}`);
  for (const issue of raw.issues) expect(issue.field.length).toBeGreaterThan(0);
}

/** Of some texts, what a caller gets: an answer, or an error that names the field. */
async function throughCalls(field: string, texts: readonly string[]): Promise<number> {
  let answered = 0;
  for (const text of texts)
    try {
      const request = { ...SMALL, activation: "typed", [field]: text };
      const [answer] = await engine.run("propagation", request);
      expect(answer?.result.activation.secondMoment.length).toBeGreaterThan(0);
      ++answered;
    } catch (error) {
      if (!(error instanceof InitscopeError)) throw error;
      expect(error.issues.length, text).toBeGreaterThan(0);
    }
  return answered;
}

describe.each([
  { field: "expression", texts: formulas(4000, 17), run: 20, calls: 200 },
  { field: "net", texts: nets(10_000, 17), run: 20, calls: 300 },
] as const)("texts of the field $field", ({ field, texts, run: every, calls }) => {
  it("are answered or refused at their field, in the form", () => {
    let good = 0;
    for (const text of texts) {
      const given = { activation: field === "net" ? "relu" : "typed", [field]: text };
      const issues = issuesOf(given);
      for (const issue of issues) saysWhere(issue, field, text);
      if (issues.length > 0) continue;
      if (++good % every === 0) run(given);
    }
    // Of both kinds there are enough to mean something.
    expect(good).toBeGreaterThan(texts.length / 20);
    expect(good).toBeLessThan(texts.length / 1.1);
  });

  it("go through an address", () => {
    for (const text of texts) throughAddress(field, text);
  });

  it("are answered or refused in a call", async () => {
    const answered = await throughCalls(field, texts.slice(0, calls));
    expect(answered).toBeGreaterThan(calls / 50);
    expect(answered).toBeLessThan(calls);
  });
});
