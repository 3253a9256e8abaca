/** The benchmark, for a reader's own device. */
import { loadPart } from "../controls/part.js";
import { sharedEngine } from "../engine/shared.js";
import { messagesOf, pageWords } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { formatNumber } from "../i18n/numbers.js";
import { cases, measure } from "./bench-cases.js";
import type { CaseId, Measured } from "./bench-cases.js";
import { orSay } from "./missing.js";
import { initialLocale, initialTheme, keepTheme, remember, showLocale } from "./settings.js";
import { bindTheme, nameThemes } from "./theme-select.js";

let locale = initialLocale();
/** What has been measured so far, in the order of the cases. */
let measured: Measured[] = [];
/** The case that is being measured. */
let running: CaseId | undefined;
let failure = "";

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
  const { bench } = messagesOf(locale);
  const { id, values } = cases[index] ?? { id: "uniform", values: 0 };
  const ratio = plain === undefined ? "—" : `${formatNumber(plain / ours)}×`;
  return row("td", [bench.cases[id], timeText(ours, values), timeText(plain, values), ratio]);
}

const title = element("h1");
const status = element("p");
status.setAttribute("role", "status");
const head = element("thead");
const body = element("tbody");
const start = element("button");
const table = element("table");
table.append(head, body);

/** Says all there is in the page's language. */
function render(): void {
  const { bench } = messagesOf(locale);
  showLocale(locale);
  nameThemes(locale);
  document.title = `initscope: ${bench.title}`;
  title.textContent = bench.title;
  status.textContent = failure || (running ? bench.measuring(bench.cases[running]) : bench.about);
  start.textContent = bench.run;
  start.disabled = running !== undefined;
  head.replaceChildren(row("th", bench.columns));
  body.replaceChildren(...measured.map((times, index) => rowOf(index, times)));
}

/** What is said of words that did not come, until another language is tried. */
let missing: HTMLElement | undefined;

/** Puts the page into a language, once its words are there. */
function say(next: Locale): Promise<void> {
  missing?.remove();
  const put = (said: HTMLElement) => document.getElementById("main")?.append((missing = said));
  return orSay({ locale: next, put }, async () => {
    await loadPart(() => pageWords.load(next));
    locale = next;
    render();
  });
}

async function run(): Promise<void> {
  measured = [];
  failure = "";
  try {
    for (const one of cases) {
      running = one.id;
      render();
      measured.push(await measure(sharedEngine(), one));
    }
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    running = undefined;
    render();
  }
}

keepTheme(initialTheme());
bindTheme(keepTheme);
start.addEventListener("click", () => void run());
document.getElementById("language")?.addEventListener("click", () => {
  const next = locale === "en" ? "zh" : "en";
  remember("lang", next);
  void say(next);
});
document.getElementById("main")?.append(title, status, start, table);
void say(locale);
