/** What the numbers of the course are computed by: its figures, laws of weights, runs of its own. */
import type { Engine } from "../../src/engine/client.js";
import { flattenInitialize } from "../../src/engine/initialize.js";
import type { JobKind, Requests, SchemeRequest } from "../../src/engine/request.js";
import type { Law, Results } from "../../src/engine/results.js";
import { parseState } from "../../src/engine/url.js";
import type { CourseFigures } from "../../scripts/course.mjs";

export interface Run<K extends JobKind> {
  readonly request: Requests[K];
  readonly results: readonly Results[K][];
}

/** Numbers by place, in the order in which both languages print them. */
export type Numbers = Readonly<Record<string, readonly (number | Given)[]>>;
export type Bindings = (computed: Computations) => Promise<Numbers>;

/** A number that the text itself chooses: where an example starts, not what comes of it. */
export interface Given {
  readonly given: number;
  readonly reason: string;
}
export const given = (number: number, reason: string): Given => ({ given: number, reason });

/** The origin, the unit and the like, where a formula or a definition names them. */
export const ZERO = given(0, "where a formula or a definition names it");
export const ONE = given(1, "where a formula or a definition names it");

/** The element that the text speaks of; an error where there is none. */
export function at<T>(list: ArrayLike<T> | undefined, place: number): T {
  const item = list?.[place < 0 ? list.length + place : place];
  if (item === undefined) throw new Error(`nothing at ${place}`);
  return item;
}
export const last = <T>(list: ArrayLike<T> | undefined): T => at(list, -1);

export class Computations {
  private readonly runs = new Map<string, Promise<unknown>>();

  constructor(
    private readonly engine: Engine,
    private readonly figures: CourseFigures,
  ) {}

  /** What a figure of the course shows. */
  figure<K extends JobKind>(lab: K, id: string): Promise<Run<K>> {
    const figure = this.figures[id];
    if (figure?.lab !== lab) throw new Error(`no figure ${id} of the lab ${lab}`);
    return this.run(lab, figure.state);
  }

  /** What the text says of a network that no figure shows. */
  run<K extends JobKind>(lab: K, state: string): Promise<Run<K>> {
    return this.once(`${lab} ${state}`, async () => {
      const { request, issues } = parseState(lab, state);
      if (issues.length > 0) throw new Error(`${state}: ${JSON.stringify(issues)}`);
      const results = await this.engine.run(lab, request);
      return { request, results: results.map(({ result }) => result) };
    });
  }

  /** The best test score of many runs of a training, over all its frames. */
  async bestOf(request: Partial<Requests["training"]>): Promise<number> {
    const [run] = await this.engine.run("training", request);
    return Math.max(...(run?.result.ranges?.score.greatest ?? [NaN]));
  }

  /** The law of a scheme's weights for a shape. */
  async law(scheme: string, shape: readonly number[] = [256, 256]): Promise<Law> {
    const { results } = await this.run("distribution", `v=1&shape=${shape.join(",")}&s=${scheme}`);
    return at(results, 0).law;
  }

  /** A layer's weights as a figure with that seed draws them. */
  weights(scheme: string, shape: readonly number[], layer: number): Promise<Float32Array> {
    return this.engine.initialize(flattenInitialize({ scheme, shape, layer }));
  }

  gain(nonlinearity: string): Promise<number> {
    return this.engine.gain(nonlinearity, 0.01);
  }

  private once<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const run = this.runs.get(key) ?? compute();
    this.runs.set(key, run);
    return run as Promise<T>;
  }
}

/** N(mean, variance), U(a, b) or a scheme's value, as a figure's request has them. */
export function parametersOf(scheme: SchemeRequest | undefined, ...names: readonly string[]) {
  return names.map((name) => Number(scheme?.[name]));
}

/** From the last layer back to the first, of the gradient's mean square. */
export const backward = ({ gradient }: Results["propagation"]) =>
  at(gradient.secondMoment, 0) / last(gradient.secondMoment);
