/** Activations in other libraries, by their ids; those that a library has not are written out. */
import type { ActivationId } from "../engine/catalogue.js";
import { pythonNumber } from "./templates.js";

/** An activation with its parameters. */
export interface ActivationSource {
  readonly id: ActivationId;
  readonly negative_slope: number;
  readonly omega_0: number;
}

type Named = Exclude<ActivationId, "leaky_relu" | "sin" | "erf" | "typed">;

const MODULES: Readonly<Record<Named, string>> = {
  linear: "Identity",
  relu: "ReLU",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  elu: "ELU",
  selu: "SELU",
  gelu: "GELU",
  silu: "SiLU",
  softplus: "Softplus",
  mish: "Mish",
  softsign: "Softsign",
  hardtanh: "Hardtanh",
};

/** A module of PyTorch, or of the classes below. */
export function torchActivation({ id, negative_slope, omega_0 }: ActivationSource): string {
  switch (id) {
    case "leaky_relu":
      return `nn.LeakyReLU(${pythonNumber(negative_slope)})`;
    case "sin":
      return `Sine(${pythonNumber(omega_0)})`;
    case "erf":
      return "Erf()";
    case "typed":
      return "Activation()";
    default:
      return `nn.${MODULES[id]}()`;
  }
}

/** Modules that PyTorch does not have, by their names. */
export const torchActivationClasses = (typed: string): Readonly<Record<string, string>> => ({
  Sine: `class Sine(nn.Module):
    def __init__(self, omega_0):
        super().__init__()
        self.omega_0 = omega_0

    def forward(self, z):
        return torch.sin(self.omega_0 * z)`,
  Erf: `class Erf(nn.Module):
    def forward(self, z):
        return torch.erf(z)`,
  Activation: `class Activation(nn.Module):
    def forward(self, z):
        return ${typed}`,
});

const KERAS_NAMES: Readonly<Record<Named, string>> = {
  linear: "linear",
  relu: "relu",
  tanh: "tanh",
  sigmoid: "sigmoid",
  elu: "elu",
  selu: "selu",
  gelu: "gelu",
  silu: "silu",
  softplus: "softplus",
  mish: "mish",
  softsign: "softsign",
  hardtanh: "hard_tanh",
};

/** A layer of Keras. */
export function kerasActivation({ id, negative_slope, omega_0 }: ActivationSource): string {
  switch (id) {
    case "leaky_relu":
      return `layers.LeakyReLU(negative_slope=${pythonNumber(negative_slope)})`;
    case "sin":
      return `layers.Activation(lambda z: keras.ops.sin(${pythonNumber(omega_0)} * z))`;
    case "erf":
      return "layers.Activation(keras.ops.erf)";
    case "typed":
      return "layers.Activation(activation)";
    default:
      return `layers.Activation("${KERAS_NAMES[id]}")`;
  }
}

const JAX_NAMES: Readonly<Record<Exclude<Named, "linear" | "gelu">, string>> = {
  relu: "jax.nn.relu",
  tanh: "jnp.tanh",
  sigmoid: "jax.nn.sigmoid",
  elu: "jax.nn.elu",
  selu: "jax.nn.selu",
  silu: "jax.nn.silu",
  softplus: "jax.nn.softplus",
  mish: "jax.nn.mish",
  softsign: "jax.nn.soft_sign",
  hardtanh: "jax.nn.hard_tanh",
};

/** An expression of JAX. */
export function jaxActivation(
  { id, negative_slope, omega_0 }: ActivationSource,
  of: string,
): string {
  switch (id) {
    case "linear":
      return of;
    case "gelu":
      return `jax.nn.gelu(${of}, approximate=False)`;
    case "leaky_relu":
      return `jax.nn.leaky_relu(${of}, negative_slope=${pythonNumber(negative_slope)})`;
    case "sin":
      return `jnp.sin(${pythonNumber(omega_0)} * ${of})`;
    case "erf":
      return `jax.scipy.special.erf(${of})`;
    case "typed":
      return `activation(${of})`;
    default:
      return `${JAX_NAMES[id]}(${of})`;
  }
}

/** The function of a typed activation. */
export const activationFunction = (typed: string): string =>
  `def activation(z):
    return ${typed}`;
