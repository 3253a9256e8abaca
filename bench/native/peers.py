"""What bench/native.mjs compares with: the same cases in NumPy and PyTorch, one thread, float32.

Reads lines "CASE PEER" and answers each with the nanoseconds of one run, as native/cases.cpp does.
"""

import sys
import time

import numpy as np
import torch

torch.set_num_threads(1)
torch.set_grad_enabled(False)
SAMPLES = 1 << 20
ENOUGH = 2e7


def forward(depth, width, batch):
    weights = [torch.randn(width, width) * (2 / width) ** 0.5 for _ in range(depth)]
    x = torch.randn(batch, width)
    # Unknown processors have made OpenBLAS compute nonsense quickly.
    exact = x.double() @ weights[0].double().T
    assert (torch.nn.functional.linear(x, weights[0]) - exact).abs().max() < 1e-4

    def run():
        h = x
        for weight in weights:
            h = torch.relu(torch.nn.functional.linear(h, weight))

    return run


def pre_norm(back):
    """Residual blocks of a pre-LN transformer without its attention: depth, width and batch as in cases.cpp."""
    depth, width, batch = 12, 256, 128

    class Block(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = torch.nn.LayerNorm(width, elementwise_affine=False)
            self.wide, self.narrow = torch.nn.Linear(width, 4 * width), torch.nn.Linear(4 * width, width)

        def forward(self, x):
            return x + self.narrow(torch.relu(self.wide(self.norm(x))))

    net = torch.nn.Sequential(*[Block() for _ in range(depth)])
    x, gradient = torch.randn(batch, width), torch.ones(batch, width)

    def run():
        net(x)

    def run_back():
        with torch.enable_grad():
            net.zero_grad()
            net(x).backward(gradient)

    return run_back if back else run


def orthogonal(n):
    weight = torch.empty(n, n)
    return lambda: torch.nn.init.orthogonal_(weight)


def resnet50():
    shapes = [(64, 3, 7, 7)]
    channels = 64
    for width, blocks in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for block in range(blocks):
            shapes += [(width, channels, 1, 1), (width, width, 3, 3), (4 * width, width, 1, 1)]
            if block == 0:
                shapes.append((4 * width, channels, 1, 1))
            channels = 4 * width
    shapes.append((1000, 2048))
    tensors = [torch.empty(shape) for shape in shapes]

    def run():
        for tensor in tensors:
            torch.nn.init.kaiming_normal_(tensor, nonlinearity="relu")

    return run


def gpt2():
    shapes = [(50257, 768), (1024, 768)]
    shapes += 12 * [(768, 2304), (768, 768), (768, 3072), (3072, 768)]
    tensors = [torch.empty(shape) for shape in shapes]

    def run():
        for tensor in tensors:
            torch.nn.init.normal_(tensor, 0, 0.02)

    return run


def torch_fill(fill):
    out = torch.empty(SAMPLES)
    return lambda: fill(out)


def numpy_fill(name):
    generator = np.random.Generator(np.random.PCG64(1))
    out = np.empty(SAMPLES, np.float32)
    return lambda: getattr(generator, name)(dtype=np.float32, out=out)


CASES = {
    ("uniform", "torch"): lambda: torch_fill(lambda out: out.uniform_(-1, 1)),
    ("normal", "torch"): lambda: torch_fill(lambda out: out.normal_(0, 1)),
    ("truncated", "torch"): lambda: torch_fill(torch.nn.init.trunc_normal_),
    ("uniform", "numpy"): lambda: numpy_fill("random"),
    ("normal", "numpy"): lambda: numpy_fill("standard_normal"),
    ("forward_50x256", "torch"): lambda: forward(50, 256, 128),
    ("forward_100x512", "torch"): lambda: forward(100, 512, 256),
    ("net_12x256", "torch"): lambda: pre_norm(False),
    ("net_12x256_back", "torch"): lambda: pre_norm(True),
    ("orthogonal_256", "torch"): lambda: orthogonal(256),
    ("orthogonal_512", "torch"): lambda: orthogonal(512),
    ("resnet50", "torch"): resnet50,
    ("gpt2", "torch"): gpt2,
}


def measure(run):
    start = time.perf_counter_ns()
    runs = 0
    while True:
        run()
        runs += 1
        elapsed = time.perf_counter_ns() - start
        if elapsed >= ENOUGH:
            return elapsed / runs


if sys.argv[1:] == ["--versions"]:
    print(f"NumPy {np.__version__}, PyTorch {torch.__version__}")
    sys.exit()
made = {}
for line in sys.stdin:
    case = tuple(line.split())
    if case not in made:
        made[case] = CASES[case]()
        made[case]()
    print(measure(made[case]), flush=True)
