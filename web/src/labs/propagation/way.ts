/** Which rows of a net its signal and its gradient are followed along. */
import type { NetRow } from "../../engine/results.js";

/** Blocks by which a network is followed, the first that it has. Others are heads, or steps between. */
const FOLLOWED = ["res", "phi"];

/** Places, from 0, of the rows of the first such kind. */
export function wayOfRows(rows: readonly NetRow[]): number[] {
  const kind = FOLLOWED.find((id) => rows.some(({ block }) => block === id)) ?? rows[0]?.block;
  return rows.flatMap(({ block }, i) => (block === kind ? [i] : []));
}
