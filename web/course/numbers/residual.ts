/** The numbers of the sections of "Beyond" on residual and normalized networks. */
import type { Results } from "../../src/engine/results.js";
import { at, given, last, ONE, ZERO } from "./computations.js";
import type { Computations, Numbers } from "./computations.js";

type Result = Results["propagation"];

/** At the end of the trunk, in theory. */
const signal = (result: Result | undefined) => last(result?.theory.secondMoment);
const correlation = (result: Result | undefined) => last(result?.theory.correlation);
/** The two blocks of the trunk of which theory says the difference, or the quotient. */
const two = (result: Result | undefined) =>
  [at(result?.theory.secondMoment, 0), at(result?.theory.secondMoment, 1)] as const;
const added = (result: Result | undefined) => two(result)[1] - two(result)[0];
const factor = (result: Result | undefined) => two(result)[1] / two(result)[0];
/** Of the gradient's mean square, from the last row to the first, in theory. */
const returned = (result: Result | undefined) =>
  at(result?.theory.gradient, 0) / last(result?.theory.gradient);

const BRANCHES = given(2, "branches of a transformer's block");
const REPEATED = "v=1&depth=25&correlation=0.3&s=kaiming_normal&s=xavier_normal";

async function branches(computed: Computations): Promise<Numbers> {
  const residual = await computed.figure("propagation", "residual");
  const [he, xavier, fixup] = residual.results;
  const { depth } = residual.request;
  if (signal(fixup) !== 1) throw new Error("Fixup's network does not start as the identity");
  const scaled = await computed.figure("propagation", "branch-scale");
  const small = await computed.run(
    "propagation",
    `${REPEATED}&net=depth*(res;scale:${1 / depth}(phi,dense,phi,dense))`,
  );
  const blocks = given(12, "an example");
  const root = (count: number) => [count, 1 / Math.sqrt(count)];
  return {
    "Residual branches": [ZERO, ONE, ONE],
    "question 1": [
      factor(he) - 1,
      depth,
      factor(he),
      signal(he),
      signal(he),
      given(2, "layers of the branch"),
      factor(xavier) - 1,
      factor(xavier) - 1,
      factor(xavier),
      signal(xavier),
    ],
    "figure residual": [depth, factor(he), factor(xavier)],
    "The scale of a branch": [ONE, ONE, BRANCHES, BRANCHES, depth, signal(small.results[0])],
    "figure branch-scale": [
      scaled.request.depth,
      signal(scaled.results[0]),
      signal(scaled.results[1]),
    ],
    "question 6": [blocks, ...root(2 * blocks.given), ...root(3 * blocks.given)],
  };
}

async function norms(computed: Computations): Promise<Numbers> {
  const before = await computed.figure("propagation", "prenorm");
  const [he, xavier, library] = before.results;
  const after = await computed.figure("propagation", "postnorm");
  const compared = await computed.run("propagation", `${REPEATED}&net=${before.request.net}`);
  return {
    "Normalization before the branch, or after the sum": [
      ONE,
      added(he),
      signal(he) - added(he),
      ONE,
      ONE,
      ONE,
    ],
    "figure prenorm": [
      before.request.depth,
      added(he),
      signal(he),
      added(xavier),
      signal(xavier),
      added(library),
      added(he) / (signal(he) - added(he)),
      added(library) / (signal(library) - added(library)),
    ],
    "figure postnorm": [
      after.request.depth,
      after.request.correlation,
      correlation(after.results[0]),
      correlation(after.results[1]),
      correlation(compared.results[0]),
      correlation(compared.results[1]),
    ],
  };
}

async function batches(computed: Computations): Promise<Numbers> {
  const { request, results } = await computed.figure("propagation", "batchnorm");
  const [he] = results;
  const normal = await computed.law("normal");
  const half = 1 / ((await computed.law("kaiming_normal")).std ** 2 * request.width);
  const [lambda, squaredMean] = [Math.PI / (Math.PI - 1), 2];
  const skips = await computed.run(
    "propagation",
    `v=1&depth=25&s=kaiming_normal&net=depth*(res(bn,phi,dense,bn,phi,dense))`,
  );
  return {
    "Batch normalization without skips": [
      half,
      half,
      given(squaredMean, "of 1/(2π), the square of the mean of a ReLU"),
      ONE,
      given(1 / 2, "of the formula"),
      given(1 / 2, "of the formula"),
      given(squaredMean, "of the formula"),
      ONE,
      lambda,
      lambda,
      skips.request.depth,
      added(skips.results[0]),
      returned(skips.results[0]),
    ],
    "question 2": [normal.mean, normal.std ** 2, request.width],
    "figure batchnorm": [
      request.depth,
      request.batch,
      returned(he) ** (1 / (request.depth - 1)),
      returned(he),
    ],
  };
}

async function gaps(computed: Computations): Promise<Numbers> {
  const { request, results } = await computed.figure("propagation", "postact");
  const [relu] = results;
  const { depth, repeats } = request;
  const trunk = relu?.theory.secondMoment;
  const first = at(trunk, 0);
  const gap = await computed.figure("propagation", "gap");
  const many = gap.results[0]?.ranges?.secondMoment;
  const law = await computed.law("kaiming_normal");
  const twice = law.std ** 2 * request.width; // of the branch, where its ReLU halves once
  const halved = first / (1 + twice);
  return {
    "ReLU after the sum": [ZERO],
    "Where theory has no answer": [given(128, "a batch, the lab's own")],
    "question 3": [
      depth,
      twice,
      halved,
      first,
      first,
      last(trunk) / at(trunk, -2),
      halved,
      ZERO,
      halved,
    ],
    "figure postact": [
      depth,
      repeats,
      last(trunk),
      last(relu?.ranges?.secondMoment.median),
      first,
      first ** depth,
    ],
    "figure gap": [
      gap.request.depth,
      gap.request.repeats,
      last(many?.median),
      last(many?.least),
      last(many?.greatest),
    ],
  };
}

export async function residualNumbers(computed: Computations): Promise<Numbers> {
  const parts = [branches, norms, batches, gaps];
  return Object.assign({}, ...(await Promise.all(parts.map((part) => part(computed))))) as Numbers;
}
