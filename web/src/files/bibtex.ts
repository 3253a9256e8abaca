/** What is cited of a figure, as BibTeX: the page that shows it, and the papers of its schemes. */
import { catalogue, schemeOf } from "../engine/catalogue.js";
import type { SchemeId } from "../engine/catalogue.js";
import { papersOf } from "./papers.js";

function entry(kind: string, key: string, fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@${kind}{${key},`, ...lines, "}"].join("\n");
}

/** A field ends at the brace that closes it, and a backslash would begin a command. */
const inField = (address: string) => address.replace(/[{}\\]/g, encodeURIComponent);

/** `address` is where the figure is seen; the page has no year of its own, and none is made up. */
export function bibtexOf(schemes: readonly SchemeId[], address: string | undefined): string {
  const page = entry("misc", "initscope", {
    author: "{The initscope authors}",
    title: "initscope: an oscilloscope for neural-network initialization",
    note: `Version ${catalogue.version}`,
    ...(address !== undefined && { howpublished: `\\url{${inField(address)}}` }),
  });
  const papers = papersOf(schemes.map((id) => schemeOf(id).source));
  return (
    [page, ...papers.map(({ kind, key, fields }) => entry(kind, key, fields))].join("\n\n") + "\n"
  );
}
