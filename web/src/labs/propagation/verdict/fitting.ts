/** What a scheme is made for and its network is not: another activation, another frequency, other blocks. */
import { schemeOf } from "../../../engine/catalogue.js";
import type { Engine } from "../../../engine/client.js";
import { InitscopeError } from "../../../engine/errors.js";
import { sameScheme } from "../../../engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../../engine/request.js";
import type { PropagationResult } from "../../../engine/results.js";
import { parseState } from "../../../engine/url.js";
import { madeFor, netPresets } from "../net/presets.js";
import type { MadeFor } from "../net/presets.js";
import { planRequest } from "../plan.js";
import type { Remedy, Trial } from "./remedy.js";

/** Multiplications on the way forward, of the whole batch, that a trial may cost. */
const CHEAP = 4e9;

/** Activations that a scheme is made for; none where it is for any. He's default is leaky_relu with the slope 0. */
export function assumedBy({ scheme, nonlinearity, a }: SchemeRequest): readonly string[] {
  const named = nonlinearity === "leaky_relu" && a === 0 ? "relu" : nonlinearity;
  return typeof named === "string" ? [named] : schemeOf(scheme).assumes;
}

/** The frequency that a scheme is made for, where the network's sines have another. */
export function frequencyFor(
  scheme: SchemeRequest,
  { activation, omega_0 }: PropagationRequest,
): number | undefined {
  if (activation !== "sin" || !assumedBy(scheme).includes("sin")) return undefined;
  const omega = Number(scheme["omega_0"] ?? 1);
  return omega === omega_0 ? undefined : omega;
}

/** Blocks, and the network that is made of them. */
export interface Home {
  readonly blocks: MadeFor["blocks"];
  readonly net: string;
}

/** The residual blocks that a scheme is made for, where the network has none at all. */
export function homeFor(
  { scheme }: SchemeRequest,
  { width, input_width = width }: PropagationRequest,
  { rows }: Pick<PropagationResult, "rows">,
): Home | undefined {
  const made = madeFor[scheme];
  if (!made || rows?.some(({ block }) => block === "res")) return undefined;
  const { net } = parseState("propagation", netPresets[made.preset]).request;
  // A trunk is as wide at its start as at its end.
  const stem = input_width === width ? "" : "dense;out:width,";
  return { blocks: made.blocks, net: stem + net };
}

/** Remedies that belong to one scheme, which stays: its network becomes what it is made for. */
export const isFitting = ({ reason }: Remedy) => reason === "tuned" || reason === "home";

/** Of what was tried, what is about a scheme, or about any. */
export function triedFor(trials: readonly Trial[], scheme: SchemeRequest): readonly Trial[] {
  return trials.filter(({ remedy }) => !isFitting(remedy) || sameScheme(remedy.scheme, scheme));
}

/** Multiplications on the way forward; infinite for a network that the core refuses. */
async function workOf(
  engine: Engine,
  request: PropagationRequest,
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    const [plan] = await engine.run("plan", planRequest(request), { signal });
    return (plan?.result.multiplications ?? Infinity) * request.batch * request.repeats;
  } catch (error) {
    if (error instanceof InitscopeError && error.issues.length > 0) return Infinity;
    throw error;
  }
}

/** What makes the network what these schemes are made for, where that is cheap enough to be tried. */
export async function fittings(
  engine: Engine,
  request: PropagationRequest,
  network: Pick<PropagationResult, "rows">,
  schemes: readonly SchemeRequest[],
  signal?: AbortSignal,
): Promise<readonly Remedy[]> {
  const found: Remedy[] = [];
  for (const scheme of schemes) {
    const base = { scheme, bias: request.bias, chiQ: NaN };
    const omega_0 = frequencyFor(scheme, request);
    if (omega_0 !== undefined) found.push({ ...base, reason: "tuned", omega_0 });
    const home = homeFor(scheme, request, network);
    if (!home) continue;
    const { net, blocks } = home;
    const work = await workOf(
      engine,
      { ...request, net, widths: undefined, schemes: [scheme] },
      signal,
    );
    if (work <= CHEAP) found.push({ ...base, reason: "home", net, blocks });
  }
  return found;
}
