// Medians and tables for the benchmarks.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Three significant digits, without an exponent. */
export const digits = (value) =>
  value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value >= 1
        ? value.toFixed(2)
        : value.toFixed(3);

/** A Markdown table, columns aligned. */
export function table(header, rows) {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => String(row[i] ?? "").length)));
  const line = (row) =>
    `| ${widths.map((width, i) => String(row[i] ?? "").padEnd(width)).join(" | ")} |`;
  return [
    line(header),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...rows.map(line),
  ].join("\n");
}

/** The processor's name and family: hypervisors leave out the model. */
export function processor() {
  const info = readFileSync("/proc/cpuinfo", "utf8");
  const field = (name) => new RegExp(`^${name}\\s*: (.*)$`, "m").exec(info)?.[1] ?? "?";
  return `${field("model name")} (family ${field("cpu family")}, model ${field("model")})`;
}

/**
 * Asks every measurement in turn, `rounds` times over, so that whatever else the machine does falls
 * on all alike; the medians by key.
 */
export async function interleave(measurements, rounds) {
  const taken = new Map([...measurements.keys()].map((key) => [key, []]));
  for (let round = 0; round < rounds; ++round)
    for (const [key, measure] of measurements) taken.get(key).push(await measure());
  return new Map([...taken].map(([key, values]) => [key, median(values)]));
}

/** A program that answers lines with numbers. */
export function answerer(command, args, env = process.env) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} ended at "${question}"`);
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}
