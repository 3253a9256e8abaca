"""The npm package, asked through one node process."""

import array
import base64
import json
import pathlib
import subprocess
import zlib
from dataclasses import dataclass, field

ANSWERS = pathlib.Path(__file__).parent / "answers.mjs"


@dataclass(frozen=True)
class Answer:
    """What a call gave: a value, or the error that refused it, as {field, reason, message}."""

    value: object = None
    error: dict = None
    warnings: list = field(default_factory=list)


def call(name, *arguments):
    """A call of the package, not yet made: a method of `Scope` and its arguments."""
    return {"call": name, "arguments": list(arguments)}


def table(numbers):
    """A Float32Array as an argument of a call."""
    return {"f32": base64.b64encode(array.array("f", numbers).tobytes()).decode()}


def seed_of(text):
    """A seed that stays the same as long as the law's name does, and differs from law to law."""
    return str(zlib.crc32(text.encode()))


def initialize(name, scheme, shape, **given):
    """Draws a tensor, with a seed of its own by the law's name unless one is given."""
    return call("initialize", {"scheme": scheme, "shape": list(shape), "seed": seed_of(name), **given})


def initialize_keras(name, scheme, shape, **given):
    """The same with Keras's and JAX's order of extents, [kernel..., in, out]."""
    return initialize(name, scheme, shape, layout="keras", **given)


def _decode(pairs):
    if "f32" in pairs:
        floats = array.array("f")
        floats.frombytes(base64.b64decode(pairs["f32"]))
        return floats
    return float(pairs["number"]) if pairs.keys() == {"number"} else pairs


def ask_all(asks):
    """The answers to calls, in their order. Raises CalledProcessError where node fails."""
    lines = "".join(json.dumps(ask) + "\n" for ask in asks)
    run = subprocess.run(["node", str(ANSWERS)], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    answers = [Answer(**json.loads(line, object_hook=_decode)) for line in run.stdout.splitlines()]
    if len(answers) != len(asks):
        raise RuntimeError(f"{len(asks)} calls, {len(answers)} answers")
    return answers
