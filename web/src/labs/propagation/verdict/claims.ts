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
import { offersFor } from "./remedies.js";
import type { Trial } from "./remedies.js";
import { assumesClaims, theoryClaims } from "./theory.js";

export type { Claim } from "./case.js";

/** What it takes to go there, and what came of it. */
function remedyClaim({ remedy, reading, theory }: Trial, here: Case): Claim {
  const { words, messages } = here;
  const { scheme, bias, reason, chiQ, net } = remedy;
  const gain = Number(scheme["gain"]);
  const name = messages.schemes[scheme.scheme].name;
  const setting = here.net
    ? here.net.setting(remedy, name)
    : theory.gap
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
    apply: { scheme, bias, ...(net !== undefined && { net }) },
  };
}

/** `trials` are undefined while they are under way. */
function remedyClaims(here: Case, trials: readonly Trial[] | undefined): Claim[] {
  const { reading, words } = here;
  if (worstOf(reading) <= STEADY) return [];
  if (!trials) return [{ kind: "trying", text: words.trying }];
  const offers = here.net
    ? here.net.offers(reading, trials, here.scheme)
    : offersFor(reading, trials);
  const claims = offers.map((trial) => remedyClaim(trial, here));
  if (offers.some((trial) => worstOf(trial.reading) <= HOLDS)) return claims;
  if (worstOf(reading) <= HOLDS) return claims;
  return [...claims, { kind: "nothing", text: words.nothing(reading.depth) }];
}

/** The verdict on one scheme of a request, and what was tried to mend its network; of a net with `net`. */
export function verdictOf(
  { result, scheme, name }: Shown<"propagation">,
  request: PropagationRequest,
  trials: readonly Trial[] | undefined,
  locale: Locale,
  net?: NetVerdict,
): readonly Claim[] {
  const messages = messagesOf(locale);
  const here: Case = {
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
  return [
    wayClaim(here, "signal"),
    wayClaim(here, "gradient"),
    ...rangeClaims(here),
    ...correlationClaims(here),
    ...remedyClaims(here, trials),
    ...(net?.loss(here, trials ?? []) ?? []),
    ...assumesClaims(here),
    ...theoryClaims(here),
  ];
}
