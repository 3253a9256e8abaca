/** The numbers of "Debugging: what to look at when a network does not learn". */
import type { TrainingFrame } from "../../src/engine/results.js";
import { at, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings, Computations, Numbers } from "./computations.js";

/** Classes of the digits, and what guessing among as many costs. */
const CLASSES = 10;
const GUESSING = Math.log(CLASSES);
/** N(0, 1), or U(0, 1), where the text names it. */
const UNIT = [given(0, "of N(0, 1) or U(0, 1)"), given(1, "of N(0, 1) or U(0, 1)")];

/** The least and the greatest ratio of a step to its weights, over the layers. */
function extent({ update, weight }: TrainingFrame) {
  const ratios = Array.from(update, (change, l) => change / at(weight, l));
  return [Math.min(...ratios), Math.max(...ratios)];
}

async function before(computed: Computations): Promise<Numbers> {
  const { request, results } = await computed.figure("training", "initial");
  const frames = results.map((result) => at(result.frames, 0));
  const [he, normal, small] = frames;
  const [, , third] = request.schemes;
  const { inputs, classes } = he?.samples ?? { inputs: NaN, classes: NaN };
  const [first, later] = await Promise.all([
    computed.law("kaiming_normal", [request.width, inputs]),
    computed.law("kaiming_normal", [request.width, request.width]),
  ]);
  const variance = later.std ** 2 * request.width; // of outputs where the signal before them is 1
  const outputs = (frame: TrainingFrame | undefined) => last(frame?.activation);
  const early = at(results[1]?.frames, 1);
  const [known, guessed] = results.map((result) => last(result.frames).score);
  const zeros = await computed.figure("training", "head");
  const [tamed, wild] = zeros.results;
  return {
    "The loss before the first step": [
      Math.log(2),
      classes,
      GUESSING,
      ZERO,
      given(2, "of the bound"),
      variance,
      ONE,
      variance,
      classes,
      GUESSING,
      GUESSING + variance / 2,
      early.step,
      outputs(early) / outputs(normal),
    ],
    "question 1": [
      inputs,
      request.width,
      classes,
      ...UNIT,
      ...parametersOf(third, "std"),
      1 / first.std,
      1 / later.std,
      Math.sqrt(outputs(normal) / outputs(he)),
      ...parametersOf(third, "std"),
      small?.loss ?? NaN,
    ],
    "figure initial": [
      classes,
      he?.loss ?? NaN,
      ...UNIT,
      normal?.loss ?? NaN,
      ...parametersOf(third, "std"),
      small?.loss ?? NaN,
      ...UNIT,
      guessed ?? NaN,
      known ?? NaN,
    ],
    "figure head": [
      ...UNIT,
      at(tamed?.frames, 0).loss,
      at(tamed?.frames, 1).step,
      at(tamed?.frames, 1).score,
      at(results[0]?.frames, 1).score,
      ...UNIT,
      wild?.diverged ?? NaN,
    ],
    "question 3": [
      given(1000, "classes of an example"),
      given(60, "the loss of an example"),
      given(1000, "classes of an example"),
      Math.log(1000),
      given(2, "of the bound"),
      60 - Math.log(1000),
      given(100, "less than twice the 53"),
    ],
  };
}

