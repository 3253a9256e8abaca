"""What a law is, and how a suite of laws is judged.

A law is a claim about what the package answers. Each brings an answer that it must refuse, so that none
can hold by seeing nothing; a suite has controls as well, laws that are wrong and must not hold.
"""

from dataclasses import dataclass, field
from typing import Callable


class Broken(Exception):
    """A law does not hold; the text says by how much."""


@dataclass(frozen=True)
class Law:
    name: str
    #: Calls of the package (`package.call`), whose answers `judge` and `spoil` take in this order.
    asks: list
    #: Raises Broken where the law does not hold.
    judge: Callable
    #: Answers like those given that break the law.
    spoil: Callable


@dataclass
class Suite:
    #: Whose laws they are.
    name: str
    laws: list = field(default_factory=list)
    #: Laws that would hold if we did what a peer does not do.
    controls: list = field(default_factory=list)
    #: Why the laws cannot be judged here; "" where they can.
    skipped: str = ""


def require(holds, text):
    if not holds:
        raise Broken(text)


def holds(law, answers):
    """None, or why not."""
    try:
        law.judge(*answers)
    except Broken as reason:
        return str(reason)
    return None


def judge(suite, answers_of):
    """What is wrong with a suite, a line each. `answers_of` gives a law's answers."""
    wrong = []
    for law in suite.laws:
        answers = answers_of(law)
        try:
            reason = holds(law, answers)
        except (LookupError, TypeError, ValueError) as error:
            reason = f"an answer of another form: {error!r}"
        if reason is not None:
            wrong.append(f"{suite.name}: {law.name}: {reason}")
        elif holds(law, law.spoil(*answers)) is None:
            wrong.append(f"{suite.name}: {law.name}: holds for a spoiled answer too")
    for control in suite.controls:
        answers = answers_of(control)
        if any(answer.error is not None for answer in answers):
            wrong.append(f"{suite.name}: the control's call is refused, which shows nothing: {control.name}")
        elif holds(control, answers) is None:
            wrong.append(f"{suite.name}: the control holds: {control.name}")
    return wrong
