/** What a result says of a network, in words, each claim with its number and what would mend it. */
import { catalogue } from "../../engine/catalogue.js";
import { schemeWith } from "../../engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../engine/request.js";
import type { PhasePoint, Theory } from "../../engine/results.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";
import { phaseText, repels } from "../phase-text.js";

export interface Claim {
  readonly text: string;
  /** What the button beside it puts in place of the scheme, and of the biases. */
  readonly apply?: { readonly scheme: SchemeRequest; readonly bias: SchemeRequest };
}

const FLOAT32_MOST = 3.4028234663852886e38;
const FLOAT32_NORMAL = 1.1754943508222875e-38;
/** The largest of a layer's values is about this many root mean squares. */
const PEAK = 4.5;
/** Schoenholz et al. 2017: signals train through this many depth scales. */
const TRAINABLE_SCALES = 6;
/** Factors this near to 1 count as none. */
const STEADY_FACTOR = 2;
/** Digits of a gain in a link: the factor of a layer is then right within 1e-5. */
const DIGITS = 6;

const round = (value: number) => Number(value.toPrecision(DIGITS));

/** Biases of this variance. */
function biasOf(sigmaB2: number): SchemeRequest {
  return sigmaB2 > 0
    ? schemeWith("edge_of_chaos", { sigma_b: round(Math.sqrt(sigmaB2)) })
    : schemeWith("zeros");
}

/** The scheme that stands at a critical point; of scale-free activations He's, which has a name. */
function schemeAt(request: PropagationRequest, point: PhasePoint): SchemeRequest {
  const { activation, negative_slope } = request;
  if (activation === "relu" || activation === "linear")
    return schemeWith("kaiming_normal", { nonlinearity: activation });
  if (activation === "leaky_relu")
    return schemeWith("kaiming_normal", { nonlinearity: activation, a: negative_slope });
  return schemeWith("edge_of_chaos", { sigma_w: round(Math.sqrt(point.sigmaW2)) });
}

/** From one end to the other in powers of ten; undefined where an end is 0 or not finite. */
function ordersAlong(values: Float64Array): number | undefined {
  const [first = NaN, last = NaN] = [values[0], values.at(-1)];
  const known = [first, last].every((value) => value > 0 && Number.isFinite(value));
  return known && values.length > 1 ? Math.log10(last / first) : undefined;
}

function signalClaim(
  what: string,
  measured: Float64Array,
  predicted: Float64Array,
  backward: boolean,
  { verdict }: Messages,
): string {
  // A gradient runs from the last layer to the first.
  const along = (values: Float64Array) => ordersAlong(backward ? values.slice().reverse() : values);
  const orders = along(measured);
  if (orders === undefined) return verdict.lost(what);
  const depth = measured.length;
  const [from, to] = backward ? [depth, 1] : [1, depth];
  const steady = Math.abs(orders) < Math.log10(STEADY_FACTOR);
  const text = steady
    ? verdict.steady(what, from, to, formatNumber(10 ** orders))
    : verdict.orders(what, orders > 0, formatNumber(Math.abs(orders)), from, to);
  const theory = along(predicted);
  if (theory === undefined) return text;
  return `${text} ${verdict.predicted(formatNumber(steady ? 10 ** theory : Math.abs(theory)))}`;
}

/** First layer, from 1, at which float32 fails by theory; 0 for none. */
function expectedFailure({ preactivation }: Theory): { over: number; under: number } {
  let over = 0;
  let under = 0;
  preactivation.forEach((q, i) => {
    const grown = Math.sqrt(q) * PEAK > FLOAT32_MOST || (Number.isNaN(q) && under === 0);
    if (!over && grown) over = i + 1;
    if (!under && q > 0 && Math.sqrt(q) < FLOAT32_NORMAL) under = i + 1;
  });
  return { over, under };
}

function rangeClaim({ result }: Shown<"propagation">, { verdict }: Messages): string {
  const { activation, theory } = result;
  const over = activation.nonfinite.findIndex((count) => count > 0) + 1;
  const under =
    activation.secondMoment.findIndex((h2) => h2 > 0 && Math.sqrt(h2) < FLOAT32_NORMAL) + 1;
  const expected = expectedFailure(theory);
  const say = (text: string, layer: number) =>
    layer > 0 ? `${text} ${verdict.expected(layer)}` : text;
  if (over > 0) return say(verdict.overflows(over), expected.over);
  if (under > 0) return say(verdict.underflows(under), expected.under);
  return verdict.holds;
}

