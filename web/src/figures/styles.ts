/** How a figure looks, but for what is drawn in it. */
import { css } from "lit";

export const figureStyles = css`
  /* No figure is lower, and one that has not appeared yet moves nothing when it does. */
  :host {
    display: block;
    min-height: 240px;
  }
  figure {
    margin: 0;
    position: relative;
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
  .drawing:empty {
    aspect-ratio: 1.6;
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
    margin: 4px 0;
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
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: start;
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
    figure {
      break-inside: avoid;
    }
    .actions,
    .readout,
    .bar,
    details {
      display: none;
    }
  }
`;
