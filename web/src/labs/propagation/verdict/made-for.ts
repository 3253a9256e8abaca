/** What is said where a scheme is made for another network than it is in. */
import { isActivationId } from "../../../engine/catalogue.js";
import { sameScheme } from "../../../engine/request.js";
import { calledWith } from "../../activation-text.js";
import type { Case, Claim } from "./case.js";
import { assumedBy, frequencyFor, homeFor } from "./fitting.js";
import { STEADY, worstOf } from "./reading.js";
import { changeOfRemedy } from "./remedy.js";
import type { Trial } from "./remedy.js";

const RELATIVES: readonly string[] = ["relu", "leaky_relu"];

/** A scheme that is derived for another activation, or another frequency, than the network's. */
export function assumesClaims(here: Case): Claim[] {
  // A net's activations may be its blocks' own, and its schemes are made for blocks.
  if (here.net) return [];
  const { scheme, request, name, words } = here;
  const made = assumedBy(scheme);
  const { activation } = request;
  const fits =
    made.length === 0 ||
    made.includes(activation) ||
    !made.some(isActivationId) ||
    (RELATIVES.includes(activation) && made.some((id) => RELATIVES.includes(id)));
  if (fits && frequencyFor(scheme, request) === undefined) return [];
  const assumed = made.includes("sin")
    ? calledWith({ ...request, activation: "sin", omega_0: Number(scheme["omega_0"] ?? 1) })
    : made.join(here.messages.between.items);
  return [{ kind: "assumes", text: words.assumes(name, assumed, calledWith(request)) }];
}

/**
 * A scheme that is made for residual blocks in a network without any. These are offered here where they
 * were not tried; what came of a trial is among the cures.
 */
export function homeClaims(
  { scheme, request, result, reading, name, words, messages }: Case,
  trials: readonly Trial[] | undefined,
): Claim[] {
  const home = homeFor(scheme, request, result);
  if (!home) return [];
  const text = words.homeless(name, words.homes[home.blocks]);
  const tried = trials
    ? trials.some(({ remedy }) => remedy.reason === "home" && sameScheme(remedy.scheme, scheme))
    : worstOf(reading) > STEADY;
  if (tried) return [{ kind: "home", text }];
  const { bias } = request;
  return [
    {
      kind: "home",
      text: [text, words.untried].join(messages.between.sentences),
      apply: changeOfRemedy({ ...home, reason: "home", scheme, bias, chiQ: NaN }),
      name: words.homes[home.blocks],
    },
  ];
}
