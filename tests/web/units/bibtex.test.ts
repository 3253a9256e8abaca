/** What is cited of a figure: the page, and the papers of its schemes. */
import { describe, expect, it } from "vitest";
import { catalogue, schemeOf } from "../../../web/src/engine/catalogue.js";
import type { SchemeId } from "../../../web/src/engine/catalogue.js";
import { bibtexOf } from "../../../web/src/files/bibtex.js";
import { PAPERS, papersOf } from "../../../web/src/files/papers.js";

/** The entries of a text in BibTeX; fails where braces do not match or an entry has no key. */
function entriesOf(text: string): { kind: string; key: string; fields: Map<string, string> }[] {
  const entries: { kind: string; key: string; fields: Map<string, string> }[] = [];
  let rest = text.trim();
  const group = () => {
    let depth = 0;
    for (let i = 0; i < rest.length; ++i) {
      if (rest[i] === "{") ++depth;
      if (rest[i] === "}" && --depth === 0) {
        const inner = rest.slice(1, i);
        rest = rest.slice(i + 1).trim();
        return inner;
      }
    }
    return expect.fail(`braces of ${rest.slice(0, 60)}`);
  };
  while (rest !== "") {
    const kind = /^@(\w+)(?=\{)/.exec(rest)?.[1] ?? expect.fail(`no entry: ${rest.slice(0, 60)}`);
    rest = rest.slice(kind.length + 1);
    const body = group();
    const key = /^([\w]+),/.exec(body)?.[1] ?? expect.fail("no key");
    const outer = rest;
    rest = body.slice(key.length + 1).trim();
    const fields = new Map<string, string>();
    while (rest !== "") {
      const name = /^(\w+) = (?=\{)/.exec(rest)?.[1] ?? expect.fail(`no field: ${rest}`);
      rest = rest.slice(name.length + 3);
      expect(fields.has(name), `${key}.${name}`).toBe(false);
      fields.set(name, group());
      expect(rest.startsWith(",")).toBe(true);
      rest = rest.slice(1).trim();
    }
    entries.push({ kind, key, fields });
    rest = outer;
  }
  return entries;
}

/** Sources that are a library's own code, and no paper. */
const LIBRARIES = /^(?:torch\.nn|keras\.initializers|jax\.nn\.initializers)/;

describe("what is cited", () => {
  it("has the paper of every scheme whose source is one", () => {
    for (const { id, source } of catalogue.schemes) {
      const papers = papersOf([source]);
      expect(papers.length, `${id}: ${source}`).toBe(LIBRARIES.test(source) ? 0 : 1);
      const keys = entriesOf(bibtexOf([id], undefined)).map(({ key }) => key);
      expect(keys).toEqual(["initscope", ...papers.map(({ key }) => key)]);
    }
  });

  it("is BibTeX with author, title and year, in ASCII", () => {
    const entries = entriesOf(
      bibtexOf(
        catalogue.schemes.map(({ id }) => id),
        undefined,
      ),
    );
    expect(entries.length).toBe(PAPERS.length + 1);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    for (const { key, fields } of entries) {
      expect(fields.get("title"), key).toBeTruthy();
      expect(fields.get("author"), key).toBeTruthy();
      if (key !== "initscope") expect(key).toContain(fields.get("year"));
      for (const value of fields.values()) expect(value, key).toMatch(/^[ -~]+$/);
    }
    // A source names its paper by year.
    for (const { source, fields } of PAPERS) expect(source).toContain(fields["year"]);
  });

  it("names a paper once, and no paper of a scheme that is not there", () => {
    const schemes: SchemeId[] = ["kaiming_normal", "kaiming_uniform", "normal"];
    expect(schemes.map((id) => schemeOf(id).source)).toHaveLength(3);
    const keys = entriesOf(bibtexOf(schemes, undefined)).map(({ key }) => key);
    expect(keys).toEqual(["initscope", "he2015delving"]);
  });

  it("holds any address whole, whatever signs it has", () => {
    const address = "https://example.org/#v=1&net=2*(dense,phi)&x={%7D}}\\end";
    const [page] = entriesOf(bibtexOf([], address));
    expect(page?.fields.get("howpublished")).toBe(
      "\\url{https://example.org/#v=1&net=2*(dense,phi)&x=%7B%7D%7D%7D%5Cend}",
    );
    expect(entriesOf(bibtexOf([], undefined))[0]?.fields.has("howpublished")).toBe(false);
  });
});
