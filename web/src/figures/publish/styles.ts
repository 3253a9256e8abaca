/** How the dialog looks. */
import { css } from "lit";

export const publishStyles = css`
  dialog {
    width: min(760px, calc(100vw - 16px));
    max-height: calc(100dvh - 16px);
    overflow-y: auto;
    padding: 16px 20px;
    color: var(--init-text);
    background: var(--init-ground);
    border: 1px solid var(--init-hairline);
    border-radius: 4px;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  h2 {
    margin: 0 0 12px;
    font-size: 18px;
  }
  img {
    display: block;
    width: auto;
    height: auto;
    max-width: 100%;
    max-height: 50dvh;
    margin: 0 auto;
    border: 1px solid var(--init-hairline);
  }
  /* What is seen through: squares of two tones, on which the theme's colours are read. */
  img.none {
    background-image: repeating-conic-gradient(rgb(128 128 128 / 16%) 0 25%, transparent 0 50%);
    background-size: 16px 16px;
  }
  img.none.light {
    background-color: #ffffff;
  }
  img.none.dark {
    background-color: #14171a;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 28px;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset:disabled {
    color: var(--init-secondary);
  }
  legend {
    padding: 0;
    color: var(--init-secondary);
    font-size: 13px;
  }
  label {
    display: flex;
    gap: 6px;
    align-items: center;
    min-height: 32px;
  }
  input[type="radio"] {
    width: 16px;
    height: 16px;
    min-height: 0;
    margin: 0;
    accent-color: var(--init-accent);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    margin: 12px 0 8px;
  }
  .actions button {
    min-height: 32px;
  }
  textarea {
    display: block;
    width: 100%;
    margin: 4px 0 8px;
    color: inherit;
    background: var(--init-raised);
    border: 1px solid var(--init-border);
    font:
      12px/1.5 ui-monospace,
      monospace;
  }
`;
