"""Parses the Keras and JAX programs that the page copies, and checks every name and argument in them
against signatures.json.

Usage: snippets.py OUTPUT_DIR (of cases.mjs)
"""

import ast
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
SIGNATURES = json.loads((HERE / "signatures.json").read_text())
CHOICES = {
    "mode": {"fan_in", "fan_out", "fan_avg"},
    "distribution": {"keras": {"truncated_normal", "untruncated_normal", "uniform"},
                     "jax": {"truncated_normal", "normal", "uniform"}},
}


def dotted(node):
    """The name that an attribute spells, "" where it is none."""
    if isinstance(node, ast.Attribute):
        return dotted(node.value) + "." + node.attr
    return node.id if isinstance(node, ast.Name) else ""


def check_choices(library, name, arguments):
    if not name.lower().endswith(("variancescaling", "variance_scaling")):
        return
    modes = CHOICES["mode"] | {"fan_geo_avg"} if library == "jax" else CHOICES["mode"]
    if "mode" in arguments and ast.literal_eval(arguments["mode"]) not in modes:
        raise ValueError(f"{name}: mode {ast.unparse(arguments['mode'])}")
    if "distribution" in arguments:
        value = ast.literal_eval(arguments["distribution"])
        if value not in CHOICES["distribution"][library]:
            raise ValueError(f"{name}: distribution {value}")


def check(program):
    """How many names of the libraries were looked up. Raises ValueError on one that is wrong."""
    tree = ast.parse(program)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in called:
            name = dotted(node)
            if name.startswith(("keras.initializers.", "jax.nn.initializers.")):
                found += 1
                if name not in SIGNATURES:
                    raise ValueError(f"unknown name {name}")
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        library = name.split(".")[0]
        if library not in ("keras", "jax"):
            continue
        found += 1
        if name not in SIGNATURES:
            raise ValueError(f"unknown function {name}")
        names, required = SIGNATURES[name]
        if len(node.args) > len(names):
            raise ValueError(f"{name}: too many arguments")
        given = dict(zip(names, node.args))
        for keyword in node.keywords:
            if keyword.arg not in names or keyword.arg in given:
                raise ValueError(f"{name}: argument {keyword.arg}")
            given[keyword.arg] = keyword.value
        missing = [argument for argument in names[:required] if argument not in given]
        if missing:
            raise ValueError(f"{name}: without {missing}")
        check_choices(library, name, given)
    return found


def controls():
    """What must be refused: otherwise the check checks nothing."""
    for wrong in (
        "keras.initializers.HeNormal(stddev=1)",
        "keras.initializers.VarianceScaling(mode='fan_geo_avg')",
        "jax.nn.initializers.he_norm()",
        "jax.nn.initializers.variance_scaling(1.0, 'fan_in')",
        "jax.nn.initializers.variance_scaling(1.0, 'fan_in', 'untruncated_normal')",
        "jax.nn.initializers.zeroes",
        "jax.random.truncated_normal(key, shape=(2,))",
    ):
        try:
            check(wrong)
        except ValueError:
            continue
        raise SystemExit(f"not refused: {wrong}")


def main():
    controls()
    snippets = json.loads((pathlib.Path(sys.argv[1]) / "snippets.json").read_text())
    names = 0
    for snippet in snippets:
        for language in ("keras", "jax"):
            try:
                found = check(snippet[language])
            except (SyntaxError, ValueError) as error:
                sys.exit(f"{snippet['scheme']}, {language}: {error}\n{snippet[language]}")
            if found == 0 and "np.load" not in snippet[language]:
                sys.exit(f"{snippet['scheme']}, {language}: names no initializer")
            names += found
    print(f"{2 * len(snippets)} Keras and JAX programs parsed, {names} names with their arguments known")


main()
