"""Models of random layers, drawn by the torch that is installed after one manual_seed: the same names and
bits. Layers alone, with every argument, are compare.py's."""

import random

import kinds
from law import Law, Suite, require
from package import Answer, call
from torch_installed import SKIPPED, floats, torch

MODELS, LAYERS = 20, 30


def random_layer(dice):
    """A layer of torch.nn and its arguments, in sizes that need not fit its neighbours'."""
    n, m, taps = dice.randint(1, 9), dice.randint(1, 9), dice.randint(1, 3)
    bias = dice.random() < 0.7
    extent = dice.randint(1, 3)
    convolution = {"in_channels": 2 * n, "out_channels": 2 * m, "kernel_size": taps, "bias": bias,
                   "groups": dice.choice((1, 2))}
    recurrent = {"input_size": n, "hidden_size": m, "num_layers": taps, "bias": bias,
                 "bidirectional": dice.random() < 0.5}
    return dice.choice(
        (
            ("Linear", {"in_features": n, "out_features": m, "bias": bias}),
            ("Bilinear", {"in1_features": n, "in2_features": m, "out_features": taps, "bias": bias}),
            (f"Conv{extent}d", {**convolution, "stride": 2, "padding": 1}),
            (f"ConvTranspose{extent}d", convolution),
            ("Embedding", {"num_embeddings": n + 5, "embedding_dim": m, "padding_idx": 3}),
            ("EmbeddingBag", {"num_embeddings": n, "embedding_dim": m}),
            ("LSTM", recurrent),
            ("GRU", recurrent),
            ("LSTMCell", {"input_size": n, "hidden_size": m, "bias": bias}),
            ("MultiheadAttention", {"embed_dim": 4 * n, "num_heads": 4, "bias": bias}),
            ("TransformerEncoderLayer", {"d_model": 4 * n, "nhead": 2, "dim_feedforward": m}),
            (f"BatchNorm{extent}d", {"num_features": n}),
            ("GroupNorm", {"num_groups": m, "num_channels": n * m}),
            ("LayerNorm", {"normalized_shape": [n, m]}),
            ("PReLU", {"num_parameters": n}),
            ("ReLU", {}),
            ("Dropout", {"p": 0.1}),
            ("Flatten", {}),
        )
    )


def build(layers, seed):
    torch.manual_seed(seed)
    return torch.nn.Sequential(*[getattr(torch.nn, kind)(**given) for kind, given in layers])


def same_model(name, layers, seed, drawn_from=None):
    """`drawn_from` is another seed, from which torch draws."""

    def judge(answer):
        ours = {each["name"]: each for each in kinds.values_of(answer)}
        theirs = dict(build(layers, seed if drawn_from is None else drawn_from).named_parameters())
        require(list(ours) == list(theirs), f"names are {list(ours)}, in torch {list(theirs)}")
        require(len(theirs) > 5, "hardly anything is compared")
        for parameter, tensor in theirs.items():
            require(ours[parameter]["shape"] == list(tensor.shape), f"{parameter}: {ours[parameter]['shape']}")
            same = ours[parameter]["values"].tobytes() == floats(tensor).tobytes()
            require(same, f"{parameter} of {layers}: bits differ")

    def spoil(answer):
        *others, last = answer.value
        moved = kinds.with_first(Answer(value=last["values"]), lambda x: x + 1e-3)
        return [Answer(value=[*others, {**last, "values": moved.value}])]

    listed = [{"layer": kind, "args": given} for kind, given in layers]
    return Law(name, [call("initializeModel", {"layers": listed, "seed": str(seed), "generator": "torch"})], judge, spoil)


def suite():
    dice = random.Random(20261129)
    laws = []
    for number in range(MODELS):
        layers = [random_layer(dice) for _ in range(LAYERS)]
        laws.append(same_model(f"model {number}", layers, dice.randrange(2**64)))
    layers = [random_layer(dice) for _ in range(LAYERS)]
    controls = [same_model("control: another seed", layers, 1, drawn_from=2)]
    return Suite(f"Models of {LAYERS} layers beside PyTorch", laws, controls, skipped=SKIPPED)
