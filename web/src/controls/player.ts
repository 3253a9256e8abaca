/** Playback of something that has frames: back, play or pause, on, a slider, and the speed. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import { raceMessagesOf } from "../i18n/race-messages.js";
import type { Locale } from "../i18n/index.js";
import { shared } from "./styles.js";

/** What the reader wants of the playback. */
export class PlayerChange extends CustomEvent<{
  readonly frame?: number;
  readonly playing?: boolean;
  readonly speed?: number;
}> {
  constructor(detail: PlayerChange["detail"]) {
    super("player-change", { detail, bubbles: true, composed: true });
  }
}

const SPEEDS = [0.5, 1, 2, 4] as const;

/** Drawn, since fonts differ in such signs. */
const ICONS = {
  reset: "M3 3h2v10H3zM13 3v10L6 8z",
  play: "M4 3v10l9-5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M3 3v10l7-5zM11 3h2v10h-2z",
} as const;

@customElement("init-player")
export class PlayerElement extends QueuedElement {
  /** The frame that is shown, of `frames`. */
  @property({ type: Number }) frame = 0;
  @property({ type: Number }) frames = 1;
  /** The step that the frame shows, of `steps`. */
  @property({ type: Number }) step = 0;
  @property({ type: Number }) steps = 1;
  @property({ type: Boolean }) playing = false;
  @property({ type: Number }) speed = 1;
  @property() locale: Locale = "en";

  static override styles = [
    shared,
    css`
      .player {
        position: relative;
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      input {
        flex: 1 1 64px;
      }
      output {
        font-variant-numeric: tabular-nums;
        min-width: 9em;
      }
      button {
        min-width: 36px;
      }
      /* What comes and goes moves nothing. */
      .work {
        position: absolute;
        inset: calc(100% + 10px) 0 auto auto;
        padding: 0 4px;
        font-size: 12px;
        background: var(--init-ground);
        white-space: nowrap;
      }
      /* Its number has more digits later. */
      .work ::slotted(span) {
        display: inline-block;
        min-width: 9em;
        font-variant-numeric: tabular-nums;
      }
      svg {
        display: block;
        margin: auto;
        fill: currentColor;
      }
    `,
  ];

  private tell(detail: PlayerChange["detail"]): void {
    this.dispatchEvent(new PlayerChange(detail));
  }

  private button(action: keyof typeof ICONS, detail: PlayerChange["detail"]) {
    const label = raceMessagesOf(this.locale).player[action];
    return html`<button aria-label=${label} title=${label} @click=${() => this.tell(detail)}>
      <svg width="16" height="16" aria-hidden="true"><path d=${ICONS[action]} /></svg>
    </button>`;
  }

  override render() {
    const { player } = raceMessagesOf(this.locale);
    const { frame, frames, step, steps, playing } = this;
    const numberOf = (event: Event) => Number((event.target as HTMLInputElement).value);
    return html`<div class="player" role="group" aria-label=${player.title}>
      ${this.button("reset", { frame: 0 })}
      ${this.button(playing ? "pause" : "play", { playing: !playing })}
      ${this.button("next", { frame: frame + 1 })}
      <input
        type="range"
        aria-label=${player.step}
        min="0"
        max=${frames - 1}
        .value=${String(frame)}
        @input=${(event: Event) => this.tell({ frame: numberOf(event) })}
      />
      <output>${player.at(step, steps)}</output>
      <select
        aria-label=${player.speed}
        @change=${(event: Event) => this.tell({ speed: numberOf(event) })}
      >
        ${SPEEDS.map(
          (speed) =>
            html`<option value=${speed} ?selected=${speed === this.speed}>${speed}×</option>`,
        )}
      </select>
      <span class="work"><slot></slot></span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-player": PlayerElement;
  }
}
