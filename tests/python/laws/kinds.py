"""Kinds of laws: each function makes one of a name, a call and what is expected."""

import array
import math
from dataclasses import replace

from chance import float32, require_law
from law import Law, require
from package import Answer


def values_of(answer):
    require(answer.error is None, f"refused: {answer.error}")
    return answer.value


def scaled_by(answer, factor):
    return replace(answer, value=array.array("f", [factor * x for x in answer.value]))


def with_first(answer, change):
    """The answer with another first element."""
    values = array.array("f", answer.value)
    values[0] = change(values[0])
    return replace(answer, value=values)


def follows(name, ask, law):
    """The tensor's elements are a sample of the law; a std that is 5 % more is refused."""
    return Law(
        name,
        [ask],
        lambda answer: require_law(values_of(answer), law),
        lambda answer: [scaled_by(answer, 1.05)],
    )


def scales(name, ask, standard, factor):
    """The tensor is the standard one of the same seed times a factor, to 1e-6 of it: a law of any shape,
    however small, and without chance. That the standard one is a sample of its law is another law."""

    def judge(answer, other):
        ours, theirs = values_of(answer), values_of(other)
        require(len(ours) == len(theirs) > 0, f"{len(ours)} elements, {len(theirs)} expected")
        most = max(abs(x) for x in theirs)
        worst = max(abs(x / factor - y) for x, y in zip(ours, theirs))
        require(worst <= 1e-6 * most, f"differs from {factor:.7g} times the standard one by {worst:.3g}")

    return Law(name, [ask, standard], judge, lambda answer, other: [scaled_by(answer, 1.05), other])


def equals(name, ask, expected, tolerance=0.0):
    """The elements are the numbers expected, rounded to float32, or within a tolerance."""

    def judge(answer):
        ours = values_of(answer)
        require(len(ours) == len(expected), f"{len(ours)} elements, {len(expected)} expected")
        for i, (x, y) in enumerate(zip(ours, expected)):
            require(abs(x - float32(y)) <= tolerance, f"element {i} is {x}, not {y}")

    return Law(name, [ask], judge, lambda answer: [with_first(answer, lambda x: x + 0.01 + 2 * tolerance)])


def lies_within(name, ask, low, high):
    """No element lies outside, and none at the upper end unless both ends are one."""

    def judge(answer):
        ours = values_of(answer)
        require(len(ours) > 0, "no elements")
        require(min(ours) >= float32(low), f"{min(ours)} lies below {low}")
        require(max(ours) < float32(high), f"{max(ours)} lies above {high}, or at it")

    return Law(name, [ask], judge, lambda answer: [with_first(answer, lambda _: high)])


def is_refused(name, ask, field, says=""):
    """The call is an error on this field, whose message has the text."""

    def judge(answer):
        require(answer.error is not None, "not refused")
        require(answer.error["field"] == field, f"refused for {answer.error['field']}, not {field}")
        require(says in answer.error["message"], f"the message is: {answer.error['message']}")

    return Law(name, [ask], judge, lambda _: [Answer(value=array.array("f", [0]))])


def warns(name, ask, says):
    """The call gives an empty tensor, and a warning that has the text."""

    def judge(answer):
        require(len(values_of(answer)) == 0, "the tensor has elements")
        require(any(says in text for text in answer.warnings), f"warnings: {answer.warnings}")

    return Law(name, [ask], judge, lambda answer: [replace(answer, warnings=[])])


def is_number(name, ask, expected):
    """The answer is a number, exactly this one."""

    def judge(answer):
        require(values_of(answer) == expected, f"{answer.value} is not {expected}")

    return Law(name, [ask], judge, lambda answer: [replace(answer, value=answer.value * (1 + 1e-15) + 1e-15)])


def agree(name, one, other):
    """Two calls give the same bits."""

    def judge(first, second):
        require(len(values_of(first)) > 0, "no elements")
        require(first.value == values_of(second), "the values differ")

    return Law(name, [one, other], judge, lambda first, second: [with_first(first, lambda x: x + 1), second])


def differ(name, one, other):
    """Two calls give other numbers in every place."""

    def judge(first, second):
        same = sum(x == y for x, y in zip(values_of(first), values_of(second)))
        require(len(first.value) > 0 and same == 0, f"{same} values are the same")

    return Law(name, [one, other], judge, lambda first, _: [first, first])


def is_orthogonal(name, ask, gain):
    """Columns, or rows where they are fewer, are orthogonal and gain long: their products are within
    2e-6 of gain^2, as in float32. Layout torch: rows are the first axis; keras: columns the last."""
    request = ask["arguments"][0]
    shape = request["shape"]
    if request.get("layout") == "keras":
        rows, columns = math.prod(shape[:-1]), shape[-1]
    else:
        rows, columns = shape[0], math.prod(shape[1:])

    def judge(answer):
        ours = values_of(answer)
        require(len(ours) == rows * columns, f"{len(ours)} elements, {rows * columns} expected")
        if rows > columns:
            vectors = [ours[i::columns] for i in range(columns)]
        else:
            vectors = [ours[i * columns : (i + 1) * columns] for i in range(rows)]
        bound = 2e-6 * max(1.0, gain**2)
        for i, one in enumerate(vectors):
            for j, other in enumerate(vectors[: i + 1]):
                product = sum(x * y for x, y in zip(one, other))
                expected = gain**2 if i == j else 0.0
                require(abs(product - expected) <= bound, f"product {i}, {j} is {product}, not {expected}")

    return Law(name, [ask], judge, lambda answer: [scaled_by(answer, 1.05)])
