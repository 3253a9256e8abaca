/** Where a figure comes from, for those who take it home: what it was computed of, and the page around it. */
import type { FieldId } from "../engine/catalogue.js";
import type { JobKind, Requests } from "../engine/request.js";

/** Kinds of request that have a lab. */
export type LabKind = Exclude<JobKind, "matrix" | "meanField" | "plan">;

export interface Source {
  readonly kind: LabKind;
  /** The request that the figure answers, and the same as text. */
  readonly request: Requests[LabKind];
  readonly state: string;
  /** The slot of each of the request's schemes. */
  readonly slots: readonly number[];
  /** The step that is shown, of a request that is answered by many; no address has it. */
  readonly step?: number | undefined;
  /** The field that is on the axis from this value to the request's. */
  readonly swept?: { readonly field: FieldId; readonly from: number } | undefined;
  /** What the page around can do, which comes when it is asked for; undefined in a page of others. */
  readonly home: (() => Promise<Home>) | undefined;
}

/** What a page that labs stand in can do with a state. */
export interface Home {
  /** Where the state is shown; undefined where that has no address for others, as in a file. */
  readonly address: (kind: LabKind, state: string) => string | undefined;
  /** Hands out the figure of this name, alone, for the pages of others. */
  readonly embed?: (kind: LabKind, state: string, figure: string, title: string) => void;
}
