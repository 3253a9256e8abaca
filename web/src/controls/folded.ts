/** A group of a lab that costs something: it is drawn, and what it needs is loaded, while it is open. */
import { html, nothing } from "lit";

export class Folded {
  private opened = false;

  constructor(
    /** Has what the group stands in drawn anew. */
    private readonly changed: () => void,
    /** Loads the code of what is in it. */
    private readonly load: () => void = () => undefined,
  ) {}

  get open(): boolean {
    return this.opened;
  }

  private readonly onToggle = ({ currentTarget }: Event): void => {
    this.opened = (currentTarget as HTMLDetailsElement).open;
    if (this.opened) this.load();
    this.changed();
  };

  render(summary: string, body: () => unknown, kind = "") {
    return html`<details class=${kind} ?open=${this.opened} @toggle=${this.onToggle}>
      <summary>${summary}</summary>
      ${this.opened ? body() : nothing}
    </details>`;
  }
}
