/** What each activation does to a network whose variance it keeps at 1: computed by the engine, one after the other. */
import { catalogue, ownField } from "../../engine/catalogue.js";
import type { ActivationId, FieldId } from "../../engine/catalogue.js";
import type { Engine } from "../../engine/client.js";
import type { PhaseRequest } from "../../engine/request.js";
import type { Advice } from "../../engine/results.js";

/** What says which function an activation is. */
export type Activated = Pick<
  PhaseRequest,
  "activation" | "negative_slope" | "omega_0" | "expression"
>;

/** Whether deviations of Var(z) from 1 die out, grow, or stay as they are. */
export type Verdict = "attracts" | "repels" | "neither";

export interface Stability {
  readonly activation: ActivationId;
  /** 1/sqrt(E[phi(z)^2]) at variance 1: with weights of std gain/sqrt(fan_in) Var(z) stays at 1. */
  readonly gain: number;
  /** The gradient's factor a layer under that gain. */
  readonly chi1: number;
  /** A small deviation of Var(z) from 1 is so many times as large a layer later. */
  readonly chiQ: number;
  readonly verdict: Verdict;
  /** Layers until such a deviation is ten times, or a tenth of, what it was; infinite where it stays. */
  readonly tenfold: number;
  /** sigma_w^2 that is critical without biases; NaN for none. */
  readonly critical: number;
  /** The point below which critical points repel, where some do. */
  readonly halfStable: { readonly sigmaW2: number; readonly sigmaB2: number } | undefined;
}

/** chi_q that is 1 but for rounding. */
const ROUNDING = 1e-9;

/** What chi_q says of a deviation; a negative one turns its sign over in every layer. */
export function verdictOf(chiQ: number): { verdict: Verdict; tenfold: number } {
  const factor = Math.abs(chiQ);
  if (Math.abs(factor - 1) < ROUNDING) return { verdict: "neither", tenfold: Infinity };
  return {
    verdict: factor < 1 ? "attracts" : "repels",
    tenfold: Math.LN10 / Math.abs(Math.log(factor)),
  };
}

function stabilityOf(activation: ActivationId, advice: Advice): Stability {
  const { unitVarianceGain: gain, unitChiQ: chiQ, slopeAtUnit, withoutBias } = advice;
  return {
    activation,
    gain,
    chi1: gain ** 2 * slopeAtUnit,
    chiQ,
    ...verdictOf(chiQ),
    critical: withoutBias.sigmaW2,
    halfStable: advice.halfStableQ > 0 ? advice.halfStable : undefined,
  };
}

/** The activations that are compared: all with a name, and the reader's own where it is chosen. */
export function compared({ activation }: Activated): readonly ActivationId[] {
  return catalogue.activations
    .filter(({ id, needs }) => needs === undefined || id === activation)
    .map(({ id }) => id);
}

/** The least network that theory has something to say of: what is asked is its activation's alone. */
const SMALLEST = { depth: 1, width: 1, batch: 1 };

/** What holds for one activation, with the request's parameters. */
export async function askStability(
  engine: Engine,
  activation: ActivationId,
  { negative_slope, omega_0, expression }: Activated,
  signal?: AbortSignal,
): Promise<Stability | undefined> {
  const request = { ...SMALLEST, activation, negative_slope, omega_0, expression };
  const [answer] = await engine.run("meanField", request, { signal });
  return answer && stabilityOf(activation, answer.result.advice);
}

/** The rows of the table, of which those are asked for that are not known yet. */
export class StabilityRows {
  private known = new Map<string, Stability>();

  /** What a row depends on: its activation, and the field that this has to itself. */
  private static keyOf(activation: ActivationId, activated: Activated): string {
    const own = ownField(activation);
    const given: Partial<Record<FieldId, unknown>> = activated;
    return JSON.stringify([activation, own && given[own]]);
  }

  /** All rows, one after the other. Where that is called off, those that came are known; at its end no others are. */
  async of(
    engine: Engine,
    activated: Activated,
    signal?: AbortSignal,
  ): Promise<readonly Stability[]> {
    const rows = new Map<string, Stability>();
    for (const activation of compared(activated)) {
      const key = StabilityRows.keyOf(activation, activated);
      const row =
        this.known.get(key) ?? (await askStability(engine, activation, activated, signal));
      if (!row) continue;
      this.known.set(key, row);
      rows.set(key, row);
    }
    this.known = rows;
    return [...rows.values()];
  }
}
