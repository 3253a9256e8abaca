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
}
export interface PrintedCatalogue {
  readonly requests: Readonly<Record<string, readonly PrintedField[]>>;
  readonly jobs: readonly PrintedJob[];
}
export declare function requestTypes(catalogue: PrintedCatalogue): string;
export declare function jobTable(catalogue: PrintedCatalogue): string;
