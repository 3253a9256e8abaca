/** The verdict on a network: what was measured, what was tried to mend it, and what theory says. */
import type { PropagationRequest } from "../../../engine/request.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Shown } from "../../lab-state.js";
import { boundText } from "./case.js";
import type { Case, Claim, NetVerdict } from "./case.js";
import { correlationClaims, rangeClaims, wayClaim } from "./measured.js";
import { HOLDS, reachOf, readingOf, STEADY, worstOf } from "./reading.js";
import { triedFor } from "./fitting.js";
import { offersFor } from "./remedies.js";
import { changeOfRemedy } from "./remedy.js";
import type { Trial } from "./remedy.js";
import { assumesClaims, homeClaims } from "./made-for.js";
import { theoryClaims } from "./theory.js";

export type { Claim } from "./case.js";

/** What a remedy is called: its scheme and the point that it goes to, or what it changes of a net. */
export function settingOf({ remedy, theory }: Trial, { net, words, messages }: Case): string {
  const name = messages.schemes[remedy.scheme.scheme].name;
  if (remedy.blocks) return words.homes[remedy.blocks];
  if (remedy.omega_0 !== undefined) return words.frequency(formatNumber(remedy.omega_0));
  if (net) return net.setting(remedy, name);
  if (theory.gap) return name;
  const { sigmaW2, sigmaB2 } = theory.point;
  return words.setting(name, formatNumber(sigmaW2, 4), formatNumber(sigmaB2));
}

/** What it takes to go there, and what came of it. */
export function remedyClaim(trial: Trial, here: Case): Claim {
  const { words, messages } = here;
  const { remedy, reading } = trial;
  const { scheme, reason, chiQ } = remedy;
  const gain = Number(scheme["gain"]);
  const setting = settingOf(trial, here);
  const { depth } = reading;
  const outcome =
    worstOf(reading) <= HOLDS
      ? words.remedy(setting, boundText(worstOf(reading)), depth, remedy.blocks !== undefined)
      : words.further(
          setting,
          reachOf(reading),
          depth,
          worstOf(reading) < Infinity ? formatNumber(worstOf(reading), 2) : "",
          remedy.blocks !== undefined,
        );
  const { reasons } = words;
  const why =
    reason === "unitGain"
      ? [reasons.unitGain(formatNumber(gain, 4), formatNumber(chiQ))]
      : reason in reasons
        ? [reasons[reason as Exclude<keyof typeof reasons, "unitGain">]]
        : [];
  return {
    kind: "remedy",
    text: [outcome, ...why].join(messages.between.sentences),
    apply: changeOfRemedy(remedy),
    name: setting,
  };
}

/** Of what was tried, what the network gains by, the best first. */
export function offersTo({ reading, scheme, net }: Case, trials: readonly Trial[]) {
  return net ? net.offers(reading, trials, scheme) : offersFor(reading, triedFor(trials, scheme));
}

/** `trials` are undefined while they are under way. */
export function remedyClaims(here: Case, trials: readonly Trial[] | undefined): Claim[] {
  const { reading, words } = here;
  if (worstOf(reading) <= STEADY) return [];
  if (!trials) return [{ kind: "trying", text: words.trying }];
  const offers = offersTo(here, trials);
  const claims = offers.map((trial) => remedyClaim(trial, here));
  if (offers.some((trial) => worstOf(trial.reading) <= HOLDS)) return claims;
  if (worstOf(reading) <= HOLDS) return claims;
  return [...claims, { kind: "nothing", text: words.nothing(reading.depth) }];
}

/** What is known of one scheme of a request; of a net with `net`. */
export function caseOf(
  { result, scheme, name }: Shown<"propagation">,
  request: PropagationRequest,
  locale: Locale,
  net?: NetVerdict,
): Case {
  const messages = messagesOf(locale);
  return {
    result,
    theory: result.theory,
    reading: readingOf(result),
    request,
    scheme,
    name,
    words: net?.words ?? messages.verdict.network,
    messages,
    ...(net && { net }),
  };
}

/** The verdict on one scheme of a request, and what was tried to mend its network; of a net with `net`. */
export function verdictOf(
  shown: Shown<"propagation">,
  request: PropagationRequest,
  trials: readonly Trial[] | undefined,
  locale: Locale,
  net?: NetVerdict,
): readonly Claim[] {
  const here = caseOf(shown, request, locale, net);
  return [
    wayClaim(here, "signal"),
    wayClaim(here, "gradient"),
    ...rangeClaims(here),
    ...correlationClaims(here),
    ...remedyClaims(here, trials),
    ...(net?.loss(here, trials ?? []) ?? []),
    ...assumesClaims(here),
    ...homeClaims(here, trials),
    ...theoryClaims(here),
  ];
}
