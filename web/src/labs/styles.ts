/** Layout and colours of every lab. The custom properties may be set from outside. */
import { css, unsafeCSS } from "lit";
import { FONT_FAMILY, themes } from "../charts/theme.js";
import type { Theme } from "../charts/theme.js";

function colors(theme: Theme, raised: string, border: string, error: string) {
  const slots = theme.slots.map((color, i) => `--init-slot-${i + 1}: ${color};`).join(" ");
  return unsafeCSS(`
    --init-ground: ${theme.ground}; --init-text: ${theme.text};
    --init-secondary: ${theme.secondary}; --init-hairline: ${theme.hairline};
    --init-accent: ${theme.slots[0]}; --init-raised: ${raised}; --init-border: ${border};
    --init-error: ${error}; ${slots}`);
}

/** Controls beside the figures, and always in view; what is too long for the window scrolls by itself. */
function beside(lab: string, columns: string) {
  return unsafeCSS(`
    ${lab} .lab { gap: 20px 28px; grid-template-columns: ${columns}; }
    ${lab} .lab.bare { grid-template-columns: minmax(0, 1fr); }
    ${lab} .controls {
      position: sticky; top: 8px; max-height: calc(100vh - 16px); overflow-y: auto; scrollbar-width: thin;
      align-self: start; margin: 0 -8px; padding: 0 8px;
    }
    ${lab} .group { grid-template-columns: minmax(0, 1fr); }`);
}

