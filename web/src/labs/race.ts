/**
 * What labs of trainings have in common: runs that are played back while they are computed. Frames
 * are kept as they come; what is shown is a place among them, which time or the reader moves.
 */
import { css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { RunOptions } from "../engine/client.js";
import type { RaceKind, Requests } from "../engine/request.js";
import type { SchemeResults, TrainingFrame, TrainingResult } from "../engine/results.js";
import type { PlayerChange } from "../controls/player.js";
import "../controls/player.js";
import type { TableChange } from "../controls/table-field.js";
import "../controls/table-field.js";
import type { NamedTable } from "../controls/table-field.js";
import { messagesOf } from "../i18n/index.js";
import { raceMessagesOf, raceWords } from "../i18n/race-messages.js";
import type { RaceMessages } from "../i18n/race-messages.js";
import type { Words } from "../i18n/words.js";
import { tableTask } from "./data-set.js";
import { LabElement } from "./lab.js";
import type { Shown } from "./lab-state.js";
import { factStyles } from "./run-facts.js";

/** Fields that have a control in every lab of races. */
export const RACE_FIELDS = [
  "data_set",
  "samples",
  "noise",
  "activation",
  "negative_slope",
  "omega_0",
  "expression",
  "depth",
  "width",
  "bias",
  "loss",
  "optimizer",
  "learning_rate",
  "momentum",
  "weight_decay",
  "batch",
  "steps",
  "seed",
] as const;

export type Race = Shown<RaceKind>;

/** Time between two pictures of a run that is played, in milliseconds. */
const TICK = 80;

/** Gives what is the same for all frames of an answer, by a name of its own; it is made when first asked for. */
export type OncePerAnswer = <T>(name: string, make: () => T) => T;

/** A run of a race that is under way: its frames so far, and where it has diverged. */
interface Running {
  readonly frames: TrainingFrame[];
  diverged: number;
}

function soFar({ frames, diverged }: Running): TrainingResult {
  return { frames: [...frames], diverged, allDiverged: new Float64Array(), ranges: null };
}

export abstract class RaceElement<K extends RaceKind, Name extends string> extends LabElement<
  K,
  Name
> {
  /** The frame that is shown; between two of them at slow speeds. */
  @state() protected position = 0;
  @state() protected playing = false;
  @state() private speed = 1;
  /** The reader's own table, for the data set "data". */
  @state() private table: NamedTable | undefined;
  /** The race that is shown while it is computed; undefined once it is known whole. */
  private collected:
    { runs: readonly Running[]; request: Requests[K]; slots: readonly number[] } | undefined;
  /** What was last shown of it. */
  private partial: unknown;
  /** What `oncePerAnswer` has made, by name, and for which answer. */
  private readonly made = new Map<string, unknown>();
  private madeFor: unknown;
  private races = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");

  static override styles = [
    ...LabElement.styles,
    css`
      init-player {
        grid-column: 1 / -1;
        position: sticky;
        top: 0;
        z-index: 1;
        padding: 8px 0;
        background: var(--init-ground);
        border-bottom: 1px solid var(--init-hairline);
      }
      .bare init-player,
      .few init-player {
        position: static; /* one or two figures are near it anyway */
      }
      .figures init-figure {
        scroll-margin-top: 64px;
      }
      /* Their captions grow while a run is played. */
      .figures
        init-figure:is([data-figure="boundary"], [data-figure="loss"], [data-figure="score"]) {
        --init-caption-room: 63px;
      }
      @container (max-width: 480px) {
        .figures
          init-figure:is([data-figure="boundary"], [data-figure="loss"], [data-figure="score"]) {
          --init-caption-room: 84px;
        }
      }
      @container (max-width: 320px) {
        .figures
          init-figure:is([data-figure="boundary"], [data-figure="loss"], [data-figure="score"]) {
          --init-caption-room: 105px;
        }
      }
      @media print {
        init-player {
          display: none;
        }
      }
    `,
    factStyles,
  ];

  protected override readonly controlled: readonly string[] = RACE_FIELDS;
  protected override readonly drawnFrom: readonly string[] = ["position"];

  protected override leave(): void {
    super.leave();
    this.pause();
  }

  /** Frames there are so far, of the schemes that have the most. */
  private get available(): number {
    const frames = this.answer?.results.map(({ result }) => result.frames.length) ?? [];
    return Math.max(0, ...frames);
  }

  /** The frame shown, as a whole number. */
  protected get frame(): number {
    return Math.max(0, Math.min(Math.floor(this.position), this.available - 1));
  }

  /** That frame in a run that has come to it: others may have diverged. */
  private get frameShown(): TrainingFrame | undefined {
    const runs = this.answer?.results.map(({ result }) => result.frames) ?? [];
    return runs.map((frames) => frames[this.frame]).find((frame) => frame !== undefined);
  }

  /** Frames of a whole run, which diverging ones do not reach; 1 before there is one. */
  private get planned(): number {
    return this.frameShown?.planned ?? 1;
  }

  protected override get stepShown(): number | undefined {
    return this.frameShown?.step;
  }

  /** Whether the frame shown is the last of the whole race. */
  protected get ended(): boolean {
    return this.frame >= (this.collected ? this.planned : this.available) - 1;
  }

  /** What is the same for all frames of an answer, such as an axis that holds whole runs. */
  protected readonly oncePerAnswer = <T>(name: string, make: () => T): T => {
    if (this.madeFor !== this.answer) {
      this.madeFor = this.answer;
      this.made.clear();
    }
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as T;
  };

  protected override prepare(request: Requests[K]): Requests[K] | undefined {
    if (request.data_set !== "data") return request;
    return this.table && { ...request, data: this.table.values };
  }

  /** A new race begins at its start, or at once at its end where nothing shall move. */
  protected override listeners(
    request: Requests[K],
    slots: readonly number[],
  ): Pick<RunOptions<K>, "onFrames" | "onResult"> {
    const { dragging } = this;
    const collected = {
      runs: request.schemes.map((): Running => ({ frames: [], diverged: 0 })),
      request,
      slots,
    };
    return {
      onFrames: (index, frames, diverged) => {
        if (dragging) return; // its end alone is shown
        const run = collected.runs[index];
        run?.frames.push(...frames);
        if (run) run.diverged = diverged;
        // It is not shown before every scheme has a frame: the race before it stays till then.
        if (collected.runs.some((of) => of.frames.length === 0)) return;
        if (this.collected !== collected) {
          this.collected = collected;
          this.publish();
          this.begin();
        } else if (!this.playing) this.publish();
      },
    };
  }

  protected override async compute(): Promise<void> {
    const race = ++this.races;
    const computed = super.compute();
    if (this.outdated) this.pause(); // what is over is not played under another's name
    await computed;
    if (race !== this.races) return; // the frames are a newer race's
    if (this.answer !== this.partial) this.collected = undefined; // else it was cancelled
    if (this.dragging) this.position = Infinity;
  }

  private begin(): void {
    this.pause();
    if (this.still.matches) this.position = Infinity;
    else {
      this.position = 0;
      this.play();
    }
  }

  /** Shows what has come so far. */
  private publish(): void {
    if (!this.collected) return;
    const { runs, request, slots } = this.collected;
    const results = runs.map((run, i) => ({ scheme: request.schemes[i], result: soFar(run) }));
    this.answer = { results: results as unknown as SchemeResults<K>, slots, request };
    this.partial = this.answer;
  }

  protected play(): void {
    this.playing = true;
    this.timer ??= setTimeout(this.tick, TICK);
  }

  protected pause(): void {
    this.playing = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly tick = (): void => {
    this.timer = undefined;
    if (!this.playing) return;
    // Frames are made faster than they are played: they come in portions.
    if (this.position + this.speed > this.available - 1) this.publish();
    const next = Math.min(this.position + this.speed, this.available - 1);
    if (next > this.position) this.position = next;
    if (!this.busy && this.position >= this.available - 1) this.pause();
    else if (this.position >= this.planned - 1) this.pause();
    else this.timer = setTimeout(this.tick, TICK);
  };

  private onPlayer({ detail: { frame, playing, speed } }: PlayerChange): void {
    if (speed !== undefined) this.speed = speed;
    if (playing === false) this.pause();
    if (playing) {
      if (!this.busy && this.frame >= this.available - 1) this.position = 0;
      this.play();
    }
    if (frame === undefined) return;
    this.pause();
    this.position = Math.max(0, Math.min(frame, this.available - 1));
  }

  protected renderPlayer() {
    if (!this.shows("player")) return nothing;
    const { ui } = messagesOf(this.locale);
    return html`<init-player
      .frame=${this.frame}
      .frames=${this.planned}
      .step=${this.frameShown?.step ?? 0}
      .steps=${this.shownRequest.steps}
      .playing=${this.playing}
      .speed=${this.speed}
      .locale=${this.locale}
      @player-change=${(event: PlayerChange) => this.onPlayer(event)}
    >
      ${
        this.progress === undefined
          ? nothing
          : html`<span>${ui.working(Math.round(100 * this.progress))}</span>
              <button class="link" @click=${() => this.abort?.abort()}>${ui.cancel}</button>`
      }
    </init-player>`;
  }

  protected override get words(): Words<RaceMessages> {
    return raceWords;
  }

  /** Frames play while the rest is computed: the figures are not dimmed. */
  protected override get figureProgress(): number | undefined {
    return undefined;
  }

  private onTable({ detail: table }: TableChange): void {
    this.table = table;
    const { inputs, classes } = tableTask(table);
    const before = this.state;
    this.edit({ data_set: "data", samples: table.rows, inputs, classes }, false);
    if (this.state === before) void this.compute();
  }

  /** Controls of the data, which both labs have. */
  protected renderData() {
    const { request } = this;
    const own = request.data_set === "data";
    return html`${this.control("data_set")}
    ${
      own
        ? html`<init-table-field
            target
            .table=${this.table}
            .locale=${this.locale}
            .help=${raceMessagesOf(this.locale).player.tableHelp}
            @table-change=${(event: TableChange) => this.onTable(event)}
          ></init-table-field>`
        : html`${this.control("samples")} ${this.control("noise")}`
    }`;
  }

  /** How it learns. */
  protected renderOptimizer() {
    const { request } = this;
    return html`${this.control("optimizer")} ${this.control("learning_rate")}
    ${request.optimizer === "momentum" ? this.control("momentum") : nothing}
    ${this.control("weight_decay")} ${this.control("batch")} ${this.control("steps")}
    ${this.control("loss")}`;
  }
}
