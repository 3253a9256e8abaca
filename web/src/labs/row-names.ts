/** What figures by layer call their lines: rows of a net by their labels, layers by their numbers. */
import type { NetRow } from "../engine/results.js";
import type { Messages } from "../i18n/index.js";

type Rows = readonly Pick<NetRow, "label">[] | null | undefined;

/** The first cell of a line in a table. */
export function rowKey(rows: Rows, layer: number): string | number {
  return rows?.[layer - 1]?.label ?? layer;
}

/** The line as a cursor names it: "res 3", "Layer 3". The inputs, layer 0, are no row. */
export function rowName(rows: Rows, layer: number, { figures }: Messages): string {
  return rows?.[layer - 1]?.label ?? figures.atLayer(layer);
}
