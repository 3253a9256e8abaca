/** What was tried to mend a network: the one cure that is offered first, in numbers, and the others. */
import { sameScheme } from "../../../engine/request.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { Locale } from "../../../i18n/index.js";
import type { Shown } from "../../lab-state.js";
import { changeOf } from "./case.js";
import type { Case, Change, NetVerdict } from "./case.js";
import { caseOf, offersTo, remedyClaim, remedyClaims, settingOf } from "./claims.js";
import { reachOf, STEADY, worstOf } from "./reading.js";
import type { Reading, Way } from "./reading.js";
import { isFitting, triedFor } from "./fitting.js";
import { compare } from "./remedies.js";
import { changeOfRemedy } from "./remedy.js";
import type { Trial } from "./remedy.js";

/** Factors of the mean squares from start to end: 0 where one is lost, infinite where it is not finite. */
export interface Effect {
  readonly signal: number;
  readonly gradient: number;
  /** Of a net with a head, in nats; NaN without one. */
  readonly loss: number;
}

export interface Cure {
  /** What it takes, in words. */
  readonly name: string;
  readonly effect: Effect;
  readonly change: Change;
  /** What came of it, where the network gains by it: nothing else is to be applied. */
  readonly text: string | undefined;
}

export interface Cures {
  /** Whether the network ails: one that does not has no cures, but may have been cured. */
  readonly ailing: boolean;
  readonly now: Effect;
  /** What the factors are of, and from where to where. */
  readonly ways: Readonly<Record<"signal" | "gradient", readonly [what: string, path: string]>>;
  /** The best of what the network gains by; undefined where there is none, or none yet. */
  readonly first: Cure | undefined;
  /** All else that was tried, the better ones first. */
  readonly others: readonly Cure[];
  /** Whether cures are being sought yet. */
  readonly sought: boolean;
  /** Said where no cure holds, while one is sought, and where none is needed; "" otherwise. */
  readonly said: string;
}

function factorOf(way: Way): number {
  const { zero = Infinity, overflow = Infinity } = way;
  if (zero < overflow) return 0;
  if (overflow < Infinity) return Infinity;
  return way.values.length < 2 ? 1 : changeOf(way);
}

function effectFrom({ signal, gradient }: Reading, loss: number): Effect {
  return { signal: factorOf(signal), gradient: factorOf(gradient), loss };
}

/** What was tried and is another network than the one that is looked at. */
function othersThan({ scheme, request, net }: Case, trials: readonly Trial[]): readonly Trial[] {
  if (net) return net.about(trials, scheme);
  return triedFor(trials, scheme).filter(
    ({ remedy }) =>
      isFitting(remedy) ||
      !(sameScheme(remedy.scheme, scheme) && sameScheme(remedy.bias, request.bias)),
  );
}

/** Names of the ways that signal and gradient go. */
function waysOf({ reading: { depth }, words }: Case): Cures["ways"] {
  const named = (way: "signal" | "gradient") => [words[way], words.ways[way](depth)] as const;
  return { signal: named("signal"), gradient: named("gradient") };
}

/**
 * The cures of a network that ails; one that does not has none. `trials` are undefined while they are under
 * way.
 */
export function curesOf(
  shown: Shown<"propagation">,
  request: PropagationRequest,
  trials: readonly Trial[] | undefined,
  locale: Locale,
  net?: NetVerdict,
): Cures {
  const here = caseOf(shown, request, locale, net);
  const { reading, words, result } = here;
  const ailing = worstOf(reading) > STEADY;
  const offers = offersTo(here, trials ?? []);
  const cureOf = (trial: Trial): Cure => ({
    name: settingOf(trial, here),
    effect: effectFrom(trial.reading, trial.initialLoss),
    change: changeOfRemedy(trial.remedy),
    text: offers.includes(trial) ? remedyClaim(trial, here).text : undefined,
  });
  const [first] = offers;
  const rest = (ailing ? othersThan(here, trials ?? []) : [])
    .filter((trial) => !offers.includes(trial))
    .toSorted(
      ({ reading: a }, { reading: b }) =>
        compare(worstOf(a), worstOf(b)) || reachOf(b) - reachOf(a),
    );
  const said = remedyClaims(here, trials).find(({ kind }) => kind !== "remedy")?.text;
  return {
    ailing,
    now: effectFrom(reading, result.initialLoss),
    ways: waysOf(here),
    first: first && cureOf(first),
    others: [...offers.slice(1), ...rest].map(cureOf),
    sought: ailing && trials === undefined,
    said: said ?? (ailing ? "" : words.holds),
  };
}
