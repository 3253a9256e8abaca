/** What a figure shows, as a lab says it. */
import type { Drawing, Frame } from "../charts/plot.js";
import type { Table } from "./export.js";

export interface FigureContent {
  readonly title: string;
  /** Width over height, which may depend on the width. */
  readonly aspect: number | ((width: number) => number);
  readonly draw: (frame: Frame) => Drawing;
  /** What is done with each drawing once it is there, and where it takes the place of another. */
  readonly drawn?: (drawing: Drawing, before: Drawing | undefined) => void;
  /** What is seen, in a sentence or a few. */
  readonly caption: string;
  /** How the drawing is read, where that does not go without saying. */
  readonly how?: string;
  /** What stands behind the caption, such as a link; no part of files. */
  readonly more?: unknown;
  readonly table: Table;
  /** What the file has, where that is more than one reads. */
  readonly csv?: () => Table;
  /** What the cursor says at position i. */
  readonly describe?: (i: number) => string;
  /** The layer of position 0, where positions are layers: all such figures share one cursor. */
  readonly firstLayer?: number;
  /** A point in the drawing that the reader moves by pointer and arrow keys. */
  readonly handle?: {
    /** To a place in the plot's own units; `settled` when it is let go. */
    readonly move: (x: number, y: number, settled: boolean) => void;
    /** By one small step, while a key is held; `settle` when it is let go. */
    readonly nudge: (right: number, up: number) => void;
    readonly settle: () => void;
    readonly help: string;
    /** Where it is, in words. */
    readonly readout: string;
  };
}

/** Figures by their names; undefined is one that there is not of this request. */
export type Figures<Name extends string> = Readonly<Record<Name, FigureContent | undefined>>;