async function activations(computed: Computations): Promise<Numbers> {
  const { request, results } = await computed.figure("propagation", "histograms");
  const [xavier, small, normal] = results.map((result) => last(result.activation.secondMoment));
  const shifted = await computed.figure("propagation", "shifted");
  const [he, weaker] = shifted.results.map(({ deadFraction }) => deadFraction);
  const allDead = (dead: Float64Array | undefined) => (dead?.findIndex((d) => d === 1) ?? NaN) + 1;
  const dying = await computed.figure("training", "dying");
  const end = last(at(dying.results, 0).frames);
  const dead = [...end.deadFraction].flatMap((share, l) => (share === 1 ? [l + 1] : []));
  const saturating = await computed.figure("training", "saturating");
  const [good, bad] = saturating.results.map(({ frames }) => frames);
  const middle = 5;
  const saturated = (frame: TrainingFrame) => at(frame.saturatedFraction, middle - 1);
  return {
    "Activations by layer": [normal ?? NaN],
    "figure histograms": [
      request.depth,
      request.depth,
      xavier ?? NaN,
      ...parametersOf(request.schemes[1], "std"),
      ZERO,
      small ?? NaN,
      ...UNIT,
      given(-1, "an end of tanh"),
      given(1, "an end of tanh"),
      normal ?? NaN,
    ],
    "Dead units": [ZERO, ZERO, ZERO],
    "figure shifted": [
      shifted.request.depth,
      ...parametersOf(shifted.request.bias, "val"),
      given(3, "a layer to look at"),
      at(he, 2),
      given(5, "a layer to look at"),
      at(he, 4),
      allDead(he),
      allDead(weaker),
    ].flat(),
    "figure dying": [
      dying.request.depth,
      dying.request.learning_rate,
      ...dead,
      given(2, "classes of the circles"),
      Math.log(2),
      end.loss,
      given(0.1, "a learning rate to try"),
    ],
    "Saturated units": [ZERO, given(0.97, "the threshold that chapter 2 has")],
    "figure saturating": [
      saturating.request.depth,
      saturating.request.width,
      ...UNIT,
      given(middle, "the layer to look at"),
      saturated(at(bad, 0)),
      saturated(last(bad)),
      saturated(last(good)),
    ],
  };
}

async function gradients(computed: Computations): Promise<Numbers> {
  const { request, results } = await computed.figure("propagation", "weights");
  const xavier = at(results, 1);
  const theory = at(xavier.theory.weightGradient, 0);
  return {
    "Gradients by layer": UNIT,
    "question 2": [
      request.depth,
      at(xavier.theory.secondMoment, 1) / at(xavier.theory.secondMoment, 0),
      Math.log2(1 / theory),
    ],
    "figure weights": [request.depth, at(xavier.gradient.secondMoment, 0), theory, theory],
  };
}

async function steps(computed: Computations): Promise<Numbers> {
  const { request, results } = await computed.figure("training", "step");
  const { frames } = at(results, 0);
  const [careful, bold] = [0.001, 0.1];
  const others = await Promise.all(
    [careful, bold].map((rate) =>
      computed.run(
        "training",
        `v=1&data_set=digits&depth=3&width=64&learning_rate=${rate}&steps=100&seed=5`,
      ),
    ),
  );
  const [slow, fast] = others.map((run) => at(run.results, 0).frames);
  const adam = 0.001;
  const { std } = await computed.law("kaiming_normal", [request.width, request.width]);
  return {
    "The size of a step": [
      given(1e-3, "a rule of thumb"),
      given(1 / 100, "far from it"),
      given(100, "far from it"),
      given(adam, "Adam's usual rate"),
      request.width,
      given(adam, "Adam's usual rate"),
      std,
      adam / std,
    ],
    "figure step": [
      request.depth,
      request.learning_rate,
      ...extent(at(frames, 0)),
      request.steps,
      ...extent(last(frames)),
      given(careful, "a learning rate to try"),
      given(bold, "a learning rate to try"),
    ],
    "question 4": [
      request.learning_rate,
      given(bold, "a learning rate to try"),
      request.steps,
      bold / request.learning_rate,
      ...extent(at(fast, 0)),
      last(fast).loss,
      last(frames).loss,
      given(careful, "a learning rate to try"),
      last(slow).loss,
    ],
  };
}

export const debugging: Bindings = async (computed) => {
  const [uniform, normal] = await Promise.all([computed.law("uniform"), computed.law("normal")]);
  const parts = [before, activations, gradients, steps];
  const numbers = await Promise.all(parts.map((part) => part(computed)));
  return Object.assign(
    {
      "Debugging: what to look at when a network does not learn": [
        ZERO,
        ONE,
        given(1e-3, "a rule of thumb"),
      ],
      "What PyTorch says, and what it does not say": [
        given(0, "an argument that there is not"),
        given(1, "an argument that there is not"),
        given(2, "PyTorch's own words"),
        given(0.02, "an example"),
        given(1, "dimensions of a bias"),
        uniform.min,
        uniform.max,
        normal.mean,
        normal.std ** 2,
        ...Array.from({ length: 3 }, () => given(1, "inputs and outputs of the example")),
      ],
    },
    ...numbers,
  ) as Numbers;
};
