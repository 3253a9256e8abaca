/** What a result says of a network, in words, each claim with its number; and what was tried to mend it. */
import { catalogue, schemeOf } from "../../../engine/catalogue.js";
import type { PropagationRequest, SchemeRequest } from "../../../engine/request.js";
import type { PhasePoint, PropagationResult, Theory } from "../../../engine/results.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale, Messages } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Shown } from "../../lab-state.js";
import { phaseText } from "../../phase-text.js";
import { HOLDS, reachOf, readingOf, STEADY, worstOf } from "./reading.js";
import type { Reading, Way } from "./reading.js";
import { offersFor } from "./remedies.js";
import type { Trial } from "./remedies.js";
import { words as en } from "./words.en.js";
import type { Words } from "./words.en.js";
import { words as zh } from "./words.zh.js";

export type ClaimKind =
  | "signal"
  | "gradient"
  | "range"
  | "correlation"
  | "assumes"
  | "gap"
  | "departs"
  | "narrow"
  | "phase"
  | "depth"
  | "critical"
  | "trying"
  | "remedy"
  | "nothing";

export interface Claim {
  readonly kind: ClaimKind;
  readonly text: string;
  /** What the button beside it puts in place of the scheme, and of the biases. */
  readonly apply?: { readonly scheme: SchemeRequest; readonly bias: SchemeRequest };
}

export const wordsOf = (locale: Locale): Words => (locale === "zh" ? zh : en);

const FLOAT32_MOST = 3.4028234663852886e38;
const FLOAT32_NORMAL = 1.1754943508222875e-38;
/** The largest of a layer's values is about this many root mean squares. */
const PEAK = 4.5;
/** Schoenholz et al. 2017: signals train through this many depth scales. */
const TRAINABLE_SCALES = 6;
/** Theory and a measurement that differ by less agree, whatever the band. */
const AGREEMENT = Math.log(2);
/** A band is wide where a typical network is this far below the mean, or a network from the typical one. */
const WIDE = Math.log(10);
/** Correlations that change by less than this are not worth a sentence; inputs above that one are alike. */
const NOTABLE_CORRELATION = 0.1;
const ALIKE = 0.9;
/** Of the orders of magnitude that a gradient loses, the share by which its first layers may differ. */
const ON_COURSE = 0.1;
/** Of the orders that theory says, the share by which a network may differ where no band is known, up to one order. */
const UNBANDED = 0.2;

/** Everything that the claims are made of. */
interface Case {
  readonly result: PropagationResult;
  readonly theory: Theory;
  readonly reading: Reading;
  readonly request: PropagationRequest;
  readonly scheme: SchemeRequest;
  readonly name: string;
  readonly words: Words;
  readonly messages: Messages;
}

type Direction = "signal" | "gradient";

/** What theory says of the same way: the change from its start to its end; NaN where it is silent. */
function predictedChange({ theory }: Case, direction: Direction): number {
  if (theory.gap) return NaN;
  if (direction === "signal") return (theory.secondMoment.at(-1) ?? NaN) / theory.input;
  return (theory.gradient[0] ?? NaN) / (theory.gradient.at(-1) ?? NaN);
}

/** A bound in two digits: rounded up, so that what was measured lies within. */
function boundText(factor: number): string {
  const unit = 10 ** (Math.floor(Math.log10(factor)) - 1);
  return formatNumber(Math.ceil(factor / unit - 1e-9) * unit, 2);
}

const changeOf = ({ first, last }: Way) => last / first;

