"""As much of Keras as programs of nets use, of which every layer computes at once what Keras documents of it."""

from types import ModuleType, SimpleNamespace

import torch
from torch.nn import functional

import laws_of as laws
import shared_ops as ops


def initializers():
    def of_shape(make):
        return lambda *args, **named: lambda shape: make(shape, *args, **named)

    def scaled(scale, mode):
        return of_shape(lambda shape: laws.variance_scaling(scale, mode, shape))

    return SimpleNamespace(
        Zeros=of_shape(lambda shape: laws.constant(0)),
        Ones=of_shape(lambda shape: laws.constant(1)),
        Constant=of_shape(lambda shape, value=0.0: laws.constant(value)),
        Identity=of_shape(lambda shape, gain=1.0: laws.identity(gain, shape)),
        RandomNormal=of_shape(lambda shape, mean=0.0, stddev=0.05: laws.normal(mean, stddev)),
        TruncatedNormal=of_shape(
            lambda shape, mean=0.0, stddev=0.05: mean + stddev * laws.truncated_normal(-2, 2)),
        RandomUniform=of_shape(lambda shape, minval=-0.05, maxval=0.05: laws.uniform(minval, maxval)),
        VarianceScaling=of_shape(
            lambda shape, scale=1.0, mode="fan_in", distribution="truncated_normal":
            laws.variance_scaling(scale, mode, shape)),
        GlorotUniform=scaled(1, "fan_avg"), GlorotNormal=scaled(1, "fan_avg"),
        HeUniform=scaled(2, "fan_in"), HeNormal=scaled(2, "fan_in"),
        LecunUniform=scaled(1, "fan_in"), LecunNormal=scaled(1, "fan_in"),
        Orthogonal=of_shape(lambda shape, gain=1.0: laws.orthogonal(gain, shape)),
    )


class Layer:
    def __init__(self):
        self.built = False

    def __call__(self, x):
        if not self.built:
            self.build(x.shape)
            self.built = True
        return self.call(x)

    def build(self, shape):
        """Layers without weights have nothing to build."""

    def add_weight(self, shape, initializer):
        return torch.full(shape, initializer(shape).mean, dtype=torch.float64)


def layers(run):
    zeros = lambda shape: laws.constant(0)

    def activation(function):
        return ops.ACTIVATIONS[function] if isinstance(function, str) else function

    def add(values):
        first, second = values
        if first.shape != second.shape:
            raise ValueError(f"cannot add {tuple(first.shape)} and {tuple(second.shape)}")
        return first + second

    module = ModuleType("keras.layers")
    module.__dict__.update(
        Layer=Layer,
        Dense=lambda units, kernel_initializer, bias_initializer=zeros:
        lambda x: run.dense(x, units, kernel_initializer, bias_initializer),
        Activation=activation,
        LeakyReLU=lambda negative_slope=0.3: lambda x: functional.leaky_relu(x, negative_slope),
        LayerNormalization=lambda epsilon=1e-3: lambda x: ops.normalize(x, epsilon),
        RMSNormalization=lambda epsilon=1e-6: lambda x: ops.rms(x, epsilon),
        GroupNormalization=lambda groups=32, epsilon=1e-3: lambda x: ops.normalize(x, epsilon, groups),
        BatchNormalization=lambda epsilon=1e-3: lambda x: ops.standardize(x, epsilon),
        Dropout=lambda rate: lambda x: x,
        Rescaling=lambda scale: lambda x: scale * x,
        add=add,
    )
    return module


def modules(run):
    """By their names, as `import` looks for them."""
    keras = ModuleType("keras")

    def the_input(shape):
        if shape != (run.inputs.shape[1],):
            raise ValueError(f"inputs of {shape}")
        return run.inputs

    def model(inputs, outputs):
        run.output = outputs

    keras.__dict__.update(
        layers=layers(run),
        initializers=initializers(),
        utils=SimpleNamespace(set_random_seed=int),
        ops=SimpleNamespace(**ops.MATHEMATICS, **ops.TYPED, erf=torch.erf),
        Input=the_input,
        Model=model,
    )
    return {"keras": keras, "keras.layers": keras.layers}
