# SPDX-License-Identifier: Apache-2.0
"""make_small.py FOLDER: small checkpoints as PyTorch 2.14 and safetensors write them, for WeightsTest.

Run again with: python make_small.py . (torch, safetensors). A tensor's element i is i / 4 - 1, or i - 4 for integers.
"""
import os, sys
from collections import OrderedDict
import torch
from safetensors.torch import save_file


class Command:
    def __reduce__(self):
        return os.system, ("true",)


class Inner(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(ramp(2, 3))
        self.register_buffer("steps", torch.tensor(7))

    def forward(self, x):
        return x @ self.weight


class Outer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Inner()
        self.rest = torch.nn.Sequential(Inner(), torch.nn.ReLU())

    def forward(self, x):
        return self.rest(self.first(x))


def ramp(*shape, dtype=torch.float32):
    n = torch.Size(shape).numel()
    values = torch.arange(n, dtype=torch.float64)
    values = values / 4 - 1 if dtype.is_floating_point else values - 4
    return values.to(dtype).reshape(shape)


def main(folder):
    path = lambda name: os.path.join(folder, name)
    plain = OrderedDict([("z.weight", ramp(2, 3)), ("a.bias", ramp(3)), ("m.steps", torch.tensor(7))])
    torch.save(plain, path("plain.pt"))
    torch.save({"epoch": 3, "model": plain, "lr": 0.5, "done": True, "note": None}, path("nested.pt"))
    torch.save(plain, path("protocol4.pt"), pickle_protocol=4)
    torch.save(plain, path("legacy.pt"), _use_new_zipfile_serialization=False)
    shared = ramp(12)
    torch.save({
        "half": ramp(8, dtype=torch.float16), "bfloat16": ramp(8, dtype=torch.bfloat16),
        "double": ramp(8, dtype=torch.float64), "int32": ramp(8, dtype=torch.int32),
        "int16": ramp(8, dtype=torch.int16), "int8": ramp(8, dtype=torch.int8),
        "uint8": torch.tensor([0, 127, 255], dtype=torch.uint8), "bool": torch.tensor([True, False]),
        "extremes": torch.tensor([0.0, -0.0, 65504, 6e-8, -6.1e-5, float("inf"), float("nan")], dtype=torch.float16),
        "transposed": ramp(2, 3).t(), "tail": shared[4:], "every_third": shared[1::3],
        "parameter": torch.nn.Parameter(ramp(2)), "empty": torch.empty(0),
    }, path("types.pt"))
    torch.save({"state": torch.zeros(2), "hook": Command()}, path("command.pt"))
    torch.save(torch.nn.Linear(1, 1), path("module.pt"))
    torch.save({"weight": torch.zeros(2), "epoch": 3}, path("mixed.pt"))
    torch.jit.script(Outer()).save(path("script.pt"))
    torch.jit.freeze(torch.jit.script(Outer()).eval()).save(path("frozen.pt"))
    save_file({"b": ramp(2, 3), "a": ramp(8, dtype=torch.bfloat16), "n": torch.tensor(7)}, path("small.safetensors"),
              metadata={"micromet.note": "three tensors"})


if __name__ == "__main__":
    main(sys.argv[1])
