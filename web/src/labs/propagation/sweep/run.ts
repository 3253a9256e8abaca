/** How a sweep is computed: size after size, so that the lab's own requests wait for one of them at most. */
import { schemeOf } from "../../../engine/catalogue.js";
import type { Engine } from "../../../engine/client.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { NetWeight, PropagationResult, SchemeResults } from "../../../engine/results.js";
import { seriesFor, signalOf } from "../data.js";
import { planRequest } from "../plan.js";
import { placesOf, requestAt } from "./choice.js";
import type { Choice } from "./choice.js";

/** A signal at its last layer, and a gradient at its first: where each has gone all the way. */
export type Ending = "activation" | "gradient";

/** What networks of one size and scheme come to; NaN where there is no such number. */
export interface Spot {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly theory: number;
  /** Two standard deviations over networks about theory's line, where a formula holds. */
  readonly low: number;
  readonly high: number;
}

/** One size's networks: a spot for each scheme. */
export interface Point {
  readonly place: number;
  readonly spots: Readonly<Record<Ending, readonly Spot[]>>;
}

/** Multiplications that make a matrix orthogonal, as Householder's reflections do it and give its Q. */
function factoring({ outputs, inputs }: NetWeight): number {
  const [most, least] = [Math.max(outputs, inputs), Math.min(outputs, inputs)];
  return 2 * least * least * most - (2 / 3) * least ** 3;
}

/** Of each size, the multiplications of its networks, forward and back, with those that draw weights: they are drawn anew on the way back. */
export async function workOf(
  engine: Engine,
  request: PropagationRequest,
  choice: Choice,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const work: number[] = [];
  for (const place of placesOf(choice)) {
    const here = requestAt(request, choice, place);
    const [plan] = await engine.run("plan", planRequest(here), { signal });
    const { multiplications = 0, weights = [] } = plan?.result ?? {};
    const factored = weights.reduce((sum, one) => sum + factoring(one), 0);
    const drawn = request.schemes.filter(({ scheme }) => !schemeOf(scheme).exact).length;
    const passed = multiplications * here.batch * request.schemes.length;
    work.push(2 * choice.networks * (passed + factored * drawn));
  }
  return work;
}

function spotOf(ending: Ending, result: PropagationResult, request: PropagationRequest): Spot {
  const { values, range, theory, band } = seriesFor(
    ending,
    0,
    "",
    result,
    request.repeats,
    signalOf(request),
  );
  const at = (list: Float64Array | undefined) =>
    (ending === "gradient" ? list?.[0] : list?.at(-1)) ?? NaN;
  const formula = band?.drawn ? undefined : band;
  return {
    median: at(values),
    least: at(range?.least ?? values),
    greatest: at(range?.greatest ?? values),
    theory: at(theory),
    low: at(formula?.low),
    high: at(formula?.high),
  };
}

function pointOf(
  place: number,
  results: SchemeResults<"propagation">,
  request: PropagationRequest,
): Point {
  const spots = (ending: Ending) => results.map(({ result }) => spotOf(ending, result, request));
  return { place, spots: { activation: spots("activation"), gradient: spots("gradient") } };
}

interface Listeners {
  readonly signal: AbortSignal;
  /** Called with the share of the whole work that is done. */
  readonly onProgress: (progress: number) => void;
  readonly onPoint: (point: Point) => void;
}

export async function runSweep(
  engine: Engine,
  request: PropagationRequest,
  choice: Choice,
  work: readonly number[],
  { signal, onProgress, onPoint }: Listeners,
): Promise<void> {
  const all = work.reduce((sum, one) => sum + one, 0);
  let done = 0;
  for (const [i, place] of placesOf(choice).entries()) {
    const here = work[i] ?? 0;
    const asked = requestAt(request, choice, place);
    const before = done;
    const results = await engine.run("propagation", asked, {
      signal,
      onProgress: (share) => onProgress((before + share * here) / all),
    });
    done += here;
    onPoint(pointOf(place, results, asked));
  }
}
