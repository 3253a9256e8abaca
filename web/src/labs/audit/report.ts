/** The report of an audit as a file: Markdown for people, JSON with all of it, CSV with a line a tensor. */
import { toCsv } from "../../figures/export.js";
import type { AuditMessages } from "../../i18n/audit.js";
import { formatCount, formatNumber } from "../../i18n/numbers.js";
import { inOrderOfHarm } from "./facts.js";
import { repairOf } from "./program.js";
import { findingText, lawName, seedCall, shapeText, verdictText } from "./says.js";
import type { Audit } from "./types.js";

export const REPORTS = ["markdown", "json", "csv"] as const;
export type ReportKind = (typeof REPORTS)[number];

const KINDS: Readonly<Record<ReportKind, { readonly end: string; readonly type: string }>> = {
  markdown: { end: "md", type: "text/markdown" },
  json: { end: "json", type: "application/json" },
  csv: { end: "csv", type: "text/csv" },
};

/** A cell of a Markdown table: what a file names is no markup, and stays in its line. */
export function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, "\\$&").replace(/\s+/g, " ");
}

/** What was audited, in a few sentences. */
export function summaryOf(audit: Audit, messages: AuditMessages): readonly string[] {
  const { summary } = messages.audit;
  const values = audit.tensors.reduce((sum, { count }) => sum + count, 0);
  return [
    summary.tensors(formatCount(audit.tensors.length), formatCount(values)),
    audit.seed === null ? summary.noSeed : summary.seed(seedCall(audit.seed)),
  ];
}

const filesText = ({ files }: Audit, { between }: AuditMessages) => files.join(between.items);

function markdown(audit: Audit, messages: AuditMessages): string {
  const { report, findings, columns, table } = messages.audit;
  const { sentences } = messages.between;
  const kinds = inOrderOfHarm(audit);
  const found = kinds.flatMap(({ id, found: all }) => {
    const [first] = all;
    const tensor = audit.tensors.find(({ name }) => name === first?.tensor);
    const code = repairOf(id, tensor);
    return [
      ...all.map(
        (finding) =>
          `- **${findings.severities[finding.severity]}** ${finding.tensor === "" ? "" : `${cell(finding.tensor)}: `}${cell(findingText(finding, messages))}`,
      ),
      ...(code === "" ? [] : ["", "```python", code, "```", ""]),
    ];
  });
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `# ${report.heading(cell(filesText(audit, messages)))}`,
    "",
    [...summaryOf(audit, messages), report.made].join(sentences),
    "",
    `## ${findings.title}`,
    "",
    ...(found.length > 0 ? found : [findings.none]),
    "",
    `## ${table.title}`,
    "",
    row([
      columns.name,
      columns.shape,
      columns.dtype,
      columns.scale,
      columns.distance,
      columns.verdict,
    ]),
    row(Array<string>(6).fill("---")),
    ...audit.tensors.map((tensor) =>
      row([
        cell(tensor.name),
        cell(shapeText(tensor.shape)),
        cell(tensor.dtype),
        formatNumber(tensor.statistics.std),
        tensor.distance === null ? "" : formatNumber(tensor.distance),
        cell(verdictText(tensor, messages)),
      ]),
    ),
    "",
  ].join("\n");
}

/** Numbers that JSON has no word for, and arrays of numbers. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>);
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/** A line a tensor, with names that programs read. */
function csv(audit: Audit, messages: AuditMessages): string {
  return toCsv({
    head: [
      "name",
      "shape",
      "dtype",
      "count",
      "mean",
      "std",
      "min",
      "max",
      "excess_kurtosis",
      "zeros",
      "nan",
      "inf",
      "fan_in",
      "fan_out",
      "verdict",
      "certificate",
      "why",
      "seed",
      "offset",
      "distance",
      "laws",
      "findings",
    ],
    rows: audit.tensors.map((tensor) => {
      const { statistics: s, seed } = tensor;
      return [
        tensor.name,
        tensor.shape.join("x"),
        tensor.dtype,
        tensor.count,
        ...[s.mean, s.std, s.min, s.max, s.excessKurtosis, s.zeros, s.nan, s.inf],
        tensor.fanIn,
        tensor.fanOut,
        tensor.verdict,
        tensor.certificate,
        tensor.why,
        seed?.seed ?? "",
        seed?.offset ?? "",
        tensor.distance ?? "",
        tensor.laws.map((law) => lawName(law, messages)).join("; "),
        tensor.findings.map(({ id, number }) => `${id} ${number}`).join("; "),
      ];
    }),
  });
}

export function reportText(kind: ReportKind, audit: Audit, messages: AuditMessages): string {
  switch (kind) {
    case "markdown":
      return markdown(audit, messages);
    case "json":
      return `${JSON.stringify(audit, plain, 2)}\n`;
    case "csv":
      return csv(audit, messages);
  }
}

/** The file of a report, named after the first file that was audited. */
export function reportFile(
  kind: ReportKind,
  audit: Audit,
  messages: AuditMessages,
): { readonly blob: Blob; readonly name: string } {
  const { end, type } = KINDS[kind];
  const base = (audit.files[0] ?? "").replace(/^.*[/\\]/, "").replace(/[^\w.-]/g, "_");
  return {
    blob: new Blob([reportText(kind, audit, messages)], { type }),
    name: `initscope-audit-${base || "report"}.${end}`,
  };
}
