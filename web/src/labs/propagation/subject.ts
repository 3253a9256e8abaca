/**
 * The network that the lab is about: whether its editor is open, and the code that edits and draws it,
 * which is loaded then.
 */
import { css, html, nothing } from "lit";
import { loadPart } from "../../controls/part.js";
import type { FieldChange } from "../../controls/field.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { FigureContent } from "../../figures/content.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import type { Shown } from "../lab-state.js";
import type { NetHost, NetPanel, NetView } from "./net/panel.js";
import { hasNet } from "./state.js";

const loadPanel = () => import("./net/panel.js");

/** Of the group that the editor is in. */
export const subjectStyles = css`
  .net {
    margin-bottom: 8px;
  }
  /* Shut, and beside controls or in a wide lab, it is on one line with the tabs of the drawing. */
  @container (min-width: 600px) {
    .shown:has(> .net:not([open])) {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
    .net:not([open]),
    .net:not([open]) + .figures {
      grid-area: 1 / 1;
    }
    .net:not([open]) {
      z-index: 1;
      margin: 3px 0 0;
      place-self: start;
    }
    .net:not([open]) + .figures .room {
      min-height: 28px;
      padding-left: 184px;
    }
  }
  @container (min-width: 850px) {
    /* Drawing and both plots in the first screen. */
    .figures.pairs > [data-figure="activation"],
    .figures.pairs > [data-figure="gradient"] {
      --init-most: max(220px, 34vh);
    }
  }
  /* What the editor takes before a block is picked: figures stay where they are when it comes. */
  .net[open] {
    min-height: 470px;
  }
  @container (min-width: 700px) {
    .net[open] {
      min-height: 296px;
    }
  }
  @media print {
    .net {
      display: none;
    }
  }
  .net > summary {
    font-weight: 600;
    color: var(--init-text);
  }
`;

interface SubjectHost extends NetHost {
  /** Whether the drawing is wanted wherever there is a network. */
  readonly drawn: () => boolean;
  /** Says that the code did not come. */
  readonly lack: (error: unknown) => void;
}

/** What a change of the text changes: it says its widths itself, and white space means nothing in it. */
export function netChange({ value, dragging }: FieldChange["detail"]) {
  return { net: dragging ? value : String(value).replaceAll(/\s/g, ""), widths: undefined };
}

export class Subject {
  private panel: NetPanel | undefined;
  /** Whether the reader opened the editor, or shut it; undefined before that. */
  private opened: boolean | undefined;

  constructor(private readonly host: SubjectHost) {}

  /** Whether the network is edited, or drawn as its blocks. */
  get open(): boolean {
    return this.host.drawn() || (this.opened ?? hasNet(this.host.request()));
  }

  /** Tells what edits and draws the network of a new state, where it is open. */
  follow(): void {
    if (!this.open) return;
    if (this.panel) return this.panel.follow();
    void loadPart(loadPanel).then(({ NetPanel }) => {
      this.panel ??= new NetPanel(this.host);
      this.host.changed();
    }, this.host.lack);
  }

  figure(
    chosen: Shown<"propagation"> | undefined,
    request: PropagationRequest,
    locale: Locale,
  ): FigureContent | undefined {
    return this.open ? this.panel?.figure(chosen, request, locale) : undefined;
  }

  /** Picks the block in the drawing that an event is about. */
  readonly onDrawing = (event: Event): void => this.panel?.onDrawing(event);

  private readonly onToggle = (event: Event): void => {
    this.opened = (event.currentTarget as HTMLDetailsElement).open;
    this.host.changed();
  };

  render(view: NetView, onField: (event: FieldChange) => void) {
    const { open } = this;
    return html`<details
      class="net"
      ?open=${open}
      @toggle=${this.onToggle}
      @field-change=${onField}
    >
      <summary>${messagesOf(view.locale).ui.groups.blocks}</summary>
      ${open ? this.panel?.controls(view) : nothing}
    </details>`;
  }
}
