/** The cursor of a figure: where it is and where it is kept, by pointer and keys, and shared with figures of the same layers. */
import type { ReactiveController, ReactiveElement } from "lit";
import { svgElement } from "../charts/plot.js";
import type { Drawing } from "../charts/plot.js";
import type { FigureContent } from "./content.js";
import { LayerChange } from "./layer-change.js";

type Host = ReactiveElement & { readonly content: FigureContent | undefined };

/** The middles of what a cursor moves through. */
function positionsOf({ xs, ys }: Drawing): readonly number[] {
  return ys?.map(({ from, to }) => (from + to) / 2) ?? xs;
}

export class Cursor implements ReactiveController {
  /** Where it is; -1 for nowhere. */
  at = -1;
  /** Where the reader keeps it; -1 for nowhere. */
  kept = -1;
  /** Whether it is that of another figure, which says its values aloud itself. */
  following = false;
  private root: Node | undefined;
  /** Of what position those are that it put beside a plot; the drawing's own is of none. */
  private readonly detailed = new WeakMap<Element, number>();

  constructor(private readonly host: Host) {
    host.addController(this);
  }

  hostConnected(): void {
    this.root = this.host.getRootNode();
    this.root.addEventListener(LayerChange.type, this.onLayer);
  }

  hostDisconnected(): void {
    this.root?.removeEventListener(LayerChange.type, this.onLayer);
  }

  /** Where the reader looks, first of all at what is kept. */
  get looked(): number {
    return this.kept >= 0 ? this.kept : this.at;
  }

  /** Leaves places that a new drawing does not have. */
  fit(drawing: Drawing): void {
    const { length } = positionsOf(drawing);
    const within = (place: number) => (place < length ? place : -1);
    this.move(within(this.at), within(this.kept), this.following);
  }

  /** Keeps it where it is, or lets it go where it is kept already. */
  keep(): void {
    const { handle, describe } = this.host.content ?? {};
    if (handle || !describe || this.at < 0) return;
    this.point(this.at, this.kept === this.at ? -1 : this.at);
  }

  /** Goes back to where it is kept. */
  leave(): void {
    this.point(this.kept);
  }

  /** Goes to the position that is nearest to a pointer; the drawing fills `width` pixels of its own. */
  toPointer(event: PointerEvent, drawing: Drawing, width: number): void {
    const positions = positionsOf(drawing);
    if (positions.length === 0) return;
    const box = drawing.svg.getBoundingClientRect();
    const from = drawing.ys ? event.clientY - box.top : event.clientX - box.left;
    const at = (from / box.width) * width;
    let best = 0;
    positions.forEach((x, i) => {
      if (Math.abs(x - at) < Math.abs((positions[best] ?? 0) - at)) best = i;
    });
    this.point(best);
  }

  /** Moves by a key, or keeps what it is at. */
  toKey(event: KeyboardEvent, drawing: Drawing | undefined): void {
    if (event.key === "Enter") return this.keep();
    const count = drawing ? positionsOf(drawing).length : 0;
    const [back, on] = [Math.max(0, this.at - 1), Math.min(count - 1, this.at + 1)];
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: back,
      ArrowRight: on,
      ...(drawing?.ys && { ArrowUp: back, ArrowDown: on }),
      Home: 0,
      End: count - 1,
      Escape: -1,
    };
    const target = to[event.key];
    if (target === undefined || count === 0) return;
    event.preventDefault();
    this.point(target, event.key === "Escape" ? -1 : this.kept);
  }

  /** Draws it where it is and where it is kept, instead of where it was. */
  draw({ svg, xs, ys, top, bottom, detail }: Drawing, width: number): void {
    for (const old of svg.querySelectorAll(".cursor")) old.remove();
    for (const place of new Set([this.kept, this.at])) {
      const x = xs[place];
      const y = ys?.[place];
      if (x === undefined && !y) continue;
      const around = y && `M0,${y.from}h${width}V${y.to}h${-width}Z`;
      const d = around ?? `M${x},${top}V${bottom}`;
      svgElement("path", { d, class: place === this.kept ? "cursor kept" : "cursor" }, svg);
    }
    if (detail) this.place(svg.querySelector(".detail"), detail);
  }

  /** Puts what stands beside the plot for the position in place of what is of another. */
  private place(there: Element | null, detail: NonNullable<Drawing["detail"]>): void {
    if (!there || (this.detailed.get(there) ?? -1) === this.at) return;
    const drawn = detail(this.at);
    this.detailed.set(drawn, this.at);
    there.replaceWith(drawn);
  }

  private move(at: number, kept: number, following: boolean): void {
    if (at === this.at && kept === this.kept && following === this.following) return;
    [this.at, this.kept, this.following] = [at, kept, following];
    this.host.requestUpdate();
  }

  /** The reader puts it here, or takes it away: -1. */
  private point(position: number, kept = this.kept): void {
    this.move(position, kept, false);
    const { firstLayer } = this.host.content ?? {};
    if (firstLayer === undefined) return;
    const layerOf = (place: number) => (place < 0 ? undefined : firstLayer + place);
    const detail = { by: this, layer: layerOf(position), kept: layerOf(kept) };
    this.root?.dispatchEvent(new LayerChange(LayerChange.type, { detail }));
  }

  private readonly onLayer = (event: Event): void => {
    const { firstLayer } = this.host.content ?? {};
    if (!(event instanceof LayerChange) || event.detail.by === this || firstLayer === undefined)
      return;
    const { layer, kept } = event.detail;
    const placeOf = (one: number | undefined) =>
      one === undefined ? -1 : Math.max(-1, one - firstLayer);
    this.move(placeOf(layer), placeOf(kept), true);
  };
}
