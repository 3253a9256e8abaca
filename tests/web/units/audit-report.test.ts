// @vitest-environment jsdom
/** The audit's report as files, whatever names a file gives to its tensors. */
import { beforeAll, describe, expect, it } from "vitest";
import { auditMessages } from "../../../web/src/i18n/audit.js";
import { cell, reportFile, REPORTS, reportText } from "../../../web/src/labs/audit/report.js";
import { model, tensorOf } from "./audit-fixture.js";

beforeAll(() => Promise.all([auditMessages.load("en"), auditMessages.load("zh")]));

const LOCALES = ["en", "zh"] as const;

describe("Markdown", () => {
  it("has findings with numbers and code, and a row a tensor, in both languages", () => {
    for (const locale of LOCALES) {
      const { audit, ...messages } = auditMessages.of(locale);
      const text = reportText("markdown", model, { audit, ...messages });
      const lines = text.split("\n");
      expect(lines[0]).toBe(`# ${audit.report.heading("model.safetensors")}`);
      expect(lines.filter((line) => line.startsWith("| "))).toHaveLength(2 + model.tensors.length);
      expect(text).toContain("torch.manual_seed(42)");
      expect(text).toContain('mode="fan_in"');
      expect(text.indexOf("2.41")).toBeLessThan(text.indexOf("46%"));
    }
  });

  it("says that nothing was found where nothing was", () => {
    const messages = auditMessages.of("en");
    const clean = { ...model, findings: [], tensors: [tensorOf("a")] };
    expect(reportText("markdown", clean, messages)).toContain(messages.audit.findings.none);
    expect(reportText("markdown", model, messages)).not.toContain(messages.audit.findings.none);
  });

  it("takes names for no markup", () => {
    expect(cell("a|b\n# c <img> [x](y) `z`")).toBe("a\\|b \\# c \\<img\\> \\[x\\](y) \\`z\\`");
    const evil = { ...model, tensors: [tensorOf("a | b\n| c |<script>")], ledger: [] };
    const text = reportText("markdown", evil, auditMessages.of("en"));
    expect(text.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(3);
    expect(text).not.toContain("<script>");
  });
});

describe("CSV", () => {
  it("has a line a tensor, all as long as its head", () => {
    const [head = "", ...rows] = reportText("csv", model, auditMessages.of("en"))
      .trim()
      .split("\n");
    expect(rows).toHaveLength(model.tensors.length);
    expect(head.split(",")).toHaveLength(22);
    expect(rows[1]).toMatch(
      /^body\.0\.weight,64x32,F32,2048,.*,untouched,lattice,lattice,42,2048,0,/,
    );
    expect(rows[5]).toMatch(/,not_judged,none,integers,,,,,$/);
  });

  it("keeps what a spreadsheet would run from being a formula", () => {
    const evil = { ...model, tensors: [tensorOf('=HYPERLINK("x")')] };
    expect(reportText("csv", evil, auditMessages.of("en"))).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe("JSON", () => {
  it("has all of it, numbers that JSON lacks as texts", () => {
    const tensors = [
      tensorOf("a", { statistics: { ...tensorOf("").statistics, max: Infinity, mean: NaN } }),
    ];
    const read = JSON.parse(reportText("json", { ...model, tensors }, auditMessages.of("zh"))) as {
      tensors: { statistics: Record<string, unknown>; rowNorms: number[] }[];
      seed: number;
    };
    expect(read.seed).toBe(42);
    expect(read.tensors[0]?.statistics).toMatchObject({ max: "Infinity", mean: "NaN", std: 0.1 });
    expect(read.tensors[0]?.rowNorms).toHaveLength(64);
  });
});

it("a file is named after the first that was audited, and by no path of it", () => {
  const messages = auditMessages.of("en");
  for (const [files, name] of [
    [["../../etc/pass wd"], "initscope-audit-pass_wd"],
    [[], "initscope-audit-report"],
    [["a.safetensors", "b"], "initscope-audit-a.safetensors"],
  ] as const)
    for (const kind of REPORTS)
      expect(reportFile(kind, { ...model, files }, messages).name).toBe(
        `${name}.${kind === "markdown" ? "md" : kind}`,
      );
});
