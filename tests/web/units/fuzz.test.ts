/** Files and addresses, changed at random but the same every time: read, or refused in words. */
import { describe, expect, it } from "vitest";
import { checkRequest, fieldsOf } from "../../../web/src/engine/request.js";
import { MOST_SHOWN } from "../../../web/src/engine/shown.js";
import { MOST_STATE_LENGTH } from "../../../web/src/engine/state-length.js";
import { parseState } from "../../../web/src/engine/url.js";
import { readTable } from "../../../web/src/files/read-table.js";
import { MOST_SIDE, TableError } from "../../../web/src/files/table.js";
import type { NumberTable, TableFault } from "../../../web/src/files/table.js";
import { faultText, tableWords } from "../../../web/src/files/table-words.js";
import { issueText } from "../../../web/src/i18n/index.js";
import { readHash } from "../../../web/src/pages/address.js";
import { readEmbedAddress } from "../../../web/src/pages/embedding.js";
import { hasRequest, LABS } from "../../../web/src/pages/labs.js";
import { corpusOf, mutations } from "./mutate.js";

const LOCALES = ["en", "zh"] as const;
const seed = 20261129;

const FILE_WORDS = [
  ...["{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "'descr'", "'shape'", "'<f8'"],
  ...[
    "'fortran_order'",
    "True",
    "False",
    "None",
    "(2, 3)",
    "(-2, -2)",
    "(2000, 2000)",
    "(0x2, 2e0)",
  ],
  ...[
    "(6,)",
    "()",
    "99999999999999999999",
    "9007199254740991",
    "'constructor'",
    "'__proto__'",
    "'shape':(",
  ],
  ...[
    "\x93NUMPY\x01\0",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "1e39",
    "0x10",
    "1_000",
    "-",
    ".",
  ],
  ...[
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "\r\n",
    " ",
    '"',
    "\ufeff",
    "1,",
    "1\n",
    "<!---->",
    "<svg",
    "{",
    "中",
  ],
];

/** Without spaces, which stand where a language has them. */
const bare = (text: string) => text.replace(/\s/g, "");
const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= MOST_SIDE;

/** What is wrong with a table that a reader gave, as sentences. */
function complaintsOfTable({ rows, columns, values }: NumberTable): string[] {
  const found: string[] = [];
  if (!isSide(rows) || !isSide(columns)) found.push(`extents ${rows} × ${columns}`);
  if (values.length !== rows * columns) found.push(`${values.length} numbers`);
  if (!values.every(Number.isFinite)) found.push("a number that is not finite");
  return found;
}

/** What details look like that are computed, not taken from the file. */
const COMPUTED: Partial<Record<TableFault, RegExp>> = {
  number: /^\(\d+, \d+\)/,
  ragged: /^\d+: \d+; \d+$/,
  short: /^\d+ < \d+$/,
  trailing: /^\d+ > \d+$/,
  version: /^\d+\.\d+$/,
};

/** What is wrong with an error that a reader threw. */
function complaintsOfError(error: unknown): string[] {
  if (!(error instanceof TableError)) return [`not worded: ${String(error)}`];
  const found: string[] = [];
  if (error.detail === "" || error.detail.length > MOST_SHOWN)
    found.push("a detail without bounds");
  for (const locale of LOCALES)
    if (!bare(faultText(error, locale)).includes(bare(error.detail)))
      found.push("a detail that is not said");
  const form = COMPUTED[error.fault];
  if (form && !form.test(error.detail)) found.push(`a detail without sense: ${error.detail}`);
  return found;
}

type Read = (file: File) => Promise<NumberTable>;

async function judged(
  read: Read,
  file: File,
): Promise<{ fault: TableFault | "read"; found: string[] }> {
  try {
    return { fault: "read", found: complaintsOfTable(await read(file)) };
  } catch (error) {
    const fault = error instanceof TableError ? error.fault : "read";
    return { fault, found: complaintsOfError(error) };
  }
}

describe("files", () => {
  it("are tables within limits, or refused by name in both languages", async () => {
    const outcomes = new Map<string, number>();
    for (const { name, bytes } of mutations(corpusOf("files"), FILE_WORDS, {
      seed,
      count: 30_000,
    })) {
      const { fault, found } = await judged(readTable, new File([bytes], name));
      if (found.length > 0)
        expect.fail(`${found.join("; ")}: ${Buffer.from(bytes).toString("base64")} as ${name}`);
      outcomes.set(fault, (outcomes.get(fault) ?? 0) + 1);
    }
    // Every refusal was met but those of the system and of what is too large to be here.
    const met = Object.keys(tableWords.en).filter((fault) => fault !== "unreadable");
    expect([...outcomes.keys()].sort()).toEqual([...met, "read"].sort());
    expect(outcomes.get("read")).toBeGreaterThan(1000);
  });

  const table = (rows: number, columns: number, count = rows * columns): NumberTable => ({
    rows,
    columns,
    values: new Float32Array(count),
  });
  it.each<[string, Read]>([
    ["an error of the language", () => Promise.reject(new TypeError("x is not a function"))],
    ["an error without a place", () => Promise.reject(new TableError("number", ""))],
    ["a place without sense", () => Promise.reject(new TableError("number", "(NaN, 1)"))],
    ["negative extents", () => Promise.resolve(table(-2, -2, 4))],
    ["no extents", () => Promise.resolve(table(NaN, NaN, 0))],
    ["half a row", () => Promise.resolve(table(1.5, 2))],
    ["too much", () => Promise.resolve(table(MOST_SIDE + 1, 1))],
    ["too few numbers", () => Promise.resolve(table(2, 2, 3))],
    ["NaN", () => Promise.resolve({ rows: 1, columns: 1, values: Float32Array.of(NaN) })],
  ])("the judge finds %s", async (_, read) => {
    expect((await judged(read, new File(["1"], "a.csv"))).found).not.toEqual([]);
  });
});

describe("addresses", () => {
  const words = [
    ...LABS.filter(hasRequest).flatMap((lab) => fieldsOf(lab).map(({ id }) => `&${id}=`)),
    ...["&s=", ";", ":", "=", "&", "#", "%", "%E0%A4%A", "&lab=", "lab=phase", "&embed=1", "v=2"],
    ...["1e999", "NaN", "0x10", "-1", "[]", ",", "×", "{field}", "$&", "constructor", "__proto__"],
    ...["zeros", "siren", "edge_of_chaos", "kaiming_normal;a:", "9".repeat(400), "中", "\ud83d"],
  ];

  it("ask for a valid state, and what is wrong with them is said", () => {
    const decoder = new TextDecoder();
    let faulty = 0;
    let inputs = 0;
    for (const { bytes } of mutations(corpusOf("addresses"), words, { seed, count: 10_000 })) {
      const hash = decoder.decode(bytes);
      for (const { lab, state } of [readHash(hash), readEmbedAddress(hash)]) {
        if (!hasRequest(lab)) continue;
        const { request, issues } = parseState(lab, state);
        expect(checkRequest(lab, request).issues, hash).toEqual([]);
        for (const issue of issues) {
          expect(issue.value.length, hash).toBeLessThanOrEqual(MOST_SHOWN);
          const [en, zh] = LOCALES.map((locale) => issueText(issue, locale));
          expect(`${en} ${zh}`, hash).not.toMatch(/\[object|undefined is|function /);
          expect(zh, hash).not.toBe(en);
        }
        ++inputs;
        if (issues.length > 0) ++faulty;
      }
    }
    expect(faulty).toBeGreaterThan(inputs / 10);
    expect(faulty).toBeLessThan(inputs);
    expect(MOST_STATE_LENGTH).toBeLessThan(8192); // so that some are too long
  });
});
