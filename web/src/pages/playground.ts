/**
 * The playground: one lab at a time, its state in the URL, the others' in the history entry. Below
 * the phase plane stands the network that the point in it describes.
 */
import { loadPart } from "../controls/part.js";
import { sharedEngine } from "../engine/shared.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { Home } from "../figures/source.js";
import { formatState, parseState } from "../engine/url.js";
import { checkRequest } from "../engine/request.js";
import { LabChange } from "../labs/lab-state.js";
import { networkAt, pointOf } from "../labs/phase/state.js";
import type { ThemeChoice } from "../labs/theme.js";
import { hashOf, readHash } from "./address.js";
import { createLab, LABS, loadWords } from "./labs.js";
import type { Lab, LabOf } from "./labs.js";
import { orSay } from "./missing.js";
import { beforePrints } from "./print-later.js";
import { initialLocale, initialTheme, keepTheme, remember, showLocale } from "./settings.js";
import { bindTheme, nameThemes } from "./theme-select.js";

/** What is seen of the tab before the current one, where not all have room, in pixels. */
const TAB_BEFORE = 32;

/** State text of each lab that has been opened. */
type PageState = Partial<Record<Lab, string>>;

let locale: Locale = initialLocale();
let theme: ThemeChoice = initialTheme();
let lab: Lab = "propagation";
let states: PageState = {};
const elements = new Map<Lab, LabOf<Lab>>();
/** The tabs show which lab it is; the heading is for those who do not see them. */
const labTitle = document.createElement("h2");
labTitle.className = "visually-hidden";

const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
};

/** Reads the address: which lab, and its state text. */
function readAddress(): void {
  const asked = readHash(location.hash);
  lab = asked.lab;
  const stored: unknown = history.state;
  states = typeof stored === "object" && stored !== null ? { ...(stored as PageState) } : {};
  states[lab] = asked.state;
}

function writeAddress(): void {
  const hash = hashOf(lab, states[lab] ?? "");
  if (hash !== location.hash) history.pushState(states, "", hash);
  else history.replaceState(states, "");
}

/** The lab's element, made when it is first asked for. */
async function elementOf(current: Lab): Promise<LabOf<Lab>> {
  const made = elements.get(current) ?? (await createLab(current, locale));
  // Two that asked at once share the first.
  const element = elements.get(current) ?? made;
  if (!elements.has(current)) {
    elements.set(current, element);
    // Files of one's own are no state, and their audit stands beside its controls.
    if ("sheet" in element) element.sheet = true;
    if ("home" in element) element.home = home;
    element.addEventListener("change", (event) => {
      if (LabChange.is(event)) onChange(current, event);
    });
    // What one lab hands on another takes up.
    if ("open" in element)
      element.open = (next: Lab, state: string) => {
        states[next] = state;
        void open(next);
      };
  }
  return element;
}

/**
 * The propagation lab below the phase plane. It follows the point, and the point follows what is set
 * in it; the rest of its state is no part of the URL.
 */
let networkBelow: LabOf<"propagation"> | undefined;
const networkTitle = document.createElement("h2");

/** Takes into the network below what the plane's point says. */
function showNetworkOfPoint(phaseState: string, dragging: boolean): void {
  if (!networkBelow) return;
  const { request } = parseState("phase", phaseState);
  const there = networkAt(request);
  // What a reader has set below stays: seeds, inputs, schemes beside the point's own.
  const own = networkBelow.state
    ? parseState("propagation", networkBelow.state).request
    : undefined;
  const schemes = [...(there.schemes ?? []), ...(own?.schemes.slice(1) ?? [])];
  const network = checkRequest("propagation", { ...own, ...there, schemes }).request;
  networkBelow.load(formatState("propagation", network), dragging);
}

/** Takes into the plane's point what a reader has set in the network below. */
function movePointToNetwork({ detail: { state, settled } }: LabChange): void {
  const { request: before } = parseState("phase", states.phase ?? "");
  const { request: network } = parseState("propagation", state);
  const text = formatState("phase", pointOf(network, before));
  if (text !== formatState("phase", before)) {
    states.phase = text;
    elements.get("phase")?.load(text, !settled);
  }
  if (settled) writeAddress();
}

function onChange(current: Lab, event: LabChange): void {
  states[current] = event.detail.state;
  if (current === "phase") showNetworkOfPoint(event.detail.state, !event.detail.settled);
  if (event.detail.settled) writeAddress();
}

/** The network below the phase plane, made when that is first shown. */
async function makeNetworkBelow(): Promise<void> {
  networkBelow = await createLab("propagation", locale);
  networkBelow.sheet = true;
  networkBelow.home = home;
  networkBelow.hide = ["presets", "net"]; // it is the point that says what is shown
  networkBelow.addEventListener("change", (event) => {
    if (LabChange.is(event)) movePointToNetwork(event);
  });
}

/** What is said of a part of the page that did not come, until something else is tried. */
let missing: HTMLElement | undefined;

/** Does what needs a part of the page, or says below the tabs that it did not come. */
function attempt(work: () => Promise<void>): Promise<void> {
  missing?.remove();
  const put = (said: HTMLElement) => {
    missing?.remove();
    missing = said;
    byId("labs").after(said);
  };
  return orSay({ locale, put, keep: writeAddress }, work);
}

