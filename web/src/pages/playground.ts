/**
 * The playground: one lab at a time, its state in the URL, the others' in the history entry. Below
 * the phase plane stands the network that the point in it describes.
 */
import "../elements.js";
import { sharedEngine } from "../engine/shared.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { formatState, parseState } from "../engine/url.js";
import { checkRequest } from "../engine/request.js";
import { LabChange } from "../labs/lab.js";
import { networkAt } from "../labs/phase/state.js";
import { initialLocale, initialTheme, remember } from "./settings.js";
import type { ThemeChoice } from "./settings.js";

const LABS = ["propagation", "training", "symmetry", "phase", "distribution"] as const;
type Lab = (typeof LABS)[number];
/** State text of each lab that has been opened. */
type PageState = Partial<Record<Lab, string>>;

sharedEngine().warmUp();

let locale: Locale = initialLocale();
let theme: ThemeChoice = initialTheme();
let lab: Lab = "propagation";
let states: PageState = {};
const elements = new Map<Lab, HTMLElementTagNameMap[`init-${Lab}`]>();
const dark = matchMedia("(prefers-color-scheme: dark)");

const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
};

function hashOf(current: Lab, state: string): string {
  return current === "propagation" ? `#${state}` : `#lab=${current}&${state}`;
}

/** Reads the address: which lab, and its state text. */
function readAddress(): void {
  const text = location.hash.slice(1);
  const named = /(?:^|&)lab=([^&]*)/.exec(text);
  lab = LABS.find((candidate) => candidate === named?.[1]) ?? "propagation";
  const stored: unknown = history.state;
  states = typeof stored === "object" && stored !== null ? { ...(stored as PageState) } : {};
  states[lab] = text.replace(/(?:^|&)lab=[^&]*/, "").replace(/^&/, "");
}

function writeAddress(): void {
  const hash = hashOf(lab, states[lab] ?? "");
  if (hash !== location.hash) history.pushState(states, "", hash);
  else history.replaceState(states, "");
}

function elementOf(current: Lab) {
  let element = elements.get(current);
  if (!element) {
    element = document.createElement(`init-${current}`);
    element.addEventListener("change", (event) => {
      if (LabChange.is(event)) onChange(current, event);
    });
    elements.set(current, element);
  }
  return element;
}

/** The propagation lab below the phase plane: it follows the point, and is no part of the URL. */
const follower = document.createElement("init-propagation");
const followerTitle = document.createElement("h2");

function follow(phaseState: string, dragging: boolean): void {
  const { request } = parseState("phase", phaseState);
  const there = networkAt(request);
  // What a reader has set below stays: seeds, inputs, schemes beside the point's own.
  const own = follower.state ? parseState("propagation", follower.state).request : undefined;
  const schemes = [...(there.schemes ?? []), ...(own?.schemes.slice(1) ?? [])];
  const network = checkRequest("propagation", { ...own, ...there, schemes }).request;
  follower.load(formatState("propagation", network), dragging);
}

function onChange(current: Lab, event: LabChange): void {
  states[current] = event.detail.state;
  if (current === "phase") follow(event.detail.state, !event.detail.settled);
  if (event.detail.settled) writeAddress();
}

/** Shows the current lab in the current language and theme. */
function show(): void {
  const element = elementOf(lab);
  for (const [other, hidden] of elements) hidden.hidden = other !== lab;
  element.lang = locale;
  element.theme = theme;
  element.state = states[lab] ?? "";
  if (!element.isConnected) byId("main").append(element);
  follower.lang = locale;
  follower.theme = theme;
  follower.hidden = followerTitle.hidden = lab !== "phase";
  followerTitle.textContent = messagesOf(locale).phase.network;
  if (lab === "phase") {
    follow(elementOf("phase").state, false);
    byId("main").append(followerTitle, follower); // last, whichever labs came before
  }
  document.documentElement.lang = locale === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset["theme"] =
    theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  renderChrome();
}

function open(next: Lab): void {
  lab = next;
  show();
  states[lab] = elementOf(lab).state;
  writeAddress();
}

function link(target: Lab): HTMLAnchorElement {
  const { ui } = messagesOf(locale);
  const anchor = document.createElement("a");
  anchor.textContent = ui[target];
  anchor.href = hashOf(target, states[target] ?? "");
  if (target === lab) anchor.setAttribute("aria-current", "page");
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    open(target);
  });
  return anchor;
}

function button(text: string, label: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.textContent = text;
  element.setAttribute("aria-label", label);
  element.addEventListener("click", onClick);
  return element;
}

function themeSelect(): HTMLSelectElement {
  const { ui } = messagesOf(locale);
  const select = document.createElement("select");
  select.setAttribute("aria-label", ui.theme);
  for (const choice of ["system", "light", "dark"] as const)
    select.append(new Option(ui.themes[choice], choice, false, choice === theme));
  select.addEventListener("change", () => {
    theme = select.value as ThemeChoice;
    remember("theme", theme);
    show();
  });
  return select;
}

async function share(): Promise<void> {
  const { ui } = messagesOf(locale);
  const address = new URL(hashOf(lab, elementOf(lab).state), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    byId("share").textContent = ui.copied;
    setTimeout(renderChrome, 1500);
  } catch {
    // No clipboard here: show the link, selected.
    const input = document.createElement("input");
    input.id = "copy-text";
    input.readOnly = true;
    input.value = address;
    input.setAttribute("aria-label", ui.copyThis);
    byId("tools").append(input);
    input.select();
  }
}

/** Header and footer, in the current language. */
function renderChrome(): void {
  const { ui } = messagesOf(locale);
  const languages = button(locale === "en" ? "中文" : "English", ui.language, () => {
    locale = locale === "en" ? "zh" : "en";
    remember("lang", locale);
    show();
  });
  languages.id = "language";
  languages.lang = locale === "en" ? "zh-Hans" : "en";
  const shareButton = button(ui.share, ui.share, () => void share());
  shareButton.id = "share";
  const here = document.createElement("a");
  here.href = "./index.html";
  here.textContent = ui.playground;
  here.setAttribute("aria-current", "page");
  byId("pages").setAttribute("aria-label", "initscope");
  byId("pages").replaceChildren(here);
  byId("labs").setAttribute("aria-label", ui.playground);
  byId("labs").replaceChildren(...LABS.map(link));
  byId("tools").replaceChildren(languages, themeSelect(), shareButton);
  byId("tagline").textContent = ui.tagline;
  byId("footer").textContent = ui.offline;
  // The single file has no other pages.
  const bench = document.getElementById("bench");
  if (bench) bench.textContent = messagesOf(locale).bench.title;
}

function onAddress(): void {
  readAddress();
  show();
}

addEventListener("hashchange", onAddress);
addEventListener("popstate", onAddress);
dark.addEventListener("change", show);
onAddress();
