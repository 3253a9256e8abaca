/** What each scheme is called, and when to use it, in English. */
import type { SchemeId } from "../engine/catalogue.js";

export interface SchemeText {
  /** As a person would say it. */
  readonly name: string;
  readonly use: string;
  readonly avoid: string;
}

export const schemes: Record<SchemeId, SchemeText> = {
  zeros: {
    name: "Zeros",
    use: "For biases, and for the last layer of a residual branch.",
    avoid: "For weights: all units of a layer stay equal, and behind a zero layer nothing learns.",
  },
  ones: {
    name: "Ones",
    use: "For scale parameters of normalization layers.",
    avoid: "For weights: all units of a layer stay copies of one another.",
  },
  constant: {
    name: "Constant",
    use: "For biases that need an offset.",
    avoid: "For weights: it does not break the symmetry between units.",
  },
  uniform: {
    name: "Uniform",
    use: "When you know the bounds you want.",
    avoid: "With fixed bounds in deep networks: its scale ignores the width.",
  },
  normal: {
    name: "Normal",
    use: "When you know the scale you want, 0.02 in many transformers.",
    avoid: "With std 1 in wide layers: signals grow by the square root of the width.",
  },
  trunc_normal: {
    name: "Truncated normal",
    use: "When outliers must not occur. The bounds are values, not multiples of std.",
    avoid: "With bounds far outside std, where it truncates nothing.",
  },
  xavier_uniform: {
    name: "Xavier uniform",
    use: "For tanh, and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  xavier_normal: {
    name: "Xavier normal",
    use: "For tanh, and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  kaiming_uniform: {
    name: "He uniform",
    use: "For ReLU and its relatives. Alike He normal: only the variance matters.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  kaiming_normal: {
    name: "He normal",
    use: "For ReLU and its relatives.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  orthogonal: {
    name: "Orthogonal",
    use: "For deep linear and tanh networks and recurrent weights: lengths are kept exactly.",
    avoid: "Expecting more from it with ReLU, which spoils the isometry at any gain.",
  },
  torch_linear: {
    name: "PyTorch Linear",
    use: "To see what nn.Linear does when you choose nothing.",
    avoid: "In deep plain networks: with ReLU each layer keeps a sixth of the signal.",
  },
  torch_linear_bias: {
    name: "PyTorch Linear bias",
    use: "To see the bias that nn.Linear draws by default.",
    avoid: "When you want zero biases, as most papers assume.",
  },
  eye: {
    name: "Identity (eye)",
    use: "To pass a signal on unchanged in a linear layer or a recurrent one.",
    avoid: "Expecting units to differ more than in which input they copy: nothing is random.",
  },
  dirac: {
    name: "Dirac",
    use: "To begin a convolution as the identity on its channels.",
    avoid: "In networks that must break symmetry by themselves: surplus channels are all 0.",
  },
  sparse: {
    name: "Sparse",
    use: "For recurrent networks of the Hessian-free kind: few strong connections a unit.",
    avoid: "When rows shall be alike: torch zeroes within columns, the outputs of one input.",
  },
  variance_scaling: {
    name: "Variance scaling",
    use: "To choose scale, fan and law apart: all of Glorot, He and LeCun are cases of it.",
    avoid: "Comparing seeds across libraries: Keras and JAX draw other numbers.",
  },
  glorot_uniform: {
    name: "Glorot uniform",
    use: "As the default of Keras's Dense and Conv layers.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  glorot_normal: {
    name: "Glorot normal (truncated)",
    use: "For tanh in Keras and JAX, where the normal law is cut at two std and rescaled.",
    avoid: "Expecting torch's xavier_normal: its law has tails, this one has none.",
  },
  he_uniform: {
    name: "He uniform (Keras, JAX)",
    use: "For ReLU and its relatives.",
    avoid: "With sigmoid or tanh, which it drives into saturation.",
  },
  he_normal: {
    name: "He normal (truncated)",
    use: "For ReLU in Keras and JAX: cut at two std, with the same variance as torch's.",
    avoid: "Expecting torch's kaiming_normal: same variance, other tails.",
  },
  lecun_uniform: {
    name: "LeCun uniform",
    use: "For SELU and for layers without activation.",
    avoid: "With ReLU: each layer halves the signal.",
  },
  lecun_normal: {
    name: "LeCun normal (truncated)",
    use: "For SELU; it is what Flax uses by default.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  random_uniform: {
    name: "Keras uniform",
    use: "For embeddings, whose default it is in Keras.",
    avoid: "In deep networks: its scale ignores the width.",
  },
  random_normal: {
    name: "Keras normal",
    use: "When you know the scale you want; Keras's default is 0.05.",
    avoid: "In deep networks: its scale ignores the width.",
  },
  truncated_normal: {
    name: "Keras truncated normal",
    use: "When outliers must not occur: it is cut at two std.",
    avoid: "Expecting its std to be the one you give: cutting leaves 88 % of it.",
  },
  identity: {
    name: "Identity (Keras)",
    use: "For recurrent kernels that shall keep their state: IRNN.",
    avoid: "For kernels of convolutions: it has two dimensions only.",
  },
  stft: {
    name: "STFT",
    use: "For a convolution that shall compute a short-time Fourier transform of its input.",
    avoid: "For anything that shall learn from scratch: nothing is random, and channels are equal.",
  },
  jax_uniform: {
    name: "JAX uniform",
    use: "For positive values: it draws from 0 to the scale.",
    avoid: "For weights: its mean is not 0, and the means add up over the inputs.",
  },
  jax_normal: {
    name: "JAX normal",
    use: "When you know the scale you want; JAX's default is 0.01.",
    avoid: "In deep networks: its scale ignores the width.",
  },
  jax_truncated_normal: {
    name: "JAX truncated normal",
    use: "When outliers must not occur: the bounds are multiples of the scale.",
    avoid: "Expecting the std that you give: it is smaller after the cut.",
  },
  delta_orthogonal: {
    name: "Delta-orthogonal",
    use: "For very deep plain convolutional networks: isometric, at one tap of the kernel.",
    avoid: "With more inputs than outputs, for which it does not exist.",
  },
  siren: {
    name: "SIREN",
    use: "For networks with sine activations: it keeps their phases uniformly spread.",
    avoid: "With any other activation: its scale counts on omega_0 inside the sine.",
  },
  gpt2: {
    name: "GPT-2",
    use: "For transformers: projections that end a residual branch shrink with depth.",
    avoid: "In plain networks without residual branches, where 0.02 vanishes in depth.",
  },
  zero_init: {
    name: "ZerO",
    use: "For residual networks without any randomness: identities and Hadamard matrices.",
    avoid: "In plain networks whose widths are equal: all layers are the identity.",
  },
  looks_linear: {
    name: "Looks linear",
    use: "For CReLU networks: mirrored blocks make the network linear at the start.",
    avoid: "With widths that are odd, or activations that are not mirrored.",
  },
  mimetic: {
    name: "Mimetic",
    use: "For small vision transformers: queries and keys begin as trained ones end.",
    avoid: "For other layers than a pair of query and key.",
  },
  edge_of_chaos: {
    name: "Phase-plane point",
    use: "To choose weight and bias variance by mean-field theory, such as a point at the edge of chaos.",
    avoid: "With values off the critical line, in networks deeper than the correlation length.",
  },
  lsuv: {
    name: "LSUV",
    use: "For any activation: one batch measures each layer, and its weights are divided by the std.",
    avoid: "Where no representative batch is at hand, or layers share weights.",
  },
};
