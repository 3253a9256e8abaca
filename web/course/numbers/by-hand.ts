/** Computations of the course that no lab has: a biased sigmoid network, and a product of matrices. */
import { at } from "./computations.js";
import type { Computations } from "./computations.js";

const WIDTH = 256;
const INPUTS = 16;

type Vectors = readonly Float64Array[];

const map = (vectors: Vectors, f: (value: number, unit: number, vector: number) => number) =>
  vectors.map((vector, v) => vector.map((value, i) => f(value, i, v)));
const meanSquare = (vectors: Vectors) =>
  vectors.reduce((sum, vector) => sum + vector.reduce((s, x) => s + x * x, 0), 0) /
  (vectors.length * (vectors[0]?.length ?? 0));

/** W x, or its transpose times x, for a square matrix by rows. */
function times(matrix: Float32Array, vectors: Vectors, transposed = false): Float64Array[] {
  return vectors.map((vector) => {
    const n = vector.length;
    const [row, column] = transposed ? [1, n] : [n, 1];
    return Float64Array.from(vector, (_, i) => {
      let sum = 0;
      for (let j = 0; j < n; ++j) sum += (matrix[i * row + j * column] ?? NaN) * (vector[j] ?? NaN);
      return sum;
    });
  });
}

const sigmoid = (u: number) => 1 / (1 + Math.exp(-u));

/**
 * Sigmoid layers with weights 4 W and biases -1/2 of each row's sum of them, W from Xavier, beside tanh
 * layers with W: how far 2 h - 1 is from the tanh layers' activations, and which part of the
 * gradient's mean square at the last layer comes to the first.
 */
export async function centredSigmoid(computed: Computations, depth: number) {
  const draw = async (scheme: string, layer: number) => {
    const values = await computed.weights(scheme, [WIDTH, WIDTH], layer);
    return Array.from({ length: INPUTS }, (_, k) =>
      Float64Array.from(values.subarray(k * WIDTH, (k + 1) * WIDTH)),
    );
  };
  const inputs = await draw("normal", depth + 1);
  const matrices: Float32Array[] = [];
  for (let layer = 1; layer <= depth; ++layer)
    matrices.push(await computed.weights("xavier_normal", [WIDTH, WIDTH], layer));

  let tanh: Vectors = inputs;
  let h: Vectors = map(inputs, (x) => (1 + x) / 2);
  let difference = 0;
  const slopes: Vectors[] = [];
  for (const matrix of matrices) {
    tanh = map(times(matrix, tanh), Math.tanh);
    const rows = Float64Array.from({ length: WIDTH }, (_, i) =>
      matrix.subarray(i * WIDTH, (i + 1) * WIDTH).reduce((sum, w) => sum + 4 * w, 0),
    );
    h = map(times(matrix, h), (z, i) => sigmoid(4 * z - at(rows, i) / 2));
    slopes.push(map(h, (value) => value * (1 - value)));
    for (const [k, vector] of h.entries())
      for (const [i, value] of vector.entries())
        difference = Math.max(difference, Math.abs(2 * value - 1 - at(at(tanh, k), i)));
  }
  const slope = (layer: number, k: number, i: number) => at(at(at(slopes, layer), k), i);
  let gradient: Vectors = map(
    await draw("normal", depth + 2),
    (g, i, k) => g * slope(depth - 1, k, i),
  );
  const atEnd = meanSquare(gradient);
  for (let layer = depth - 1; layer > 0; --layer)
    gradient = map(
      times(at(matrices, layer), gradient, true),
      (g, i, k) => 4 * g * slope(layer - 1, k, i),
    );
  return { difference, arrives: meanSquare(gradient) / atEnd };
}

/** Singular values of a square matrix by columns, descending: one-sided Jacobi rotations. */
function singularValues(columns: readonly Float64Array[]): number[] {
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);
  for (let sweep = 0; sweep < 60; ++sweep) {
    let turned = false;
    for (const [p, a] of columns.entries())
      for (const b of columns.slice(p + 1)) {
        const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
        if (ab * ab <= 1e-28 * aa * bb) continue;
        turned = true;
        const zeta = (bb - aa) / (2 * ab);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        a.forEach((x, i) => {
          const y = b[i] ?? NaN;
          a[i] = c * (x - t * y);
          b[i] = c * (y + t * x);
        });
      }
    if (!turned) break;
  }
  return columns.map((column) => Math.sqrt(dot(column, column))).toSorted((a, b) => b - a);
}

/** Singular values of the product of as many square layers. */
export async function productOf(computed: Computations, scheme: string, n: number, depth: number) {
  let columns: Vectors = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (__, j) => Number(i === j)),
  );
  for (let layer = 1; layer <= depth; ++layer)
    columns = times(await computed.weights(scheme, [n, n], layer), columns);
  return singularValues(columns);
}
