"""As much of JAX and Flax as programs of nets use, of which every module computes at once what Flax documents of it."""

import dataclasses
from types import ModuleType, SimpleNamespace

import torch
from torch.nn import functional

import laws_of as laws
import shared_ops as ops


def initializers():
    def scaled(scale, mode):
        return lambda: lambda key, shape, dtype=None: laws.variance_scaling(scale, mode, shape)

    return SimpleNamespace(
        zeros=lambda key, shape, dtype=None: laws.constant(0),
        ones=lambda key, shape, dtype=None: laws.constant(1),
        constant=lambda value: lambda key, shape, dtype=None: laws.constant(value),
        uniform=lambda scale=0.01: lambda key, shape, dtype=None: laws.uniform(0, scale),
        normal=lambda stddev=0.01: lambda key, shape, dtype=None: laws.normal(0, stddev),
        truncated_normal=lambda stddev=0.01, lower=-2.0, upper=2.0:
        lambda key, shape, dtype=None: stddev * laws.truncated_normal(lower, upper),
        variance_scaling=lambda scale, mode, distribution:
        lambda key, shape, dtype=None: laws.variance_scaling(scale, mode, shape),
        glorot_uniform=scaled(1, "fan_avg"), glorot_normal=scaled(1, "fan_avg"),
        he_uniform=scaled(2, "fan_in"), he_normal=scaled(2, "fan_in"),
        lecun_uniform=scaled(1, "fan_in"), lecun_normal=scaled(1, "fan_in"),
        orthogonal=lambda scale=1.0: lambda key, shape, dtype=None: laws.orthogonal(scale, shape),
    )


RANDOM = SimpleNamespace(
    key=int,
    uniform=lambda key, shape, dtype=None, minval=0.0, maxval=1.0: laws.uniform(minval, maxval),
    normal=lambda key, shape, dtype=None: laws.normal(0, 1),
    truncated_normal=lambda key, lower, upper, shape, dtype=None: laws.truncated_normal(lower, upper),
)


def linen(run):
    class Module:
        def __init_subclass__(cls):
            dataclasses.dataclass(cls)

        def init(self, key, zeros):
            """Runs the module in training, on the run's inputs in place of zeros."""
            if zeros.shape != (1, run.inputs.shape[1]):
                raise ValueError(f"inputs of {tuple(zeros.shape)}")
            trained = [field.name for field in dataclasses.fields(self)]
            run.output = type(self)(**dict.fromkeys(trained, True))(run.inputs)

        def param(self, name, initializer, shape):
            return torch.full(shape, initializer(None, shape).mean, dtype=torch.float64)

    def batch_norm(use_running_average, epsilon):
        if use_running_average:
            raise ValueError("the averages of training are taken in training")
        return lambda x: ops.standardize(x, epsilon)

    def drawn(initializer):
        return lambda shape: initializer(None, shape, torch.float32)

    zeros = lambda key, shape, dtype=None: laws.constant(0)
    module = ModuleType("flax.linen")
    module.__dict__.update(
        Module=Module,
        compact=lambda method: method,
        Dense=lambda units, kernel_init, bias_init=zeros:
        lambda x: run.dense(x, units, drawn(kernel_init), drawn(bias_init)),
        LayerNorm=lambda epsilon=1e-6: lambda x: ops.normalize(x, epsilon),
        RMSNorm=lambda epsilon=1e-6: lambda x: ops.rms(x, epsilon),
        GroupNorm=lambda num_groups=32, epsilon=1e-6: lambda x: ops.normalize(x, epsilon, num_groups),
        BatchNorm=batch_norm,
        Dropout=lambda rate, deterministic: lambda x: x,
    )
    return module


def modules(run):
    """By their names, as `import` looks for them."""
    names = ("relu", "sigmoid", "elu", "selu", "silu", "softplus", "mish", "hard_tanh")
    jax, jnp, flax = ModuleType("jax"), ModuleType("jax.numpy"), ModuleType("flax")
    jnp.__dict__.update(**ops.MATHEMATICS, float32=torch.float32, zeros=torch.zeros)
    jax.__dict__.update(
        numpy=jnp,
        random=RANDOM,
        scipy=SimpleNamespace(special=SimpleNamespace(erf=torch.erf)),
        nn=SimpleNamespace(
            initializers=initializers(),
            **{name: ops.ACTIVATIONS[name] for name in names},
            soft_sign=functional.softsign,
            gelu=lambda x, approximate=True: functional.gelu(x, approximate="tanh" if approximate else "none"),
            leaky_relu=lambda x, negative_slope=0.01: functional.leaky_relu(x, negative_slope),
        ),
    )
    flax.linen = linen(run)
    return {"jax": jax, "jax.numpy": jnp, "flax": flax, "flax.linen": flax.linen}
