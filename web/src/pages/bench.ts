/** The benchmark, for a reader's own device. */
import { sharedEngine } from "../engine/shared.js";
import { messagesOf } from "../i18n/index.js";
import { formatNumber } from "../i18n/numbers.js";
import { cases, measure } from "./bench-cases.js";
import type { Measured } from "./bench-cases.js";
import { initialLocale, initialTheme, keepTheme, showLocale } from "./settings.js";

const locale = initialLocale();
const { bench } = messagesOf(locale);
showLocale(locale);
keepTheme(initialTheme());

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function row(name: "td" | "th", texts: readonly string[]): HTMLTableRowElement {
  const made = element("tr");
  // A corner without a word is no heading.
  made.append(...texts.map((text) => element(text === "" ? "td" : name, text)));
  return made;
}

/** A run's time: a value's where the run is of many values. */
function timeText(nanoseconds: number | undefined, values: number): string {
  if (nanoseconds === undefined) return "—";
  return values > 0
    ? `${formatNumber(nanoseconds / values)}\u202fns`
    : `${formatNumber(nanoseconds / 1e6)}\u202fms`;
}

function rowOf(index: number, { ours, plain }: Measured): HTMLTableRowElement {
  const { id, values } = cases[index] ?? { id: "uniform", values: 0 };
  const ratio = plain === undefined ? "—" : `${formatNumber(plain / ours)}×`;
  return row("td", [bench.cases[id], timeText(ours, values), timeText(plain, values), ratio]);
}

const status = element("p", bench.about);
status.setAttribute("role", "status");
const body = element("tbody");
const start = element("button", bench.run);
start.addEventListener("click", () => void run());

async function run(): Promise<void> {
  start.disabled = true;
  body.replaceChildren();
  try {
    for (const [index, one] of cases.entries()) {
      status.textContent = bench.measuring(bench.cases[one.id]);
      body.append(rowOf(index, await measure(sharedEngine(), one)));
    }
    status.textContent = bench.about;
  } catch (error) {
    status.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    start.disabled = false;
  }
}

const table = element("table");
const head = element("thead");
head.append(row("th", bench.columns));
table.append(head, body);
document.title = `initscope: ${bench.title}`;
document.getElementById("main")?.append(element("h1", bench.title), status, start, table);
