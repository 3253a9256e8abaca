"""Random requests: nets by the grammar, of all blocks, activations and schemes, small enough that float32
keeps six digits of them."""

ACTIVATIONS = ("linear", "relu", "leaky_relu", "tanh", "sigmoid", "elu", "selu", "gelu", "silu", "softplus", "sin",
               "erf", "mish", "softsign", "hardtanh")
EXPRESSIONS = (
    "z*tanh(softplus(z))",
    "max(z, 0.1*z) - 0.2",
    "where(z < 0, 0.5*(exp(z) - 1), z)",
    "z*sigmoid(1.702*z)",
    "z + sin(2*z)^2/2",
    "abs(z)/(1 + z^2)",
    "min(max(z, -1.5), 1.5)",
    "erf(z)*cos(z/2) + 0.1",
    "sqrt(1 + z^2) - 1",
    "log(1 + exp(-abs(z))) + relu(z) - 0.7",
)
SCHEMES = ("kaiming_normal", "xavier_uniform", "orthogonal", "library", "torch_linear", "fixup", "t_fixup", "deepnorm",
           "gpt2", "zero_init")
OWN_WEIGHTS = ("normal[std:0.3]", "orthogonal[gain:1.2]", "library", "zeros", "xavier_normal", "uniform[a:-0.4;b:0.4]")
OWN_BIASES = ("normal[std:0.2]", "library", "ones", "constant[val:-0.3]")
SCALES = ("", "", ";scale:0.5", ";scale:1/sqrt(depth)", ";scale:1/sqrt(2depth)", ";scale:-0.7")
LEAST_GROUP = 4  # two units of a group are +1 and -1, whatever they were
MOST_UNITS = 64


def dense(dice, units, own, outputs=None):
    text = "dense"
    if outputs is None:
        outputs = dice.choice((units, units, min(2 * units, MOST_UNITS), 12, 20))
    if outputs == 2 * units and dice.random() < 0.7:
        text += ";out:2x"
    elif outputs != units or dice.random() < 0.2:
        text += f";out:{outputs}"
    if own and dice.random() < 0.25:
        text += f";weight:{dice.choice(OWN_WEIGHTS)}"
    if own and dice.random() < 0.25:
        text += f";bias:{dice.choice(OWN_BIASES)}"
    return text, outputs


def phi(dice):
    if dice.random() < 0.6:
        return "phi"
    name = dice.choice(ACTIVATIONS)
    more = {"sin": f";omega_0:{dice.choice((1, 2.5))}", "leaky_relu": f";negative_slope:{dice.choice((0.01, 0.2))}"}
    return f"phi;activation:{name}{more.get(name, '')}"


def norm(dice, units):
    kind = dice.choice(("ln", "ln", "rms", "bn", "gn"))
    text = kind
    if kind == "gn":
        text += f";groups:{dice.choice([g for g in range(1, units) if units % g == 0 and units // g >= LEAST_GROUP])}"
    return text + dice.choice(("", "", ";eps:0.001", ";eps:0.1"))


def plain(dice, units, own):
    """A block that is no residual one, and the units that leave it."""
    kind = dice.choice(("dense", "dense", "dense", "phi", "phi", "norm", "norm", "scale", "dropout"))
    if kind == "dense":
        return dense(dice, units, own)
    return {
        "phi": lambda: phi(dice),
        "norm": lambda: norm(dice, units),
        "scale": lambda: f"scale;value:{dice.choice((0.5, -1.5, 2))}",
        "dropout": lambda: f"dropout;p:{dice.choice((0.1, 0.5))}",
    }[kind](), units


def branch(dice, units, nesting, own):
    """A branch that comes back to the trunk's units, or a shortcut that follows it."""
    parts, now = [], units
    for _ in range(dice.randint(1, 4)):
        text, now = block(dice, now, nesting, own)
        parts.append(text)
    projected = dice.random() < 0.25
    text, leaving = dense(dice, now, own, None if projected else units)
    parts.append(text)
    shortcut = f"|{dense(dice, units, own, leaving)[0]}" if projected else ""
    return ",".join(parts) + shortcut, leaving


def block(dice, units, nesting, own):
    chance = dice.random()
    if nesting < 2 and chance < 0.3:
        text, leaving = branch(dice, units, nesting + 1, own)
        return f"res{dice.choice(SCALES)}({text})", leaving
    if nesting < 2 and chance < 0.38:
        text, _ = branch(dice, units, 2, own)
        inside = text if "|" not in text else f"{dense(dice, units, own, units)[0]},{phi(dice)}"
        return f"{dice.choice(('2', 'depth'))}*({inside})", units
    return plain(dice, units, own)


def spaced(dice, text):
    return "".join(c + (" " if c in ",()|" and dice.random() < 0.1 else "") for c in text)


def random_request(dice, own=True):
    """What a propagation is asked; `own`: blocks may have schemes of their own."""
    width = dice.choice((8, 12, 16, 24, 40))
    request = {"width": width, "depth": dice.randint(1, 3), "batch": dice.choice((9, 16, 32, 33, 40)),
               "seed": dice.randrange(2**31), "correlation": dice.choice((0, 0, 0.5))}
    units = width
    if dice.random() < 0.3:
        units = request["input_width"] = dice.choice((8, 20))
    parts = []
    for _ in range(dice.randint(2, 6)):
        text, units = block(dice, units, 0, own)
        parts.append(text)
    if "dense" not in ",".join(parts):
        parts.append("dense")
    request["net"] = spaced(dice, ",".join(parts))
    request["scheme"] = dice.choice(SCHEMES)
    request["bias"] = dice.choice(("zeros", "library", "normal"))
    if request["bias"] == "normal":
        request["bias.std"] = 0.1
    request["activation"] = dice.choice((*ACTIVATIONS, *["typed"] * 15))
    if request["activation"] == "typed":
        request["expression"] = dice.choice(EXPRESSIONS)
    if request["activation"] == "leaky_relu":
        request["negative_slope"] = 0.2
    return request
