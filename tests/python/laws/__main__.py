"""The laws that peers' own tests of initializers state, judged on what our npm package answers.

Usage: python3 tests/python/laws

Needs node and the built package; what compares with the installed PyTorch needs torch as well, and is said
to be skipped without. A line per suite; exits with 1, and a line per law, where one is broken.
"""

import json
import sys

import findings
import jax_initializers
import keras_classes
import random_fans
import tfjs_initializers
import theory
import torch_init
import torch_installed
import torch_models
import torch_training
from law import judge
from package import ask_all

SUITES = (
    torch_init,
    keras_classes,
    jax_initializers,
    tfjs_initializers,
    random_fans,
    findings,
    theory,
    torch_installed,
    torch_models,
    torch_training,
)


def main():
    suites = [module.suite() for module in SUITES]
    judged = [suite for suite in suites if not suite.skipped]
    asked = {}
    for suite in judged:
        for law in [*suite.laws, *suite.controls]:
            for ask in law.asks:
                asked[json.dumps(ask)] = ask
    answers = dict(zip(asked, ask_all(list(asked.values()))))
    wrong = []
    for suite in suites:
        if suite.skipped:
            print(f"{suite.name}: {len(suite.laws)} laws skipped: {suite.skipped}")
            continue
        found = judge(suite, lambda law: [answers[json.dumps(ask)] for ask in law.asks])
        wrong += found
        print(
            f"{suite.name}: {len(suite.laws)} laws, each refused for a spoiled answer, "
            f"{len(suite.controls)} controls: {f'{len(found)} WRONG' if found else 'held'}"
        )
    if wrong:
        sys.exit("\n".join(wrong))


main()
