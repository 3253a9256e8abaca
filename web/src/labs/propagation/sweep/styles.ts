/** How <init-sweep> looks: beside one another where there is room, without choices on paper. */
import { css } from "lit";

export const sweepStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: end;
  }
  label {
    display: grid;
    gap: 2px;
  }
  /* What is said of the work keeps its room while it is counted. */
  .work {
    min-height: 40px;
  }
  .figures {
    display: grid;
    gap: 28px 32px;
    grid-template-columns: minmax(0, 1fr);
    margin-top: 16px;
  }
  @container (min-width: 850px) {
    .figures.pair {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  :host([fill]) .work {
    min-height: 0;
  }
  :host([fill]) .figures {
    display: flex;
    flex-direction: column;
    margin-top: 0;
  }
  :host([fill]) :is(.figures, init-figure) {
    flex: 1 0 auto;
  }
  @media print {
    .choices,
    .work {
      display: none;
    }
  }
`;