function wayClaim(here: Case, direction: Direction): Claim {
  const { words, reading } = here;
  const { depth } = reading;
  const way = reading[direction];
  const claim = (text: string): Claim => ({ kind: direction, text });
  const layerAt = (place: number) => (direction === "signal" ? place : depth - place);
  const failed = Math.min(way.zero ?? Infinity, way.overflow ?? Infinity);
  if (failed < Infinity) {
    const layer = layerAt(failed);
    if (direction === "signal" && layer === 0) return claim(words.zero.inputs);
    const kind = failed === way.overflow ? words.notFinite : words.zero;
    return claim(kind[direction](layer));
  }
  if (way.values.length < 2)
    return claim(words.steady(words[direction], words.ways[direction](depth), "1"));
  const what = words[direction];
  const path = words.ways[direction](depth);
  const change = changeOf(way);
  const orders = Math.log10(change);
  const text =
    way.spread <= STEADY
      ? words.steady(what, path, boundText(way.spread))
      : Math.abs(orders) >= 1
        ? words.orders(what, path, orders > 0, formatNumber(Math.abs(orders)))
        : words.changes(what, path, formatNumber(change), boundText(way.spread));
  const predicted = predictedChange(here, direction);
  return claim(
    predicted > 0 && predicted < Infinity
      ? [text, words.predicted(formatNumber(predicted))].join(here.messages.between.sentences)
      : text,
  );
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

/** Where float32 fails, and where theory expects that. */
function rangeClaims({ result, theory, reading, words, messages }: Case): Claim[] {
  const under =
    result.activation.secondMoment.findIndex((h2) => h2 > 0 && Math.sqrt(h2) < FLOAT32_NORMAL) + 1;
  const expected = expectedFailure(theory);
  const over = reading.signal.overflow !== undefined;
  const said = [
    ...(!over && under > 0 ? [words.underflows(under)] : []),
    ...(over && expected.over > 0 ? [words.expected(expected.over)] : []),
    ...(!over && under > 0 && expected.under > 0 ? [words.expected(expected.under)] : []),
  ];
  return said.length > 0 ? [{ kind: "range", text: said.join(messages.between.sentences) }] : [];
}

/** What was measured of two inputs. */
function correlationClaims({ result, reading, words }: Case): Claim[] {
  const { correlation, ranges } = result;
  const values = ranges?.correlation.median ?? correlation;
  const [from = NaN, to = NaN] = [values[0], values.at(-1)];
  const { depth, signal } = reading;
  if (!(Math.abs(to - from) > NOTABLE_CORRELATION) || signal.spread === Infinity) return [];
  const say = to < from ? words.part : to > ALIKE ? words.alike : words.correlates;
  return [{ kind: "correlation", text: say(formatNumber(from), formatNumber(to), depth) }];
}

/** How an activation with its parameter is called. */
function activationText(request: PropagationRequest, omega = request.omega_0): string {
  if (request.activation !== "sin") return request.activation;
  return omega === 1 ? "sin(z)" : `sin(${formatNumber(omega)} z)`;
}

const RELATIVES: readonly string[] = ["relu", "leaky_relu"];

/** A scheme that is derived for another activation, or another frequency, than the network's. */
function assumesClaims(here: Case): Claim[] {
  const { scheme, request, name, words } = here;
  const { nonlinearity, omega_0: omega, a } = scheme;
  // He's default is leaky_relu with the slope 0.
  const named = nonlinearity === "leaky_relu" && a === 0 ? "relu" : nonlinearity;
  const made = typeof named === "string" ? [named] : schemeOf(scheme.scheme).assumes;
  const { activation } = request;
  const fits =
    made.length === 0 ||
    made.includes(activation) ||
    !catalogue.activations.some(({ id }) => made.includes(id)) ||
    (RELATIVES.includes(activation) && made.some((id) => RELATIVES.includes(id)));
  const detuned = made.includes("sin") && activation === "sin" && omega !== request.omega_0;
  if (fits && !detuned) return [];
  const assumed = made.includes("sin")
    ? activationText({ ...request, activation: "sin" }, Number(omega ?? 1))
    : made.join(here.messages.between.items);
  return [{ kind: "assumes", text: words.assumes(name, assumed, activationText(request)) }];
}

/** Logarithm's distance between what was measured and what theory says, and the band's half width. */
function distance(here: Case, direction: Direction): { off: number; band: number; shift: number } {
  const { theory, reading } = here;
  const spreads = direction === "signal" ? theory.secondMomentSpread : theory.gradientSpread;
  const spread = (direction === "signal" ? spreads.at(-1) : spreads[0]) ?? 0;
  const shift = theory.logNormal ? -spread / 2 : 0;
  const measured = changeOf(reading[direction]);
  const predicted = predictedChange(here, direction);
  const off = Math.log(measured) - Math.log(predicted) - shift;
  return { off, band: catalogue.limits.bandStd * Math.sqrt(spread), shift };
}

/** Where the measured line leaves the band, or where the band is so wide that its middle says little. */
function departures(here: Case): Claim[] {
  const { words, theory, reading, request, messages } = here;
  const claims: Claim[] = [];
  const { band, shift } = distance(here, "signal");
  if (-shift > WIDE || band > WIDE) {
    const mean = theory.secondMoment.at(-1) ?? NaN;
    const end = (sign: number) => formatNumber(mean * Math.exp(shift + sign * band));
    const width = request.widths ? String(Math.min(...request.widths)) : String(request.width);
    claims.push({ kind: "narrow", text: words.narrow(width, end(-1), end(1), reading.depth) });
  }
  const texts = (["signal", "gradient"] as const)
    .filter((direction) => {
      const { off, band: half } = distance(here, direction);
      const lost = reading[direction].spread === Infinity;
      const expected = predictedChange(here, direction);
      if (Number.isNaN(expected) || Number.isNaN(changeOf(reading[direction]))) return false;
      // What float32 cannot hold is told by the way itself.
      if (lost) return expected > FLOAT32_NORMAL && expected < FLOAT32_MOST;
      const least =
        half > 0
          ? AGREEMENT
          : Math.min(WIDE, Math.max(AGREEMENT, UNBANDED * Math.abs(Math.log(expected))));
      return Math.abs(off) > Math.max(least, half);
    })
    .map((direction) =>
      words.departure(
        words[direction],
        formatNumber(changeOf(reading[direction])),
        formatNumber(predictedChange(here, direction)),
      ),
    );
  if (texts.length > 0)
    claims.push({ kind: "departs", text: words.departs(texts.join(messages.between.items)) });
  return claims;
}

/**
 * Whether what is true of many layers is true of these: their gradient changes as chi_1 to the depth
 * says, in theory and as it was measured; or the signal fails as its fate says.
 */
function reachesLimit(here: Case): boolean {
  const { theory, reading } = here;
  const { state } = theory;
  if (worstOf(reading) === Infinity)
    return reading.signal.overflow === undefined
      ? reading.signal.zero !== undefined && state.fate === "vanishes"
      : state.fate === "explodes";
  const expected = (reading.depth - 1) * Math.log(state.chi1);
  const predicted = Math.log(predictedChange(here, "gradient"));
  const seen = Math.log(changeOf(reading.gradient));
  const off = Math.abs(predicted - expected);
  if (!(off <= Math.max(AGREEMENT, ON_COURSE * Math.abs(expected)))) return false;
  if (state.phase === "critical") return Math.abs(seen) <= Math.log(HOLDS);
  return state.phase === "chaotic" ? seen >= -AGREEMENT : seen <= AGREEMENT;
}

const equalWidths = ({ widths = [] }: PropagationRequest) => new Set(widths).size <= 1;

function depthClaims({ theory: { state }, reading, words }: Case): Claim[] {
  const { depth } = reading;
  const scale = Math.min(state.xiGradient, Number.isNaN(state.xiC) ? Infinity : state.xiC);
  const layers = TRAINABLE_SCALES * scale;
  if (layers < 1) return []; // the phase has said it
  const text =
    layers <= 20 * depth
      ? words.trainable(formatNumber(layers, 2), depth)
      : worstOf(reading) <= HOLDS
        ? words.unlimited(depth)
        : "";
  return text ? [{ kind: "depth", text }] : [];
}

/** Whether a scheme stands at this point already. */
function standsAt(theory: Theory, point: PhasePoint): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-3 * Math.max(a, b);
  return near(theory.point.sigmaW2, point.sigmaW2) && near(theory.point.sigmaB2, point.sigmaB2);
}

