/** How a figure looks, but for what is drawn in it. */
import { css } from "lit";
import { LEAST_HEIGHT } from "./drawing.js";

export const figureStyles = css`
  /* No figure is lower, and one that has not appeared yet moves nothing when it does. */
  :host {
    display: block;
    min-height: 240px;
    container-type: inline-size;
  }
  figure {
    margin: 0;
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  h3 {
    font-size: 15px;
    font-weight: 600;
    margin: 0 0 4px;
  }
  .drawing {
    width: 100%;
    touch-action: pan-y;
  }
  .drawing.handle {
    touch-action: none;
    cursor: crosshair;
  }
  /* Plots may be as low as the page around has room; other drawings say their height themselves. */
  .drawing.plot {
    min-height: min(${LEAST_HEIGHT}px, var(--init-most, ${LEAST_HEIGHT}px));
    max-height: var(--init-most, none);
  }
  /* As high as what is around it: the drawing has what is left, and asks for no more than the least. */
  :host([fill]),
  :host([fill]) figure {
    display: flex;
    flex-direction: column;
  }
  :host([fill]) :is(figure, .drawing) {
    flex: 1 0 auto;
  }
  :host([fill]) figure > :is(h3, .readout) {
    align-self: stretch;
  }
  :host([fill]) .drawing {
    position: relative;
    min-height: 160px;
    max-height: none;
    aspect-ratio: auto !important;
  }
  :host([fill]) .drawing svg {
    position: absolute;
  }
  .drawing svg {
    display: block;
    overflow: visible;
    max-width: 100%;
  }
  .drawing text {
    white-space: pre;
  }
  .cursor {
    fill: none;
    stroke: var(--init-secondary);
    stroke-width: 1;
    pointer-events: none;
  }
  .cursor.kept {
    stroke-width: 2;
  }
  figcaption {
    min-height: var(--init-caption-room, 0);
    margin: 4px 0 2px;
  }
  /* What belongs to the simulation of before, while the drawing is ahead of it. */
  figcaption,
  details {
    transition: opacity 120ms;
  }
  :host([data-ahead]) :is(figcaption, details) {
    opacity: 0.6;
  }
  .readout {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    height: 40px; /* two lines, whether they are needed or not: what is below stays where it is */
    line-height: 20px;
    color: var(--init-secondary);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  /* Beside the title, where both have room. */
  @container (min-width: 560px) {
    figure:has(> .readout) {
      grid-template-columns: fit-content(60%) minmax(0, 1fr);
      column-gap: 16px;
    }
    figure > * {
      grid-column: 1 / -1;
    }
    figure:has(> .readout) > h3 {
      grid-column: 1;
      align-self: end;
    }
    .readout {
      grid-area: 1 / 2;
      align-self: end;
      height: 32px;
      margin-bottom: 4px;
      line-height: 16px;
      text-align: right;
    }
  }
  .bar {
    position: absolute;
    inset: -10px 0 auto;
    display: flex;
    gap: 8px;
    align-items: center;
    font-size: 12px;
  }
  progress {
    flex: 1;
    height: 4px;
    accent-color: var(--init-accent);
  }
  .actions,
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: start;
  }
  .foot > details {
    min-width: 0;
    line-height: 24px;
  }
  .foot > details[open] {
    flex-basis: 100%;
  }
  .scroll {
    overflow-x: auto;
    max-height: 320px;
  }
  textarea {
    width: 100%;
    height: 120px;
    font:
      12px ui-monospace,
      monospace;
  }
  @media (prefers-reduced-motion: reduce) {
    figcaption,
    details {
      transition: none;
    }
  }
  @media print {
    :host {
      min-height: 0;
      break-inside: avoid;
    }
    figure {
      break-inside: avoid;
    }
    /* What was drawn for a window fills its column. */
    .drawing,
    .drawing.plot {
      height: auto !important;
      min-height: 0;
      max-height: none;
      aspect-ratio: auto !important;
    }
    .drawing svg {
      width: 100%;
      height: auto;
    }
    .actions,
    .readout,
    .bar,
    details {
      display: none;
    }
  }
`;
