/** What the core prints of a field, as far as types are made of it. */
export interface PrintedField {
  readonly id: string;
  readonly kind: string;
  readonly doc?: string;
  readonly symbol?: string;
  readonly follows?: string;
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** How many numbers a list may hold. */
  readonly leastRank?: number;
  readonly mostRank?: number;
  readonly default: unknown;
  readonly choices?: readonly string[];
}
export interface PrintedJob {
  readonly id: string;
  readonly request: string;
  /** What the package's function for it is named. */
  readonly call: string;
  readonly doc: string;
  /** What numbers of the caller may go with it; "" for none. */
  readonly data: string;
  readonly race: boolean;
  readonly schemes: readonly object[];
  /** What schemes after the first are asked instead; empty where that is nothing else. */
  readonly later: object;
}
export interface PrintedCatalogue {
  readonly requests: Readonly<Record<string, readonly PrintedField[]>>;
  readonly jobs: readonly PrintedJob[];
  readonly limits: { readonly mostSchemes: number };
  /** The ends of what a seed may be, as text. */
  readonly seed: { readonly least: string; readonly most: string };
}
export declare function requestTypes(catalogue: PrintedCatalogue): string;
export declare function jobTable(catalogue: PrintedCatalogue): string;