function depthClaim({ state }: Theory, depth: number, { verdict }: Messages): string {
  const scale = Math.min(state.xiGradient, Number.isNaN(state.xiC) ? Infinity : state.xiC);
  const layers = TRAINABLE_SCALES * scale;
  return layers > 20 * depth
    ? verdict.unlimited(depth)
    : verdict.trainable(formatNumber(layers, 2), depth);
}

/** Whether a scheme stands at this point already. */
function standsAt(theory: Theory, point: PhasePoint): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-3 * Math.max(a, b);
  return near(theory.point.sigmaW2, point.sigmaW2) && near(theory.point.sigmaB2, point.sigmaB2);
}

function criticalClaims(theory: Theory, request: PropagationRequest, messages: Messages): Claim[] {
  const { verdict, schemes } = messages;
  const { critical, withoutBias, halfStableQ } = theory.advice;
  const found = Number.isNaN(critical.sigmaW2) ? withoutBias : critical;
  if (Number.isNaN(found.sigmaW2)) return [{ text: verdict.noCritical(request.activation) }];
  if (standsAt(theory, found)) return [{ text: verdict.isCritical }];
  const best = schemeAt(request, found);
  const numbers = [formatNumber(found.sigmaW2, 4), formatNumber(found.sigmaB2)] as const;
  const unstable = repels(found) && halfStableQ > 0;
  const text = verdict.critical(schemes[best.scheme].name, ...numbers);
  const apply = { scheme: best, bias: biasOf(found.sigmaB2) };
  if (!unstable) return [{ text, apply }];
  return [{ text: `${text} ${verdict.criticalRepels(formatNumber(found.chiQ, 4))}`, apply }];
}

function gainClaim(theory: Theory, request: PropagationRequest, { verdict }: Messages): Claim[] {
  const scaleFree = catalogue.activations.find(({ id }) => id === request.activation)?.scaleFree;
  if (scaleFree) return []; // its critical scheme keeps the second moment already
  const { unitVarianceGain, slopeAtUnit } = theory.advice;
  const chi = unitVarianceGain ** 2 * slopeAtUnit;
  return [
    {
      text: verdict.unitGain(
        request.activation,
        formatNumber(unitVarianceGain, 4),
        formatNumber(chi, 4),
      ),
      apply: {
        scheme: schemeWith("xavier_normal", { gain: round(unitVarianceGain) }),
        bias: schemeWith("zeros"),
      },
    },
  ];
}

/** The half-stable point, from which on critical points attract. */
function stableClaim(theory: Theory, request: PropagationRequest, { verdict }: Messages): Claim[] {
  const { halfStableQ, halfStable } = theory.advice;
  if (halfStableQ === 0 || standsAt(theory, halfStable)) return [];
  return [
    {
      text: verdict.halfStable(
        formatNumber(halfStableQ),
        formatNumber(halfStable.sigmaW2, 4),
        formatNumber(halfStable.sigmaB2),
      ),
      apply: { scheme: schemeAt(request, halfStable), bias: biasOf(halfStable.sigmaB2) },
    },
  ];
}

/** The verdict on one scheme of a request. */
export function verdictOf(
  shown: Shown<"propagation">,
  request: PropagationRequest,
  messages: Messages,
): readonly Claim[] {
  const { result } = shown;
  const { theory } = result;
  const { verdict, captions } = messages;
  const depth = result.activation.secondMoment.length;
  const claims: Claim[] = [
    {
      text: signalClaim(
        verdict.signal,
        result.ranges?.secondMoment.median ?? result.activation.secondMoment,
        theory.secondMoment,
        false,
        messages,
      ),
    },
    {
      text: signalClaim(
        verdict.gradient,
        result.ranges?.gradient.median ?? result.gradient.secondMoment,
        theory.gradient,
        true,
        messages,
      ),
    },
    { text: rangeClaim(shown, messages) },
  ];
  if (theory.gap) return [...claims, { text: captions.gaps[theory.gap](shown.name) }];
  return [
    ...claims,
    { text: phaseText(theory.state, messages) },
    { text: depthClaim(theory, depth, messages) },
    ...criticalClaims(theory, request, messages),
    ...stableClaim(theory, request, messages),
    ...gainClaim(theory, request, messages),
  ];
}
