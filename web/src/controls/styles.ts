/** Styles that every element of the page shares. Colours are custom properties of the labs. */
import { css, unsafeCSS } from "lit";
import { SLOT_MARKS } from "../slots.js";

export const shared = css`
  :host {
    font-family: var(--init-font);
    font-size: 14px;
    line-height: 1.5;
    color: var(--init-text);
  }
  * {
    box-sizing: border-box;
  }
  :is(a, button, input, select, summary, textarea, [tabindex]) {
    scroll-margin-bottom: var(--init-below, 0px);
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
    min-height: 28px;
    border: 1px solid var(--init-hairline);
    border-radius: 4px;
    background: var(--init-raised);
    padding: 2px 10px;
  }
  button:disabled {
    cursor: default;
    color: var(--init-secondary);
  }
  button:hover:enabled {
    border-color: var(--init-secondary);
  }
  button.link {
    border: 0;
    background: none;
    padding: 0 2px;
    color: var(--init-accent);
    min-height: 24px;
    min-width: 24px;
  }
  button.link:hover {
    text-decoration: underline;
  }
  button.link[aria-pressed="true"] {
    font-weight: 600;
    text-decoration: none;
  }
  input:not([type="range"]),
  select {
    min-height: 30px;
    border: 1px solid var(--init-border);
    border-radius: 4px;
    background: var(--init-raised);
    padding: 2px 6px;
    min-width: 0;
    max-width: 100%;
  }
  input[type="range"] {
    accent-color: var(--init-accent);
    width: 100%;
    min-width: 0;
    height: 24px;
    margin: 0;
  }
  :focus-visible {
    outline: 2px solid var(--init-accent);
    outline-offset: 1px;
  }
  a {
    color: var(--init-accent);
  }
  summary {
    cursor: pointer;
    color: var(--init-accent);
    min-height: 24px;
  }
  .note {
    color: var(--init-secondary);
    font-size: 13px;
    margin: 4px 0;
  }
  .issue {
    color: var(--init-error);
    font-size: 13px;
    margin: 2px 0 0;
    overflow-wrap: anywhere;
  }
  table {
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    text-align: right;
    padding: 3px 10px 3px 0;
    white-space: nowrap;
    border-bottom: 1px solid var(--init-hairline);
  }
  thead th {
    white-space: normal;
    vertical-align: bottom;
    min-width: 64px;
  }
  th {
    font-weight: 600;
    color: var(--init-secondary);
  }
  th:first-child,
  td:first-child {
    text-align: left;
  }
  @media screen {
    .term {
      text-decoration: underline dotted;
      text-underline-offset: 3px;
      cursor: help;
    }
  }
  /* Fonts that have a table of mathematics, where the system has one of them. */
  math {
    font-family:
      math, "STIX Two Math", "Latin Modern Math", "Cambria Math", "Noto Sans Math",
      "DejaVu Math TeX Gyre", serif;
    font-size: 17px;
    line-height: 1.4;
    padding: 3px 0;
  }
`;

/** Classes "slot-0" and so on set --slot to the slot's colour; "named" writes in it. */
export const slotColors = css`
  .named[class*="slot-"] {
    color: var(--slot);
  }
  ${unsafeCSS(SLOT_MARKS.map((_, i) => `.slot-${i} { --slot: var(--init-slot-${i + 1}); }`).join("\n"))}
`;