function theoryClaims(here: Case): Claim[] {
  const { theory, reading, request, words, messages } = here;
  if (theory.gap) return [{ kind: "gap", text: messages.captions.gaps[theory.gap](here.name) }];
  const left = departures(here);
  if (!equalWidths(request)) return left;
  const { state, advice } = theory;
  if (left.length > 0 || !(state.chi1 > 0)) return left;
  if (!reachesLimit(here))
    return reading.depth > 1 && worstOf(reading) < Infinity
      ? [{ kind: "phase", text: words.inTheLimit(formatNumber(state.chi1, 4)) }]
      : [];
  const holds = worstOf(reading) <= HOLDS;
  const point = Number.isNaN(advice.critical.sigmaW2) ? advice.withoutBias : advice.critical;
  const critical: Claim[] = Number.isNaN(point.sigmaW2)
    ? [{ kind: "critical", text: words.noCritical(request.activation) }]
    : state.phase === "critical" && standsAt(theory, point) && holds
      ? [{ kind: "critical", text: words.isCritical }]
      : [];
  return [
    {
      kind: "phase",
      text:
        state.phase !== "critical" && reading.gradient.spread <= STEADY
          ? words.slow(formatNumber(state.chi1, 4), reading.depth)
          : phaseText(state, messages, holds),
    },
    ...depthClaims(here),
    ...critical,
  ];
}

