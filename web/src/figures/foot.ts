/** What stands below a figure's caption: its files, its table and how it is read. */
import { html, nothing } from "lit";
import type { Messages } from "../i18n/index.js";
import type { FigureContent } from "./content.js";

export interface Foot {
  readonly content: FigureContent;
  /** How it is read, its terms marked. */
  readonly how: unknown;
  /** The table, once it is looked at. */
  readonly table: unknown;
  /** Why what was asked for did not come. */
  readonly missing: string;
  /** A file as a text, which can be copied, where nothing can be downloaded. */
  readonly copyText: string;
  readonly save: () => void;
  readonly take: (way: "svg" | "png" | "publish") => void;
  readonly open: (open: boolean) => void;
}

export function renderFoot(
  { content, how, table, missing, copyText, save, take, open }: Foot,
  { ui }: Messages,
) {
  const onToggle = (event: Event) => open((event.currentTarget as HTMLDetailsElement).open);
  return html`<div class="foot">
      <div class="actions">
        <button class="link" @click=${save}>CSV</button>
        <button class="link" @click=${() => take("svg")}>SVG</button>
        <button class="link" @click=${() => take("png")}>PNG</button>
        <button class="link" @click=${() => take("publish")}>${ui.publish}</button>
      </div>
      <details @toggle=${onToggle}>
        <summary>${ui.table}</summary>
        ${table}
      </details>
      ${
        content.how
          ? html`<details>
              <summary>${ui.howToRead}</summary>
              ${how}
            </details>`
          : nothing
      }
    </div>
    ${missing ? html`<p class="issue" role="alert">${missing}</p>` : nothing}
    ${
      copyText
        ? html`<p class="note">${ui.sandboxed}</p>
            <textarea readonly aria-label=${ui.sandboxed} .value=${copyText}></textarea>`
        : nothing
    }`;
}
