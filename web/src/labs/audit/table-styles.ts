/** How the table of tensors looks: columns where there is room, else a card a tensor. */
import { css } from "lit";

export const markStyles = css`
  .mark {
    flex: none;
    margin-top: 4px;
  }
  .certified {
    fill: none;
    stroke: var(--audit-certified);
    stroke-width: 1.6;
  }
  .certified.filled {
    fill: var(--audit-certified);
  }
  .moved {
    fill: none;
    stroke: var(--audit-moved);
    stroke-width: 1.8;
  }
  .plain {
    stroke: var(--init-secondary);
    stroke-width: 1.6;
  }
  .mini .area {
    fill: var(--init-secondary);
    fill-opacity: 0.35;
  }
  .mini .law {
    fill: none;
    stroke: var(--init-text);
    stroke-width: 1.2;
  }
`;

export const tableStyles = css`
  :host {
    display: block;
    min-width: 0;
    container-type: inline-size;
  }
  h3 {
    font-size: 15px;
    font-weight: 600;
    margin: 0 0 4px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: end;
    margin-bottom: 4px;
  }
  label {
    display: grid;
    gap: 2px;
    color: var(--init-secondary);
    font-size: 13px;
  }
  label > * {
    color: var(--init-text);
    font-size: 14px;
  }
  .scroll {
    overflow: auto;
    max-height: max(320px, min(70vh, 640px));
    border-block: 1px solid var(--init-hairline);
  }
  [role="row"] {
    display: grid;
    gap: 0 12px;
    grid-template-columns: minmax(0, 1fr) auto;
    padding: 6px 2px;
    border-bottom: 1px solid var(--init-hairline);
    content-visibility: auto;
    contain-intrinsic-size: auto 78px;
  }
  [role="row"].head {
    display: none;
  }
  [role="row"].module {
    contain-intrinsic-size: auto 28px;
    display: block;
    padding: 8px 2px 2px;
    border-bottom: 0;
    color: var(--init-secondary);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  [role="row"].open {
    background: var(--init-raised);
  }
  [role="cell"] {
    min-width: 0;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .name button {
    text-align: start;
    overflow-wrap: anywhere;
  }
  .histogram {
    grid-column: 2;
    grid-row: 1 / span 2;
  }
  .shape,
  .scale,
  .distance,
  .count {
    color: var(--init-secondary);
  }
  :is(.scale, .distance)[data-label]::before {
    content: attr(data-label) " ";
  }
  .facts {
    grid-column: 1;
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  .verdict {
    grid-column: 1 / -1;
    display: flex;
    gap: 6px;
    overflow-wrap: anywhere;
  }
  .findings {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }
  .error {
    color: var(--init-error);
  }
  @container (min-width: 760px) {
    [role="row"]:not(.module),
    [role="row"].head {
      display: grid;
      grid-template-columns:
        minmax(110px, 1.1fr) minmax(72px, 0.7fr) 96px 60px 76px minmax(180px, 2.4fr)
        minmax(100px, 1.3fr);
      align-items: start;
      contain-intrinsic-size: auto 40px;
    }
    [role="row"].head {
      position: sticky;
      top: 0;
      z-index: 1;
      align-items: end;
      background: var(--init-ground);
      content-visibility: visible;
    }
    [role="columnheader"] {
      font-size: 13px;
      font-weight: 600;
      line-height: 24px;
      color: var(--init-secondary);
      min-width: 0;
    }
    [role="columnheader"] button {
      border: 0;
      background: none;
      padding: 0;
      min-height: 24px;
      font-weight: 600;
      text-align: inherit;
      color: inherit;
    }
    [role="columnheader"].number,
    .scale,
    .distance {
      text-align: right;
    }
    .facts {
      display: contents;
    }
    :is(.shape, .scale, .distance, .histogram, .verdict, .findings) {
      grid-column: auto;
      grid-row: auto;
    }
    :is(.scale, .distance)[data-label]::before {
      content: none;
    }
    .shape {
      overflow-wrap: anywhere;
    }
    /* Nobody knows how far any has come. */
    .unmoved [role="row"],
    .unmoved [role="row"].head {
      grid-template-columns:
        minmax(110px, 1.1fr) minmax(72px, 0.7fr) 96px 60px minmax(180px, 2.4fr)
        minmax(100px, 1.3fr);
    }
    .unmoved :is(.distance, .head > :nth-child(5)) {
      display: none;
    }
  }
  @media print {
    .tools {
      display: none;
    }
    .scroll {
      max-height: none;
    }
    [role="row"] {
      content-visibility: visible;
    }
  }
`;
