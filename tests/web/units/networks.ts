/** Random networks of every activation, scheme, size, bias and input: the same ones at every run. */
import { catalogue, requestField, schemesFor } from "../../../web/src/engine/catalogue.js";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../../web/src/engine/request.js";
import { expressions } from "../../../web/src/i18n/text-fields.en.js";

/** Mulberry32: numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Chooses by the numbers of `next`: one of a list, or a whole number of a range, each as likely. */
export function picker(next: () => number) {
  return {
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
    whole: (from: number, to: number) => from + Math.floor(next() * (to + 1 - from)),
  };
}

/** Weights that a network has at most: a propagation takes some 10 ms. Of some networks, 100 ms. */
const MOST_WEIGHTS = 5e5;
const LARGE_WEIGHTS = 4e6;
const LARGE_SHARE = 0.02;
/** Share of the draws that are many networks at once. */
const REPEATED_SHARE = 0.02;

/** What a typed activation is. */
const FORMULAS = Object.values(expressions);

export class Networks {
  private readonly next: () => number;
  private readonly pick: ReturnType<typeof picker>["pick"];
  private readonly schemes = schemesFor(requestField("propagation", "scheme"));

  constructor(seed: number) {
    this.next = generator(seed);
    this.pick = picker(this.next).pick;
  }

  private between(from: number, to: number): number {
    return from * (to / from) ** this.next();
  }

  private whole(from: number, to: number): number {
    return Math.min(to, Math.floor(this.between(from, to + 1)));
  }

  /** Any scheme at its defaults, or one with parameters at which networks live and die. */
  private scheme(width: number): SchemeRequest {
    const nonlinearity = this.pick(["relu", "tanh", "linear", "leaky_relu", "selu"]);
    const std = this.between(0.3, 4) / Math.sqrt(width);
    return this.pick([
      () => schemeWith(this.pick(this.schemes).id),
      () => schemeWith("normal", { std }),
      () => schemeWith("kaiming_normal", { nonlinearity }),
      () => schemeWith("kaiming_uniform", { mode: "fan_out" }),
      () => schemeWith("xavier_normal", { gain: this.between(0.5, 3) }),
      () => schemeWith("edge_of_chaos", { sigma_w: this.between(0.5, 3) }),
      () => schemeWith("orthogonal", { gain: this.between(0.7, 2) }),
    ])();
  }

  private bias(): SchemeRequest {
    const { next } = this;
    return this.pick([
      () => schemeWith("zeros"),
      () => schemeWith("zeros"),
      () => schemeWith("torch_linear_bias"),
      () => schemeWith("edge_of_chaos", { sigma_b: next() }),
      () => schemeWith("normal", { std: this.between(0.01, 2) }),
      () => schemeWith("constant", { val: 0.1 }),
    ])();
  }

  /** One more that the page's own checks accept; the core may still refuse it. */
  draw(): PropagationRequest {
    const most = this.next() < LARGE_SHARE ? LARGE_WEIGHTS : MOST_WEIGHTS;
    const repeats = this.next() < REPEATED_SHARE ? 40 : 1;
    for (;;) {
      const depth = this.whole(1, 200);
      const width = this.whole(4, 1024);
      const batch = this.whole(2, 32);
      const inputWidth = this.pick([width, this.whole(1, 100)]);
      const widths = this.next() < 0.1 ? [width, this.whole(4, 256)] : undefined;
      if (depth * Math.max(...(widths ?? []), width) ** 2 * repeats > most) continue;
      const own = this.next() < 0.15;
      const scale = this.between(0.01, 10);
      const data = own
        ? Float32Array.from({ length: batch * inputWidth }, () => scale * (this.next() - 0.3))
        : undefined;
      const input = own ? "data" : this.pick(["normal", "uniform", "pixels"]);
      const { request, issues } = checkRequest("propagation", {
        activation: this.pick(catalogue.activations).id,
        expression: FORMULAS[depth % FORMULAS.length],
        negative_slope: this.pick([0.01, 0.2, -1]),
        omega_0: this.pick([1, 30]),
        depth,
        width,
        input_width: inputWidth,
        ...(widths && { widths }),
        batch,
        input,
        correlation: input === "normal" ? this.pick([0, 0, 0.5, 0.9]) : 0,
        repeats,
        bias: this.bias(),
        schemes: [this.scheme(width)],
        seed: String(Math.floor(this.next() * 1e9)),
        ...(data && { data }),
      });
      if (issues.length === 0) return request;
    }
  }
}
