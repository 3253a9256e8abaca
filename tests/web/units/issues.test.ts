/** Sentences of issues: what links and callers wrote stands in them as it is. */
import { expect, it } from "vitest";
import { fillIn } from "../../../web/src/engine/errors.js";
import { parseState } from "../../../web/src/engine/url.js";
import { issueText } from "../../../web/src/i18n/index.js";

it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
  "a link's field %s is called by its name in both languages",
  (name) => {
    const { issues } = parseState("propagation", `${name}=1`);
    expect(issues.map(({ field }) => field)).toEqual([name]);
    for (const locale of ["en", "zh"] as const)
      for (const issue of issues) {
        const text = issueText(issue, locale);
        expect(text).toContain(name);
        expect(text).not.toMatch(/\{field\}|\[object|native code/);
      }
  },
);

it("patterns and placeholders in a value are no more than text", () => {
  const issue = {
    field: "{value}",
    value: "$& $` {allowed}",
    reason: "not_a_choice",
    allowed: "$1",
  };
  expect(fillIn("{field}: {allowed}, not {value}", issue as Parameters<typeof fillIn>[1])).toBe(
    "{value}: $1, not $& $` {allowed}",
  );
});
