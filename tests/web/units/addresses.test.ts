/** Addresses: a key that is none of the grammar's is named, changes nothing, and breaks nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRequest, fieldsOf } from "../../../web/src/engine/request.js";
import type { Checked, JobKind, Requests } from "../../../web/src/engine/request.js";
import { MOST_SHOWN } from "../../../web/src/engine/shown.js";
import { parseState } from "../../../web/src/engine/url.js";
import { issueText } from "../../../web/src/i18n/index.js";
import { readHash } from "../../../web/src/pages/address.js";
import { readEmbedAddress } from "../../../web/src/pages/embedding.js";
import { hasRequest, LABS } from "../../../web/src/pages/labs.js";
import type { RequestLab } from "../../../web/src/pages/labs.js";

const seed = 20261129;

/** What every object inherits, and what the code calls the parts of a state. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);
const INTERNAL = ["schemes", "scheme", "data", "request", "issues", "field", "draft", "slots"];
const OTHER = ["", "0", "length", "a.b", "schemes.0", "schemes.0.scheme", "bias.", '"', "S", "中"];
const STRANGE = [...INHERITED, ...INTERNAL, ...OTHER];

type Parse = <K extends JobKind>(kind: K, text: string) => Checked<Requests[K]>;

/** What is wrong with how a state's text is read that has one key too many, as sentences. */
function complaints(
  kind: RequestLab,
  key: string,
  rest: readonly string[],
  at: number,
  parse: Parse,
) {
  const found: string[] = [];
  const pair = new URLSearchParams([[key, "a"]]).toString();
  const { request, issues } = parse(kind, `#${rest.toSpliced(at, 0, pair).join("&")}`);
  const without = parse(kind, rest.join("&"));
  if (JSON.stringify(request) !== JSON.stringify(without.request)) found.push("it had an effect");
  if (checkRequest(kind, request).issues.length > 0) found.push("the state is not valid");
  const own = issues.filter(
    ({ reason, field }) => reason === "unknown_field" && field.includes(key),
  );
  if (own.length !== 1) found.push(`it is named ${own.length} times`);
  if (issues.length !== without.issues.length + 1) found.push("other issues than its own");
  for (const locale of ["en", "zh"] as const)
    for (const issue of own) {
      const text = issueText(issue, locale);
      if (!text.includes(key)) found.push(`its name is not in “${text}”`);
      if (/\{|\[object|undefined|function/.test(text)) found.push(`no words: “${text}”`);
    }
  return found;
}

describe.each(LABS.filter(hasRequest))("%s", (kind) => {
  const ids = fieldsOf(kind).map(({ id }) => id as string);
  // The scheme's own id is a field of the request, but no key of an address.
  const known = ["s", "v", "algo", ...ids.filter((id) => id !== "scheme")];

  it("names a strange key, wherever it stands, and takes nothing from it", () => {
    for (const key of STRANGE.filter((name) => !known.includes(name)))
      for (const rest of [[], ["s=zeros"], ["s=zeros", "s=ones"]])
        for (let at = 0; at <= rest.length; ++at)
          expect(complaints(kind, key, rest, at, parseState), key).toEqual([]);
  });

  it("names every name of the state object that is no key", () => {
    const names = Object.keys(checkRequest(kind, {}).request);
    expect(names).toContain("schemes");
    for (const key of names.filter((name) => !known.includes(name)))
      expect(complaints(kind, key, ["s=zeros"], 0, parseState), key).toEqual([]);
  });

  it("takes any number of strange keys and parameters, in the page's address and the frame's", () => {
    const word = fc.oneof(fc.constantFrom(...STRANGE, ...known), fc.string());
    const scheme = fc
      .array(fc.tuple(word, word), { maxLength: 3 })
      .map((pairs) => pairs.map(([name, value]) => `;${name}:${value}`).join(""))
      .chain((parameters) =>
        fc.constantFrom("zeros", "kaiming_normal", "constructor", "").map((id) => id + parameters),
      );
    const pairs = fc.array(fc.tuple(word, fc.oneof(word, scheme)), { maxLength: 8 });
    fc.assert(
      fc.property(pairs, (list) => {
        const hash = `#${new URLSearchParams([["lab", kind], ...list]).toString()}`;
        for (const { lab, state } of [readHash(hash), readEmbedAddress(hash)]) {
          expect(lab).toBe(kind);
          const { request, issues } = parseState(kind, state);
          expect(checkRequest(kind, request).issues).toEqual([]);
          for (const issue of issues) {
            expect(issue.value.length).toBeLessThanOrEqual(MOST_SHOWN);
            for (const locale of ["en", "zh"] as const)
              expect(issueText(issue, locale)).not.toMatch(/\{field\}|\[object|undefined$/);
          }
        }
      }),
      { seed, numRuns: 1000 },
    );
  });

  it("does not let a parameter say which scheme it belongs to", () => {
    const { request, issues } = parseState(kind, "s=zeros;scheme:ones;__proto__:1;a.b:2");
    expect(request.schemes.map(({ scheme }) => scheme)).toEqual(["zeros"]);
    expect(issues.map(({ field }) => field)).toEqual([
      "schemes.0.scheme",
      "schemes.0.__proto__",
      'schemes.0."a.b"',
    ]);
  });
});

it("the judge finds what it is to find", () => {
  const judged = (parse: Parse) => complaints("propagation", "schemes", ["s=zeros"], 0, parse);
  expect(judged(parseState)).toEqual([]);
  // A reader that keeps silent, one that takes the value, and one that says no name.
  expect(judged((kind, text) => ({ ...parseState(kind, text), issues: [] }))).not.toEqual([]);
  expect(
    judged((kind, text) => parseState(kind, text.includes("schemes=") ? `${text}&s=ones` : text)),
  ).not.toEqual([]);
  expect(
    judged((kind, text) => {
      const { request, issues } = parseState(kind, text);
      return { request, issues: issues.map((issue) => ({ ...issue, field: "{field}" })) };
    }),
  ).not.toEqual([]);
});

it.each([
  "#schemes=a&s=zeros",
  "#schemes=&s=zeros",
  "#s=zeros&schemes=a&s=ones",
  "#constructor=1",
  "#__proto__=1",
])("%s is read, and what could not be used is named", (hash) => {
  for (const { lab, state } of [readHash(hash), readEmbedAddress(hash)]) {
    const { issues } = parseState(hasRequest(lab) ? lab : expect.fail(), state);
    const [key = ""] = /schemes|constructor|__proto__/.exec(hash) ?? [];
    expect(issues.map((issue) => issueText(issue, "en"))).toEqual([
      expect.stringMatching(`^${key} is not a field here; allowed: s, `),
    ]);
  }
});
