/** What an audit says of files, as the lab reads it. Lengths are counts, `std` and `bound` are of the values as stored. */

export type Verdict = "untouched" | "consistent" | "not_at_init" | "trivial" | "not_judged";
export type Severity = "error" | "warning" | "note";
export type LawShape = "uniform" | "normal" | "truncated_normal";

/** A distribution that a tensor's values agree with; equal formulas are one, with all their names. */
export interface AcceptedLaw {
  readonly names: readonly string[];
  readonly shape: LawShape;
  readonly std: number;
  /** Largest magnitude; 0 where there is none. */
  readonly bound: number;
  /** Kolmogorov and Smirnov's, of the values looked at. */
  readonly distance: number;
}

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** What was counted or measured. */
  readonly number: number;
  /** An index, rows, a law or another tensor: what `id` says. */
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
    /** Row-major index of the first NaN or infinity, or null. */
    readonly firstNonfinite: number | null;
    /** Shares of the values. */
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
  readonly histogram: {
    readonly from: number;
    readonly to: number;
    readonly counts: ArrayLike<number>;
  };
  /** Norms of rows 0, `rowStep`, 2 `rowStep` and so on. */
  readonly rowNorms: ArrayLike<number>;
  readonly rowStep: number;
  readonly findings: readonly Finding[];
}

/** A tensor's place in the stream of random words that the model was drawn from. */
export interface LedgerEntry {
  /** Place in the list of tensors. */
  readonly tensor: number;
  readonly offset: number;
  /** Words that it takes. */
  readonly words: number;
  /** Whether its values are certified to be these; else its place predicts them. */
  readonly proved: boolean;
}

export interface Audit {
  readonly format: string;
  readonly files: readonly string[];
  readonly tensors: readonly TensorReport[];
  readonly findings: readonly Finding[];
  /** Of most of its tensors, or null. */
  readonly seed: number | null;
  /** By offset: the order in which the model was built. */
  readonly ledger: readonly LedgerEntry[];
}
