/** Where the control marks what the core refuses of a text. */
import { expect, it } from "vitest";
import { cutAt } from "../../../web/src/controls/text-fault.js";
import type { Issue } from "../../../web/src/engine/errors.js";

const issue = (value: string, reason: Issue["reason"] = "not_in_text"): Issue => ({
  field: "expression",
  value,
  reason,
  allowed: "",
});

it("cuts a text at the column that the core names", () => {
  expect(cutAt(issue("8: softpls"), "x*tanh(softpls(x))")).toEqual({
    before: "x*tanh(",
    wrong: "softpls",
    after: "(x))",
  });
  // What the core names in words of its own begins there, and ends with the word.
  expect(cutAt(issue("7: dense [256]"), "dense,dense;out:0,phi")).toEqual({
    before: "dense,",
    wrong: "dense",
    after: ";out:0,phi",
  });
  // Columns count characters, of which some take two units.
  expect(cutAt(issue("3: 𝛼"), "z*𝛼")).toEqual({ before: "z*", wrong: "𝛼", after: "" });
});

it("marks the end where something is missing, and nothing where no place is named", () => {
  expect(cutAt(issue("3: end"), "z*")).toEqual({ before: "z*", wrong: "", after: "" });
  expect(cutAt(issue("99: end"), "z*")).toEqual({ before: "z*", wrong: "", after: "" });
  expect(cutAt(issue("0", "not_continuous"), "where(z>0,1,0)")).toBeUndefined();
  expect(cutAt(issue("3: z", "not_finite"), "1/z")).toBeUndefined();
});
