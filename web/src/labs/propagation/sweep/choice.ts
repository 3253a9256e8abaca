/** What a sweep asks for: networks of one size after the other, several of each. */
import type { PropagationRequest } from "../../../engine/request.js";
import { formatState } from "../../../engine/url.js";
import { hasNet } from "../state.js";

/** What is on the axis. */
export type Along = "width" | "depth";

export interface Choice {
  readonly along: Along;
  /** The largest size. */
  readonly reach: number;
  /** How many networks are drawn of each size. */
  readonly networks: number;
}

export const REACHES: Readonly<Record<Along, readonly number[]>> = {
  width: [64, 128, 256, 512, 1024],
  depth: [20, 50, 100, 200],
};
export const NETWORKS: readonly number[] = [10, 20, 50, 200];
const STANDARD_NETWORKS = 20;

/** Narrower layers are not drawn; from here on widths double. */
const LEAST_WIDTH = 16;
/** Depths are so many, each as far from the next. */
const DEPTHS = 10;
/** Inputs that such networks see at most: what differs is the networks, and theory's band is of one input. */
const MOST_INPUTS = 16;
/** Multiplications of a sweep: some minutes of work. */
export const MOST_WORK = 1e12;

/** What a request asks for: networks up to its own size, as many as it repeats. */
export function choiceOf(request: PropagationRequest, along: Along): Choice {
  const reaches = REACHES[along];
  const reach = reaches.find((most) => most >= request[along]) ?? reaches.at(-1) ?? 1;
  return { along, reach, networks: request.repeats > 1 ? request.repeats : STANDARD_NETWORKS };
}

/** Sizes in ascending order. */
export function placesOf({ along, reach }: Choice): number[] {
  if (along === "depth")
    return Array.from({ length: DEPTHS }, (_, i) => (reach / DEPTHS) * (i + 1));
  const places: number[] = [];
  for (let width = LEAST_WIDTH; width <= reach; width *= 2) places.push(width);
  return places;
}

/** The request of one size. Norms over a batch and the reader's own inputs need the batch that they have. */
export function requestAt(
  request: PropagationRequest,
  { along, networks }: Choice,
  place: number,
): PropagationRequest {
  const { batch } = request;
  const whole = hasNet(request) || request.input === "data";
  return {
    ...request,
    [along]: place,
    ...(along === "width" && { widths: undefined }),
    batch: whole ? batch : Math.min(batch, MOST_INPUTS),
    repeats: networks,
  };
}

/** Whether two requests are of the same networks: the same settings, and the same numbers of the reader's own. */
export const sameRequest = (a: PropagationRequest, b: PropagationRequest): boolean =>
  a === b || (a.data === b.data && formatState("propagation", a) === formatState("propagation", b));

/** The request that has all of a sweep in it: its last size, from which the others follow. */
export function requestOf(request: PropagationRequest, choice: Choice): PropagationRequest {
  return requestAt(request, choice, choice.reach);
}
