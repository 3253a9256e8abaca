// Values and slopes of typed activations, one z after the other, with what the core writes of them in Python: for
// expressions.py.
// Usage: node expressions.mjs OUTPUT_DIR
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "../../dist/npm/index.js";

const [output] = process.argv.slice(2);
mkdirSync(output, { recursive: true });
const scope = await load();

const expressions = [
  "z*tanh(softplus(z))",
  "z*sigmoid(1.5*z)",
  "relu(z)^2",
  "0.5*z*(1+tanh(sqrt(2/pi)*(z+0.044715*z^3)))",
  "0.5*z*(1+erf(z/sqrt(2)))",
  "z+sin(z)^2",
  "where(z>0,z,0.25*z)",
  "z*where(z<0,0.25,1)",
  "where(z<=-1,-1,where(z>=1,1,z))",
  "where(1<2,z,exp(z))",
  "where(z*z<2,cos(z),cos(sqrt(2)))",
  "z*min(max(z/6+0.5,0),1)",
  "where(z>0,z,2*(exp(z/2)-1))",
  "z/(1+abs(z))",
  "-z^2",
  "(-z)^3-z-(1-z)",
  "2^z-2^-z",
  "(z^2+1)^-1",
  "(1+z^2)^0.3-1",
  "log(1+z^2)/2",
  "exp(-z^2/2)*exp(1)",
  "max(min(z,2),-2)*sigmoid(2)",
  "z-z/3/2*z",
  "z*-tanh(-z)",
];
/** None of them is where one of these bends. */
const points = Array.from({ length: 25 }, (_, i) => Math.fround((i - 12) * 0.317 + 0.0371));

/** One unit whose pre-activation is z: its activation squared, and its gradient's. */
async function unit(z, activation) {
  const [answer] = await scope.propagate({
    ...activation,
    depth: 1,
    width: 1,
    input_width: 1,
    batch: 1,
    input: "data",
    data: Float32Array.of(z),
    schemes: ["ones"],
  });
  const { preactivation, activation: signal, gradient } = answer.result;
  if (preactivation.secondMoment[0] !== z * z) throw new Error(`z is not ${z}`);
  return { value: signal.secondMoment.at(-1), slope: gradient.secondMoment[0] };
}

const cases = [];
for (const expression of expressions) {
  const typed = { activation: "typed", expression };
  const [place] = await scope.phase({ ...typed, detail: "place" });
  const squares = { value: [], slope: [] };
  for (const z of points) {
    const own = await unit(z, typed);
    const linear = await unit(z, { activation: "linear" });
    squares.value.push(own.value);
    squares.slope.push(own.slope / linear.slope);
  }
  cases.push({ expression, python: place.result.python, squares });
}
writeFileSync(join(output, "expressions.json"), JSON.stringify({ points, cases }));
scope.close();
