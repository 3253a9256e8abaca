/** What the glossary says of each term, in English: its name, and one or two sentences. */
import type { TermId } from "../generated/terms.js";

export interface Entry {
  readonly name: string;
  readonly text: string;
}

export type Glossary = Readonly<Record<TermId, Entry>>;

export const glossary: Glossary = {
  signal: {
    name: "Signal",
    text: "The mean square of a layer’s activations, over its units and the inputs. It always means this here.",
  },
  mean_square: {
    name: "Mean square",
    text: "The mean of the squared values, also called second moment: the variance plus the square of the mean.",
  },
  variance: {
    name: "Variance",
    text: "The mean squared distance from the mean. It equals the mean square where the mean is 0.",
  },
  std: {
    name: "Standard deviation, std",
    text: "The root of the variance. Libraries ask for it, where theory speaks of the variance.",
  },
  activations: {
    name: "Activations",
    text: "What the units of a layer hand on: the activation function of their weighted sums z.",
  },
  activation: {
    name: "Activation function",
    text: "The function φ that each unit applies to its weighted sum z, such as ReLU or tanh.",
  },
  bias: {
    name: "Biases",
    text: "The number b that each unit adds to the weighted sum of its inputs. They may start at 0.",
  },
  batch: {
    name: "Batch",
    text: "The inputs that go through the network together. In training a step is made of one batch.",
  },
  gradient: {
    name: "Gradient",
    text: "The derivative of the loss E by the sums z of a layer, or by its weights W. It travels from the last layer back.",
  },
  loss: {
    name: "Loss",
    text: "What training makes small: how far the outputs are from the targets, as one number.",
  },
  correlation: {
    name: "Correlation c of two inputs",
    text: "The cosine between what two inputs have become at a layer. At 1 both have one direction, and differ at most in length.",
  },
  dead: {
    name: "Dead unit",
    text: "A unit that is exactly 0 for every input of the batch. Through a ReLU it gets no gradient from them.",
  },
  saturated: {
    name: "Saturated activation",
    text: "So near to a bound of its function that the slope is almost 0. We count beyond ±0.97, for sigmoid below 0.03 or above 0.97.",
  },
  overflow: {
    name: "Overflow",
    text: "A number has become larger than float32 holds, which ends at 3.4×10³⁸.",
  },
  float32: {
    name: "float32",
    text: "Numbers of 32 bits, as most networks compute with them: up to 3.4×10³⁸, and with all digits from 1.2×10⁻³⁸ on.",
  },
  diverge: {
    name: "Divergence",
    text: "A run diverges at the step from which its loss is no finite number any more.",
  },
  copies: {
    name: "Copies of one unit",
    text: "Units whose weights, in and out, and biases are equal stay equal at every step. Together they compute what one does.",
  },
  effective_rank: {
    name: "Effective rank",
    text: "How many directions the activations of a layer span, by their singular values s. At 1 all units say the same.",
  },
  singular_value: {
    name: "Singular values",
    text: "The factors by which a matrix stretches its principal directions. An orthogonal matrix has 1 alone.",
  },
  marchenko_pastur: {
    name: "Marchenko–Pastur distribution",
    text: "What the singular values of large matrices of independent entries tend to.",
  },
  quantile: {
    name: "Quantile",
    text: "The value below which a given share of all values lies. Half of them lie below the median.",
  },
  median: { name: "Median", text: "The value in the middle: half of all values lie below it." },
  ks: {
    name: "KS distance",
    text: "Kolmogorov and Smirnov’s: the largest difference between two distribution functions, the sample’s and the one in theory.",
  },
  skewness: {
    name: "Skewness",
    text: "The third moment about the mean, in standard deviations. A symmetric distribution has 0.",
  },
  excess_kurtosis: {
    name: "Excess kurtosis",
    text: "The fourth moment about the mean, in standard deviations, less the normal distribution’s 3. Heavy tails make it large.",
  },
  fan_in: {
    name: "fan_in",
    text: "The connections into each unit of a layer. A convolution has input channels times the kernel’s area.",
  },
  fan_out: {
    name: "fan_out",
    text: "The connections out of each unit that feeds the layer.",
  },
  gain: {
    name: "Gain",
    text: "A factor on the standard deviation of the weights, which makes up for what the activation takes of the signal.",
  },
  scale_free: {
    name: "Scale-free",
    text: "A function for which inputs twice as large give outputs twice as large, for any positive factor: linear, ReLU, leaky ReLU.",
  },
  mean_field: {
    name: "Mean-field theory",
    text: "What layers would do if they were infinitely wide. Their sums z are then Gaussian, so that a few numbers describe a layer.",
  },
  band: {
    name: "Band",
    text: "About 95% of networks of this width lie within it, for one input: so far they stray from theory by chance.",
  },
  sigma_w2: {
    name: "σ_w², and its root σ_w",
    text: "The variance of one weight times fan_in. With σ_b² it gives a network’s place in the phase plane.",
  },
  sigma_b2: { name: "σ_b², and its root σ_b", text: "The variance of one bias." },
  fixed_point: {
    name: "Fixed point",
    text: "A variance of z that the next layer has again. Deep networks tend to it where it attracts.",
  },
  q_star: {
    name: "q*",
    text: "The variance of z to which deep layers tend: a fixed point of the map from one layer to the next.",
  },
  chi_1: {
    name: "χ₁",
    text: "The factor by which the gradient’s mean square is multiplied per layer on its way back, in wide and deep networks.",
  },
  chi_q: {
    name: "χ_q",
    text: "By this factor a small deviation of the variance of z from its fixed point is multiplied per layer.",
  },
  depth_scale: {
    name: "Depth scale ξ",
    text: "Over so many layers the gradient (ξ), the distance from the final correlation (ξ_c) or from q* (ξ_q) changes by a factor e.",
  },
  critical: {
    name: "Critical",
    text: "χ₁ is 1: in wide networks gradients keep their size over many layers. Depth costs a power of it at most, no exponential.",
  },
  edge_of_chaos: {
    name: "Edge of chaos",
    text: "Where χ₁ = 1 at a variance that settles: the line between the ordered and the chaotic phase. Deep networks are trained on it.",
  },
  ordered: {
    name: "Ordered phase",
    text: "χ₁ is below 1: gradients shrink backward. With a bounded activation and biases all inputs become alike.",
  },
  chaotic: {
    name: "Chaotic phase",
    text: "χ₁ is above 1: gradients grow backward. With a bounded activation even similar inputs part.",
  },
  half_stable: {
    name: "Half-stable point",
    text: "A critical point at which χ_q is 1, too. GELU, SiLU and Mish have one, and critical points with smaller q* repel.",
  },
  repels: {
    name: "A point that repels",
    text: "A small deviation from it grows from layer to layer: χ_q is above 1.",
  },
  attracts: {
    name: "A point that attracts",
    text: "A small deviation from it dies out from layer to layer: χ_q is below 1.",
  },
  trunk: {
    name: "Trunk",
    text: "What passes by the branches of a residual network, and to which each of them adds.",
  },
  branch: {
    name: "Branch",
    text: "The layers f of a residual block. What they compute is added to the trunk.",
  },
  residual: {
    name: "Residual block",
    text: "It adds what its branch computes to what passes by. If the branch gives 0, it is the identity.",
  },
  normalization: {
    name: "Normalization",
    text: "Values are divided by their own size, so that the scale of the weights before it drops out of what comes after.",
  },
  layer_norm: {
    name: "LayerNorm",
    text: "For each sample, the mean over all units is taken away, and the rest is divided by its standard deviation.",
  },
  rms_norm: {
    name: "RMSNorm",
    text: "For each sample, all units are divided by their root mean square. The mean stays.",
  },
  group_norm: { name: "GroupNorm", text: "LayerNorm within groups of units, each by itself." },
  batch_norm: {
    name: "BatchNorm",
    text: "For each unit, the mean over the batch is taken away, and the rest is divided by its standard deviation.",
  },
  learning_rate: {
    name: "Learning rate",
    text: "The factor η on the gradient in a step of SGD. Adam’s first step moves each weight by about η.",
  },
  momentum: {
    name: "Momentum",
    text: "The share of the last step’s direction that is kept: gradients of many steps add up.",
  },
  weight_decay: {
    name: "Weight decay",
    text: "The share of each parameter that is added to its gradient, so that steps pull it towards 0.",
  },
  rms: {
    name: "Root mean square, rms",
    text: "The root of the mean square: the typical size of the entries.",
  },
};
