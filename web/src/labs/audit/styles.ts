/** Layout and colours of <init-audit>, beside those of every lab. */
import { css, unsafeCSS } from "lit";
import { themes } from "../../charts/theme.js";
import type { Theme } from "../../charts/theme.js";
import { LOW_WINDOW } from "../lab-controls.js";
import { rgb } from "./model-chart.js";

/** Verdicts have the colours of phases, and no scheme's. */
const sides = ({ sides: [certified, moved] }: Theme) =>
  unsafeCSS(`--audit-certified: ${rgb(certified)}; --audit-moved: ${rgb(moved)};`);

const low = unsafeCSS(LOW_WINDOW.height);
const aboveLow = unsafeCSS(LOW_WINDOW.height + 1);
const beside = unsafeCSS(LOW_WINDOW.besideFrom);

export const auditStyles = css`
  :host {
    ${sides(themes.light)}
  }
  :host([data-theme="dark"]) {
    ${sides(themes.dark)}
  }
  /* What is below has its place while files are read. */
  .shown {
    min-height: 100vh;
  }
  :host([data-fill]) .shown,
  .shown.alone {
    min-height: 0;
  }
  .side,
  .about {
    display: grid;
    gap: 12px;
    grid-template-columns: minmax(0, 1fr);
  }
  .side p,
  .about p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  /* As high as while files are read. */
  .state {
    min-height: 45px;
  }
  .state progress {
    width: 100%;
  }
  .reports {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }
  .found ol {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 8px;
  }
  .found ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .kind {
    display: grid;
    grid-template-columns: 72px minmax(0, 1fr);
    gap: 0 8px;
    padding-bottom: 8px;
    border-bottom: 1px solid var(--init-hairline);
  }
  .kind > :not(b) {
    grid-column: 2;
  }
  .found button {
    overflow-wrap: anywhere;
    text-align: start;
  }
  .found b.error {
    color: var(--init-error);
  }
  pre {
    margin: 4px 0;
    padding: 8px 12px;
    overflow: auto;
    max-height: 320px;
    border: 1px solid var(--init-hairline);
    border-radius: 4px;
    font:
      12px/1.5 ui-monospace,
      monospace;
  }
  /* The figures come right after the choice of files, and what is said of these below. */
  @media (min-height: ${aboveLow}px) {
    @container (max-width: 849px) {
      .controls,
      .side {
        display: contents;
      }
      .shown {
        order: 1;
      }
      .about {
        order: 2;
        margin-top: 12px;
      }
    }
  }
  /* On a phone that lies on its side, figures stand beside it. */
  @media (max-height: ${low}px) {
    @container (min-width: ${beside}px) and (max-width: 849px) {
      .lab:not(.bare) {
        gap: 20px 28px;
        grid-template-columns: 200px minmax(0, 1fr);
      }
    }
  }
  @container (max-width: 499px) {
    .kind {
      grid-template-columns: minmax(0, 1fr);
    }
    .kind > :not(b) {
      grid-column: 1;
    }
  }
`;
