/** How far the work for the next figure is, and how to end it. */
import { html } from "lit";
import type { Messages } from "../i18n/index.js";

/** `done` is a share; `host` hears `init-cancel`. */
export function renderProgress(host: EventTarget, done: number, { ui }: Messages) {
  const percent = Math.round(100 * done);
  const cancel = () =>
    host.dispatchEvent(new CustomEvent("init-cancel", { bubbles: true, composed: true }));
  return html`<div class="bar">
    <progress max="100" .value=${percent} aria-label=${ui.working(percent)}></progress>
    <span>${percent}&#8239;%</span>
    <button class="link" @click=${cancel}>${ui.cancel}</button>
  </div>`;
}
