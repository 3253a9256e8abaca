"""Every name and argument of Keras, JAX and Flax in a program, looked up in signatures.json."""

import ast
import json
import pathlib

HERE = pathlib.Path(__file__).parent
SIGNATURES = json.loads((HERE / "signatures.json").read_text())
CHOICES = {
    "mode": {"fan_in", "fan_out", "fan_avg"},
    "distribution": {"keras": {"truncated_normal", "untruncated_normal", "uniform"},
                     "jax": {"truncated_normal", "normal", "uniform"}},
}


LIBRARIES = ("keras", "jax", "flax")


def aliases_of(tree):
    """What a program's own names of modules stand for: `layers` for keras.layers."""
    aliases = {"jnp": "jax.numpy"}  # a part of a program may come without its imports
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            inside = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            aliases.update({each.asname or each.name: inside + each.name for each in node.names})
    return aliases


def dotted(node, aliases):
    """The name that an attribute spells, "" where it is none."""
    if isinstance(node, ast.Attribute):
        return dotted(node.value, aliases) + "." + node.attr
    return aliases.get(node.id, node.id) if isinstance(node, ast.Name) else ""


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


def check_names(program):
    """How many names of the libraries were looked up. Raises ValueError on one that is wrong."""
    tree = ast.parse(program)
    aliases = aliases_of(tree)
    nodes = list(ast.walk(tree))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    found = 0
    for node in nodes:
        if isinstance(node, ast.Attribute) and id(node) not in called | inner:
            name = dotted(node, aliases)
            if name.split(".")[0] in LIBRARIES:
                found += 1
                if name not in SIGNATURES:
                    raise ValueError(f"unknown name {name}")
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func, aliases)
        library = name.split(".")[0]
        if library not in LIBRARIES:
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
