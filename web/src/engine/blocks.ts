/** The blocks of networks that are texts: apart from the catalogue, for a page needs them only where one is edited. */
import { data } from "../generated/blocks.js";
import type { Field } from "./catalogue.js";

export interface NetBlock {
  readonly id: string;
  /** Its options. */
  readonly fields: readonly (Pick<Field, "kind" | "min" | "max" | "choices"> & {
    readonly id: string;
  })[];
}

export const blocks = data as unknown as readonly NetBlock[];
