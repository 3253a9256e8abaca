/** What an audit says of files, as the lab reads it. Lengths are counts, `std` and `bound` are of the values as stored. */

export type Verdict = "untouched" | "consistent" | "not_at_init" | "trivial" | "not_judged";
export type Severity = "harm" | "doubt" | "note";
export type LawShape = "uniform" | "normal" | "truncated_normal";

/** A distribution that a tensor's values agree with; equal formulas are one, with all their names. */
export interface AcceptedLaw {
  readonly names: readonly string[];
  readonly shape: LawShape;
  readonly std: number;
  /** Half the width of a uniform law; NaN for the others. */
  readonly bound: number;
  /** How far the values are from it, in units of what chance allows. */
  readonly distance: number;
}

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** What was counted or measured. */
  readonly number: number;
  /** A tensor's name, or an index in it. */
  readonly place: string;
}

export interface TensorReport {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly layout: "torch" | "keras";
  readonly count: number;
  readonly file: string;
  readonly tiedTo: string | null;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly statistics: {
    readonly mean: number;
    readonly std: number;
    readonly min: number;
    readonly max: number;
    readonly excessKurtosis: number;
    readonly zeros: number;
    readonly nan: number;
    readonly inf: number;
    readonly firstNonfinite: number;
    readonly subnormalF16: number;
    readonly underflowF16: number;
  };
  readonly certificate: "lattice" | "phase" | "none";
  readonly verdict: Verdict;
  /** Id of the reason for which there is no certificate, or of what the values are. */
  readonly why: string;
  readonly laws: readonly AcceptedLaw[];
  readonly seed: { readonly seed: number; readonly offset: number } | null;
  /** |w - w0| / |w0| where the initial values are known, else null. */
  readonly distance: number | null;
  readonly histogram: { readonly from: number; readonly to: number; readonly counts: Uint32Array };
  readonly rowNorms: Float64Array;
  readonly findings: readonly Finding[];
}

/** A tensor's place in the stream of random words that the model was drawn from. */
export interface LedgerEntry {
  readonly name: string;
  readonly offset: number;
  /** Words that it takes. */
  readonly words: number;
}

export interface Audit {
  readonly format: string;
  readonly files: readonly string[];
  readonly tensors: readonly TensorReport[];
  readonly findings: readonly Finding[];
  readonly ledger: { readonly seed: number; readonly entries: readonly LedgerEntry[] } | null;
}
