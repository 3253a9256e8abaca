/** When to use each scheme and when not, in English: loaded when a reader asks. */
import type { SchemeId } from "../engine/catalogue.js";

export interface SchemeAdvice {
  readonly use: string;
  readonly avoid: string;
}

export const advice: Record<SchemeId, SchemeAdvice> = {
  zeros: {
    use: "For biases, and for the last layer of a residual branch.",
    avoid: "For weights: all units of a layer stay equal, and behind a zero layer nothing learns.",
  },
  ones: {
    use: "For scale parameters of normalization layers.",
    avoid: "For weights: all units of a layer stay copies of one another.",
  },
  constant: {
    use: "For biases that need an offset.",
    avoid: "For weights: it does not break the symmetry between units.",
  },
  uniform: {
    use: "When you know the bounds you want.",
    avoid: "With fixed bounds in deep networks: its scale ignores the width.",
  },
  normal: {
    use: "When you know the scale you want: 0.02 in many transformers.",
    avoid:
      "With std 1 in wide layers: the mean square grows by about half the width per layer with ReLU.",
  },
  trunc_normal: {
    use: "When outliers must not occur. The bounds are values, not multiples of std.",
    avoid: "With bounds far beyond std, where it truncates nothing.",
  },
  xavier_uniform: {
    use: "For tanh, and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  xavier_normal: {
    use: "For tanh, and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  kaiming_uniform: {
    use: "For ReLU, and for leaky ReLU with its slope a. Works like He normal: only the variance matters.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  kaiming_normal: {
    use: "For ReLU, and for leaky ReLU with its slope a.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  orthogonal: {
    use: "For deep linear and tanh networks and recurrent weights: where a layer has no fewer units than fan_in, a gain of 1 keeps the length of every vector.",
    avoid:
      "Expecting kept lengths where fan_in exceeds the number of units, or with ReLU, which spoils the isometry at any gain.",
  },
  torch_linear: {
    use: "To see what nn.Linear does when you choose nothing.",
    avoid: "In deep plain networks: with ReLU each layer keeps a sixth of the signal.",
  },
  torch_linear_bias: {
    use: "To see the bias that nn.Linear draws by default.",
    avoid: "When you want zero biases, as most papers assume.",
  },
  eye: {
    use: "To pass a signal on unchanged in a linear layer or a recurrent one.",
    avoid: "Expecting units to differ more than in which input they copy: nothing is random.",
  },
  dirac: {
    use: "To begin a convolution as the identity on its channels.",
    avoid: "In networks that must break symmetry by themselves: surplus channels are all 0.",
  },
  sparse: {
    use: "For recurrent networks trained by Hessian-free optimization: few strong connections per unit.",
    avoid:
      "Expecting as many connections for every unit: torch zeroes a fixed share of each column, the weights of one input.",
  },
  variance_scaling: {
    use: "To set scale, fan and distribution separately: those of Glorot, He and LeCun are special cases.",
    avoid: "Comparing seeds across libraries: Keras and JAX draw other numbers.",
  },
  glorot_uniform: {
    use: "As the default of Keras's Dense and Conv layers.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  glorot_normal: {
    use: "For tanh in Keras and JAX: a normal distribution, cut at two std and rescaled.",
    avoid: "Expecting torch's xavier_normal: that one has tails, this one has none.",
  },
  he_uniform: {
    use: "For ReLU in Keras and JAX. Works like He normal: only the variance matters.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  he_normal: {
    use: "For ReLU in Keras and JAX: cut at two std, with the same variance as torch's.",
    avoid: "Expecting torch's kaiming_normal: same variance, other tails.",
  },
  lecun_uniform: {
    use: "For SELU and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  lecun_normal: {
    use: "For SELU; it is what Flax uses by default.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  random_uniform: {
    use: "For embeddings, whose default it is in Keras.",
    avoid: "In deep networks: its scale ignores the width.",
  },
  random_normal: {
    use: "When you know the scale you want; Keras's default is 0.05.",
    avoid: "In deep networks: its scale ignores the width.",
  },
  truncated_normal: {
    use: "When outliers must not occur: it is cut at two std.",
    avoid: "Expecting its std to be the one you give: cutting leaves 88% of it.",
  },
  identity: {
    use: "For recurrent kernels that should keep their state: IRNN.",
    avoid: "For kernels of convolutions: it has two dimensions only.",
  },
  stft: {
    use: "For a convolution that should compute a short-time Fourier transform of its input.",
    avoid:
      "For anything that should learn from scratch: nothing is random, and channels are equal.",
  },
  jax_uniform: {
    use: "For positive values: it draws from 0 to the scale.",
    avoid: "For weights: its mean is not 0, and the means add up over the inputs.",
  },
  jax_normal: {
    use: "When you know the scale you want; JAX's default is 0.01.",
    avoid: "In deep networks: its scale ignores the width.",
  },
  jax_truncated_normal: {
    use: "When outliers must not occur: the bounds are multiples of the scale.",
    avoid: "Expecting the std that you give: it is smaller after the cut.",
  },
  delta_orthogonal: {
    use: "For very deep plain convolutional networks: isometric, at one tap of the kernel.",
    avoid: "With more inputs than outputs, for which it does not exist.",
  },
  siren: {
    use: "For networks with sine activations: it keeps their phases uniformly spread.",
    avoid: "With any other activation: its scale assumes the frequency ω₀ within the sine.",
  },
  gpt2: {
    use: "For transformers: projections that end a residual branch shrink with depth.",
    avoid: "In plain networks without residual branches, where 0.02 vanishes in depth.",
  },
  zero_init: {
    use: "For residual networks without any randomness: identities and Hadamard matrices.",
    avoid: "In plain networks whose widths are equal: all layers are the identity.",
  },
  looks_linear: {
    use: "For CReLU networks: mirrored blocks make the network linear at the start.",
    avoid: "With widths that are odd, or activations that are not mirrored.",
  },
  mimetic: {
    use: "For small vision transformers: queries and keys begin as trained ones end.",
    avoid: "For layers other than a pair of query and key.",
  },
  edge_of_chaos: {
    use: "To choose weight and bias variance by mean-field theory, such as a point at the edge of chaos.",
    avoid: "With values off the critical line, in networks deeper than the correlation length.",
  },
  lsuv: {
    use: "For any activation: one batch measures each layer, and its weights are divided by the std.",
    avoid: "Where no representative batch is at hand, or layers share weights.",
  },
  fixup: {
    use: "For residual networks without norms: branches begin at 0, their other weights shrink with depth.",
    avoid: "In plain networks, where a last layer of 0 passes nothing on.",
  },
  t_fixup: {
    use: "For transformers without warmup or LayerNorm.",
    avoid: "In networks without residual branches.",
  },
  deepnorm: {
    use: "For deep post-norm transformers whose trunk is scaled by its α as well.",
    avoid: "Without that α, unless a smaller scale of the branches makes up for it.",
  },
  library: {
    use: "To see what PyTorch's layers do when you choose nothing.",
    avoid: "In deep plain networks: with ReLU each layer keeps a sixth of the signal.",
  },
};
