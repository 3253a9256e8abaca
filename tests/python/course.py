"""Runs what the course's chapter on debugging says of PyTorch: each line of its table, whose errors must have the
words that are printed and whose other lines must be silent, and its program, on a small network.

Usage: course.py
"""

import contextlib
import io
import math
import pathlib
import re

import torch
from torch import nn

ROOT = pathlib.Path(__file__).parents[2]
ROW = re.compile(r"^\|(?:[^|`]*)`([^`]+)`[^|]*\|(.*)\|$", re.M)
ERROR = re.compile(r"`(\w+Error): (.*)`")


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 10))


def outcome(code):
    """The error that a line of code raises, as its traceback ends, or None."""
    names = {"nn": nn, "model": network(), "w": torch.empty(32, 16)}
    try:
        exec(code, names)  # a line of our own course
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def check_table(text):
    rows = [(code, told) for code, told in ROW.findall(text) if code.startswith(("nn.", "for "))]
    loud = 0
    for code, told in rows:
        error = ERROR.search(told)
        said = f"{error[1]}: {error[2]}" if error else None
        happened = outcome(code)
        assert happened == said, f"{code}\n  {said} is printed\n  {happened} is what PyTorch says"
        loud += said is not None
    assert loud == 4 and len(rows) == 8, f"{loud} errors in {len(rows)} rows"


def check_program(text):
    program = re.search(r"^```python\n(import math.*?)^```$", text, re.M | re.S)[1]
    names = {"model": network()}
    exec(program, names)
    x, y = torch.randn(64, 16), torch.arange(64) % 10
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        names["look"](names["model"], x, y, 0.1)
    first, *layers = [line.split() for line in told.getvalue().splitlines()]
    loss, guessing = float(first[1]), float(first[3])
    assert abs(loss - math.log(10)) < 1e-6 and abs(guessing - math.log(10)) < 1e-6, first
    # Below a layer of zeros no step is taken; the layer's own has no ratio, for its weights are 0.
    steps = {name: float(value) for name, kind, value, *_ in layers if kind == "step"}
    assert steps["0.weight"] == 0 and math.isinf(steps["2.weight"]), steps
    assert any(kind == "signal" for _, kind, *_ in layers), layers


for language in ("en", "zh"):
    chapter = (ROOT / f"web/course/{language}/debugging.md").read_text()
    check_table(chapter)
    check_program(chapter)
print("the course's chapter on debugging says what PyTorch does")