/** What it takes to go there, and what came of it. */
function remedyClaim({ remedy, reading, theory }: Trial, here: Case): Claim {
  const { words, messages } = here;
  const { scheme, bias, reason, chiQ } = remedy;
  const gain = Number(scheme["gain"]);
  const name = messages.schemes[scheme.scheme].name;
  const setting = theory.gap
    ? name
    : words.setting(
        name,
        formatNumber(theory.point.sigmaW2, 4),
        formatNumber(theory.point.sigmaB2),
      );
  const { depth } = reading;
  const outcome =
    worstOf(reading) <= HOLDS
      ? words.remedy(setting, boundText(worstOf(reading)), depth)
      : words.further(
          setting,
          reachOf(reading),
          depth,
          worstOf(reading) < Infinity ? formatNumber(worstOf(reading), 2) : "",
        );
  const why =
    reason === "unitGain"
      ? words.reasons.unitGain(formatNumber(gain, 4), formatNumber(chiQ))
      : words.reasons[reason];
  return {
    kind: "remedy",
    text: [outcome, why].join(messages.between.sentences),
    apply: { scheme, bias },
  };
}

/** `trials` are undefined while they are under way. */
function remedyClaims(here: Case, trials: readonly Trial[] | undefined): Claim[] {
  const { reading, words } = here;
  if (worstOf(reading) <= STEADY) return [];
  if (!trials) return [{ kind: "trying", text: words.trying }];
  const offers = offersFor(reading, trials);
  const claims = offers.map((trial) => remedyClaim(trial, here));
  if (offers.some((trial) => worstOf(trial.reading) <= HOLDS)) return claims;
  if (worstOf(reading) <= HOLDS) return claims;
  return [...claims, { kind: "nothing", text: words.nothing(reading.depth) }];
}

/** The verdict on one scheme of a request, and what was tried to mend its network. */
export function verdictOf(
  { result, scheme, name }: Shown<"propagation">,
  request: PropagationRequest,
  trials: readonly Trial[] | undefined,
  locale: Locale,
): readonly Claim[] {
  const here: Case = {
    result,
    theory: result.theory,
    reading: readingOf(result),
    request,
    scheme,
    name,
    words: wordsOf(locale),
    messages: messagesOf(locale),
  };
  return [
    wayClaim(here, "signal"),
    wayClaim(here, "gradient"),
    ...rangeClaims(here),
    ...correlationClaims(here),
    ...remedyClaims(here, trials),
    ...assumesClaims(here),
    ...theoryClaims(here),
  ];
}
