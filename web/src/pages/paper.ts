/** On paper: below each lab what it computed, and where its state is seen. */
import {
  addressOf,
  allSchemesOf,
  legendOf,
  MAKER,
  settingsText,
} from "../figures/publish/taken.js";
import type { Home } from "../figures/source.js";
import { localeOf } from "../i18n/locale.js";
import { addressesIn } from "./addresses.js";
import type { Lab, LabOf, RequestLab } from "./labs.js";

export type Labs = () => Iterable<LabOf<Lab> | undefined>;

function settingsOf(lab: LabOf<RequestLab>, home: Home): HTMLElement {
  const locale = localeOf(lab.lang || document.documentElement.lang);
  const source = lab.source();
  const schemes = legendOf(allSchemesOf(source, locale), locale).map(({ text }) => text);
  const said = document.createElement("div");
  said.className = "on-paper";
  for (const text of [
    schemes.join("  "),
    settingsText(source, locale),
    MAKER,
    addressOf({ source, home }),
  ]) {
    if (!text) continue;
    const line = document.createElement("p");
    line.textContent = text;
    said.append(line);
  }
  return said;
}

/** Two signs of a print may have asked for this. */
let kept = false;

/** `playground` is the address of the page that labs are opened in, and `labs` says which this page has. */
export function keepOnPaper(playground: string, labs: Labs): void {
  if (kept) return;
  kept = true;
  const home = addressesIn(playground);
  const added: HTMLElement[] = [];
  addEventListener("beforeprint", () => {
    for (const lab of labs()) {
      if (!lab || lab.hidden || !lab.isConnected || !("source" in lab)) continue;
      const said = settingsOf(lab, home);
      lab.after(said);
      added.push(said);
    }
  });
  addEventListener("afterprint", () => {
    for (const said of added.splice(0)) said.remove();
  });
}
