/** On paper: below each lab what it computed, and where its state is seen. */
import {
  addressOf,
  allSchemesOf,
  legendOf,
  MAKER,
  settingsText,
} from "../figures/publish/taken.js";
import { localeOf } from "../i18n/locale.js";
import { LABS } from "./labs.js";
import type { Lab, LabOf } from "./labs.js";

const SELECTOR = LABS.map((lab) => `init-${lab}`).join();
const added: HTMLElement[] = [];

function settingsOf(lab: LabOf<Lab>): HTMLElement {
  const locale = localeOf(lab.lang || document.documentElement.lang);
  const source = lab.source();
  const schemes = legendOf(allSchemesOf(source, locale), locale).map(({ text }) => text);
  const said = document.createElement("div");
  said.className = "on-paper";
  for (const text of [schemes.join("  "), settingsText(source, locale), MAKER, addressOf(source)]) {
    if (!text) continue;
    const line = document.createElement("p");
    line.textContent = text;
    said.append(line);
  }
  return said;
}

addEventListener("beforeprint", () => {
  for (const lab of document.querySelectorAll<LabOf<Lab>>(SELECTOR)) {
    if (lab.hidden) continue;
    const said = settingsOf(lab);
    lab.after(said);
    added.push(said);
  }
});
addEventListener("afterprint", () => {
  for (const said of added.splice(0)) said.remove();
});
