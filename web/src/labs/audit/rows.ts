/** The table of tensors: which rows there are, in which order, and in which groups. */
import type { Audit, Severity, TensorReport, Verdict } from "./types.js";

export interface Row {
  readonly report: TensorReport;
  /** Place in the file, from 0. */
  readonly place: number;
  /** Of its worst finding; 0 for none. */
  readonly harm: number;
}

export const ORDERS = ["file", "name", "count", "scale", "distance", "harm"] as const;
export type Order = (typeof ORDERS)[number];
/** Which rows are shown: all, those with findings, or those of a verdict. */
export type Shown = "all" | "findings" | Verdict;

export interface Selection {
  /** Part of a name; case does not matter. */
  readonly filter: string;
  readonly show: Shown;
  readonly order: Order;
  readonly descending: boolean;
}

export const wholeTable: Selection = { filter: "", show: "all", order: "file", descending: false };

const HARM: Readonly<Record<Severity, number>> = { error: 3, warning: 2, note: 1 };

/** How bad a finding is: 1 to 3. */
export const harmOf = ({ severity }: { readonly severity: Severity }): number => HARM[severity];

export function rowsOf({ tensors }: Pick<Audit, "tensors">): readonly Row[] {
  return tensors.map((report, place) => ({
    report,
    place,
    harm: Math.max(0, ...report.findings.map(harmOf)),
  }));
}

/** Numbers within names by their value: layer 2 stands before layer 10. */
const names = new Intl.Collator("en", { numeric: true });

/** What is not known stands last, whichever way the others stand. */
function byNumber(of: (row: Row) => number, descending: boolean) {
  return (a: Row, b: Row): number => {
    const [x, y] = [of(a), of(b)];
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return descending ? y - x : x - y;
  };
}

function comparison({ order, descending }: Selection): (a: Row, b: Row) => number {
  const sign = descending ? -1 : 1;
  switch (order) {
    case "file":
      return (a, b) => sign * (a.place - b.place);
    case "name":
      return (a, b) => sign * names.compare(a.report.name, b.report.name);
    case "count":
      return byNumber(({ report }) => report.count, descending);
    case "scale":
      return byNumber(({ report }) => report.statistics.std, descending);
    case "distance":
      return byNumber(({ report }) => report.distance ?? NaN, descending);
    case "harm":
      return byNumber(({ harm }) => harm, descending);
  }
}

/** The rows that are asked for, as they are asked for; equal ones in the file's order. */
export function selected(rows: readonly Row[], selection: Selection): readonly Row[] {
  const part = selection.filter.trim().toLowerCase();
  const compare = comparison(selection);
  return rows
    .filter(({ report, harm }) => {
      if (part !== "" && !report.name.toLowerCase().includes(part)) return false;
      if (selection.show === "all") return true;
      return selection.show === "findings" ? harm > 0 : report.verdict === selection.show;
    })
    .sort((a, b) => compare(a, b) || a.place - b.place);
}

/** The path of a tensor's module: all before the last dot or slash. */
export function moduleOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf("."), name.lastIndexOf("/"), 0));
}

/** What a tensor is called within its module. */
export function ownName(name: string): string {
  const module = moduleOf(name);
  return module === "" ? name : name.slice(module.length + 1);
}

export interface Group {
  readonly module: string;
  readonly rows: readonly Row[];
}

/** Rows that follow one another and are of one module. */
export function groupsOf(rows: readonly Row[]): readonly Group[] {
  const groups: { module: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const module = moduleOf(row.report.name);
    const last = groups.at(-1);
    if (last?.module === module) last.rows.push(row);
    else groups.push({ module, rows: [row] });
  }
  return groups;
}
