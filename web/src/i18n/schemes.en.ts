/** What each scheme is called, in English. */
import type { SchemeId } from "../engine/catalogue.js";

export interface SchemeText {
  /** As a person would say it. */
  readonly name: string;
}

export const schemes: Record<SchemeId, SchemeText> = {
  zeros: { name: "Zeros" },
  ones: { name: "Ones" },
  constant: { name: "Constant" },
  uniform: { name: "Uniform" },
  normal: { name: "Normal" },
  trunc_normal: { name: "Truncated normal" },
  xavier_uniform: { name: "Xavier uniform" },
  xavier_normal: { name: "Xavier normal" },
  kaiming_uniform: { name: "He uniform" },
  kaiming_normal: { name: "He normal" },
  orthogonal: { name: "Orthogonal" },
  torch_linear: { name: "PyTorch Linear" },
  torch_linear_bias: { name: "PyTorch Linear bias" },
  eye: { name: "Identity (eye)" },
  dirac: { name: "Dirac" },
  sparse: { name: "Sparse" },
  variance_scaling: { name: "Variance scaling" },
  glorot_uniform: { name: "Glorot uniform" },
  glorot_normal: { name: "Glorot normal (truncated)" },
  he_uniform: { name: "He uniform (Keras, JAX)" },
  he_normal: { name: "He normal (truncated)" },
  lecun_uniform: { name: "LeCun uniform" },
  lecun_normal: { name: "LeCun normal (truncated)" },
  random_uniform: { name: "Keras uniform" },
  random_normal: { name: "Keras normal" },
  truncated_normal: { name: "Keras truncated normal" },
  identity: { name: "Identity (Keras)" },
  stft: { name: "STFT" },
  jax_uniform: { name: "JAX uniform" },
  jax_normal: { name: "JAX normal" },
  jax_truncated_normal: { name: "JAX truncated normal" },
  delta_orthogonal: { name: "Delta-orthogonal" },
  siren: { name: "SIREN" },
  gpt2: { name: "GPT-2" },
  zero_init: { name: "ZerO" },
  looks_linear: { name: "Looks linear" },
  mimetic: { name: "Mimetic" },
  edge_of_chaos: { name: "Phase-plane point" },
  lsuv: { name: "LSUV" },
  fixup: { name: "Fixup" },
  t_fixup: { name: "T-Fixup" },
  deepnorm: { name: "DeepNorm" },
  library: { name: "Library default" },
};
