"""Fans by each library's own rule. A shape is the library's: PyTorch's [out, in, kernel...], Keras's and
JAX's [kernel..., in, out]."""

import math


def torch_fans(shape):
    """torch.nn.init: fewer than two dimensions have none."""
    field = math.prod(shape[2:])
    return shape[1] * field, shape[0] * field


def keras_fans(shape, inputs=None, outputs=None):
    """keras.initializers since 3.15: with axes, their products alone; without, a dense or a
    convolution's kernel."""
    if inputs is not None or outputs is not None:
        return math.prod(shape[i] for i in inputs), math.prod(shape[i] for i in outputs)
    if len(shape) == 0:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


def jax_fans(shape, inputs=(-2,), outputs=(-1,), batch=()):
    """jax.nn.initializers: axes in no list are a convolution's, and count in both fans."""
    extents = {axis: shape[axis] for axis in range(-len(shape), len(shape))}
    n_in, n_out, apart = (math.prod(extents[i] for i in axes) for axes in (inputs, outputs, batch))
    field = math.prod(shape) / (n_in * n_out * apart)
    return n_in * field, n_out * field


def mean_fan(mode, fans):
    """The number by which a variance is divided."""
    fan_in, fan_out = fans
    return {
        "fan_in": fan_in,
        "fan_out": fan_out,
        "fan_avg": (fan_in + fan_out) / 2,
        "fan_geo_avg": math.sqrt(fan_in * fan_out),
    }[mode]