/** Leaves the current lab's elements alone on the page. */
function hideOthers(): void {
  for (const [other, hidden] of elements) hidden.hidden = other !== lab;
  networkTitle.hidden = lab !== "phase";
  if (networkBelow) networkBelow.hidden = lab !== "phase";
}

/** Shows the current lab in the current language and theme. */
async function showLab(): Promise<void> {
  const shown = lab;
  const said = locale;
  keepTheme(theme);
  markTabs();
  try {
    await Promise.all([elementOf(shown), showWords(shown, said)]);
    if (shown === "phase" && !networkBelow) await makeNetworkBelow();
  } catch (error) {
    if (shown !== lab) return;
    hideOthers();
    throw error;
  }
  if (shown !== lab || said !== locale) return; // another was opened or chosen meanwhile
  const element = await elementOf(shown);
  hideOthers();
  element.lang = locale;
  element.theme = theme;
  // A network that was handed on is still there, as it was.
  if ("back" in element)
    element.back = states.propagation === undefined ? undefined : () => void open("propagation");
  element.state = states[lab] ?? "";
  labTitle.textContent = messagesOf(locale).ui[lab];
  if (!labTitle.isConnected) byId("main").append(labTitle);
  if (!element.isConnected) byId("main").append(element);
  networkTitle.textContent = messagesOf(locale).phase.network;
  if (!networkBelow) return;
  networkBelow.lang = locale;
  networkBelow.theme = theme;
  if (lab !== "phase") return;
  showNetworkOfPoint(element.state, false);
  // Last, whichever labs came before; one that is there stays in its place.
  if (byId("main").lastElementChild !== networkBelow)
    byId("main").append(networkTitle, networkBelow);
}

const show = (): Promise<void> => attempt(showLab);

async function open(next: Lab): Promise<void> {
  lab = next;
  await attempt(async () => {
    await showLab();
    if (lab !== next) return; // another was opened meanwhile
    states[next] = (await elementOf(next)).state;
    writeAddress();
  });
}

/** Whether the page is a file of its own. */
let single = false;

const handingOut = () => loadPart(() => import("./home.js"));

async function home(): Promise<Home> {
  return (await handingOut()).homeOf("", single, () => ({ locale, theme }));
}

async function share(): Promise<void> {
  const said = locale;
  const { openShare } = await handingOut();
  await loadWords(lab, said);
  const { state } = await elementOf(lab);
  openShare({ lab, state, theme }, said, { address: location.href, single });
}

async function readyForPaper(): Promise<void> {
  const { keepOnPaper } = await handingOut();
  keepOnPaper("", () => [...elements.values(), networkBelow]);
}

/** The header's links to labs, which the page has from the start. */
function tabs(): [Lab, HTMLAnchorElement][] {
  return LABS.map((target) => {
    const anchor = byId("labs").querySelector<HTMLAnchorElement>(`[data-lab="${target}"]`);
    if (!anchor) throw new Error(`the page has no link to the lab '${target}'`);
    return [target, anchor];
  });
}

/** Moves the focus past header and controls: to the first figure, or where there is none yet, the lab. */
async function skipToFigures(): Promise<void> {
  const element = await elementOf(lab);
  const target = element.renderRoot.querySelector<HTMLElement>("init-figure") ?? byId("main");
  target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "start" });
}

/** Marks the lab that is shown, and lets each tab lead to its lab as it is set. */
function markTabs(): void {
  for (const [target, anchor] of tabs()) {
    anchor.href = hashOf(target, states[target] ?? "");
    if (target !== lab) {
      anchor.removeAttribute("aria-current");
      continue;
    }
    anchor.setAttribute("aria-current", "page");
    // Narrow windows have not room for all.
    const row = byId("labs");
    row.scrollLeft = anchor.offsetLeft - row.offsetLeft - TAB_BEFORE;
  }
}

/** Puts the page into a language, once the words are there that it does not hold in both. */
async function showWords(shown: Lab, said: Locale): Promise<void> {
  const { ui } = await loadWords(shown, said);
  if (said !== locale) return; // another was chosen meanwhile
  showLocale(said);
  nameThemes(said);
  byId("labs").setAttribute("aria-label", ui.playground);
}

function listen(): void {
  for (const [target, anchor] of tabs())
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      void open(target);
    });
  byId("language").addEventListener("click", () => {
    locale = locale === "en" ? "zh" : "en";
    remember("lang", locale);
    void show();
  });
  bindTheme((chosen) => {
    theme = chosen;
    void show();
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address is the lab's state
    void attempt(skipToFigures);
  });
  byId("share").addEventListener("click", () => void attempt(share));
  addEventListener("hashchange", onAddress);
  addEventListener("popstate", onAddress);
}

function onAddress(): void {
  readAddress();
  void show();
}

/** Fills the page; `alone` where it is a file of its own. */
export function startPlayground(alone = false): void {
  sharedEngine().warmUp();
  single = alone;
  nameThemes(locale);
  listen();
  onAddress();
  beforePrints(readyForPaper);
}
