"""Parses the Keras and JAX programs that the page copies, and checks every name and argument in them
against signatures.json.

Usage: snippets.py OUTPUT_DIR (of cases.mjs)
"""

import json
import pathlib
import sys

from names import check_names

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
        "from keras import layers\nlayers.Dense(units=4, kernel_init=None)",
        "from flax import linen as nn\nnn.Dense(4, kernel_initializer=None)",
        "from flax import linen as nn\nnn.LayerNormalization",
    ):
        try:
            check_names(wrong)
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
                found = check_names(snippet[language])
            except (SyntaxError, ValueError) as error:
                sys.exit(f"{snippet['scheme']}, {language}: {error}\n{snippet[language]}")
            if found == 0 and "np.load" not in snippet[language]:
                sys.exit(f"{snippet['scheme']}, {language}: names no initializer")
            names += found
    print(f"{2 * len(snippets)} Keras and JAX programs parsed, {names} names with their arguments known")


main()