export const labStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    background: var(--init-ground);
    --init-font: ${unsafeCSS(FONT_FAMILY)};
    ${colors(themes.light, "#ffffff", "#8b9096", "#b3261e")}
  }
  :host([data-theme="dark"]) {
    color-scheme: dark;
    ${colors(themes.dark, "#1c2024", "#6b7279", "#ff8a80")}
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    align-items: center;
    font-size: 13px;
  }
  .presets span {
    color: var(--init-secondary);
  }
  /* States to look at, of which one may be shown. */
  .presets button {
    min-height: 26px;
    padding: 1px 7px;
    line-height: 20px;
    background: none;
  }
  .presets [aria-pressed="true"] {
    color: var(--init-accent);
    border-color: var(--init-accent);
    background: var(--init-raised);
  }
  .lab {
    display: grid;
    gap: 20px 32px;
    grid-template-columns: minmax(0, 1fr);
  }
  .rest {
    display: grid;
    gap: 12px 16px;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
  }
  .rest[hidden] {
    display: none;
  }
  .controls details > summary {
    font-weight: 600;
    color: var(--init-text);
  }
  /* Where all fields of a group are hidden, so is its heading. */
  .controls details:has(> .group):not(:has(> .group > *)) {
    display: none;
  }
  .group {
    display: grid;
    gap: 12px 16px;
    grid-template-columns: minmax(0, 1fr);
    padding: 8px 0;
  }
  /* What a control takes before it has appeared in its turn. */
  .group > * {
    min-height: 54px;
  }
  /* Its code comes later than others'. */
  .group > init-text-field:not(:defined) {
    min-height: 138px;
  }
  /* It has no examples beside it, and a line less where there is room. */
  @container (min-width: 1200px) {
    .group > init-text-field.net:not(:defined) {
      min-height: 118px;
    }
  }
  .figures {
    display: grid;
    gap: 16px 32px;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    min-width: 0;
  }
  .shown {
    min-width: 0;
  }
  /* The last answer, while the present state has none; what plays it, and what is of now, stay as they are. */
  .figures > * {
    transition: opacity 120ms;
  }
  .last > .figures > :not(init-player, .now),
  .figures > .last {
    opacity: 0.6;
  }
  /* Theory of what is set now is no last answer. */
  .last > .figures > [data-ahead],
  .last > .figures > :has([data-ahead]) {
    opacity: 1;
  }
  .standing {
    position: sticky;
    bottom: 8px;
    z-index: 2;
    height: 0;
    pointer-events: none;
  }
  .standing span {
    position: absolute;
    right: 0;
    bottom: 0;
    max-width: 100%;
    padding: 4px 8px;
    border: 1px solid var(--init-border);
    border-radius: 4px;
    background: var(--init-raised);
    font-size: 13px;
  }
  @media (prefers-reduced-motion: reduce) {
    .figures > * {
      transition: none;
    }
  }
  .top {
    display: grid;
    gap: 6px;
    grid-template-columns: minmax(0, 1fr);
    margin-bottom: 10px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  h3 {
    font-size: 15px;
    font-weight: 600;
    margin: 0 0 4px;
  }
  .top:not(:has(*)) {
    display: none;
  }
  .figures > div:empty {
    display: none;
  }
  .message {
    border: 1px solid var(--init-error);
    border-radius: 4px;
    padding: 8px 12px;
    overflow-wrap: anywhere;
  }
  .message p {
    margin: 0;
  }
  @container (min-width: 700px) {
    .group {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  @container (min-width: 850px) {
    ${beside("", "clamp(240px, 22cqw, 300px) minmax(0, 1fr)")}
    .figures {
      --init-most: max(220px, calc(100vh - 240px));
    }
    .figures.pairs {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .single .figures.pairs {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  ${beside(":host([data-squeezed])", "200px minmax(0, 1fr)")}
  /* A figure's plot is seen whole in a window that is very low. */
  :host([data-squeezed]) .figures {
    --init-most: max(190px, calc(100vh - 170px));
  }
  :host([data-squeezed]) .top {
    gap: 4px;
    margin-bottom: 6px;
  }
  :host([data-squeezed]) .group {
    gap: 4px;
    padding: 4px 0;
  }
  /* One figure alone: it takes the height that the page gives the lab. */
  :host([data-fill]),
  :host([data-fill]) :is(.lab, .shown, .figures, .wide) {
    display: flex;
    flex-direction: column;
  }
  :host([data-fill]) :is(.lab, .shown, .figures, .wide, init-figure) {
    flex: 1 0 auto;
  }
  :host([data-fill]) :is(.standing, div.wide:empty) {
    flex: none;
  }
  /* Figures first, and the controls in a sheet at the foot of the window. */
  :host([data-low]) {
    display: flex;
    flex-direction: column;
  }
  /* The sheet rises over all of the lab. */
  .lab.low {
    display: contents;
  }
  .low > .controls {
    order: 1;
    position: sticky;
    bottom: 0;
    z-index: 1; /* under what opens above: the list of schemes */
    margin: 20px -12px 0;
    padding: 8px 12px;
    background: var(--init-ground);
    border-top: 1px solid var(--init-border);
  }
  /* How much of the window's foot the sheet covers, for what has the focus above it. */
  .low > .shown,
  .top:has(+ .low) {
    --init-below: 90px;
  }
  .low.raised > .shown,
  .top:has(+ .low.raised) {
    --init-below: calc(30vh + 90px);
  }
  .low .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 12px;
    align-items: end;
    min-height: 51px; /* its field is drawn a moment later */
  }
  .low .rest {
    max-height: 30vh;
    overflow-y: auto;
    padding: 8px 0;
  }
  .low .standing {
    bottom: 96px;
  }
  .top:has(+ .low) .presets,
  :host([data-squeezed]) .presets {
    flex-wrap: nowrap;
    overflow-x: auto;
    white-space: nowrap;
    scrollbar-width: none;
    scroll-padding-inline: 12px;
    margin: -3px;
    padding: 3px; /* for the outline of the focus */
  }
  .top:has(+ .low) .presets > *,
  :host([data-squeezed]) .presets > * {
    flex: none;
  }
  @media print {
    .controls,
    .presets,
    .standing,
    .room,
    button,
    details,
    init-player {
      display: none;
    }
    /* A grid in a grid is as high as on one page: what follows would lie upon its end. */
    .lab {
      display: block !important;
    }
    /* Two columns whatever the window was: the browser breaks pages between their rows. */
    :not(.single) > .shown > .figures.pairs {
      grid-template-columns: repeat(2, minmax(0, 1fr)) !important;
      gap: 12px 24px;
    }
    .figures {
      --init-most: none;
    }
    section {
      break-inside: avoid;
    }
  }
`;
