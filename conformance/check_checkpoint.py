# SPDX-License-Identifier: Apache-2.0
"""check_checkpoint.py FILE: loads a checkpoint into the reference network and says what is in it.

A .pt goes through torch.load(weights_only=True), once more with mmap=True; .safetensors through the safetensors library.
load_state_dict(strict=True) must find every key and no other. Prints one JSON line: the file's sha256, its entries, and a
sha256 over name, dtype, shape and elements of each entry in order; `--entries` one line an entry as well.
"""
import hashlib
import json
import sys
from pathlib import Path

import torch
from monai.networks.nets import TorchVisionFCModel


def load(file):
    if file.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(file)
    state = torch.load(file, weights_only=True)
    mapped = torch.load(file, weights_only=True, mmap=True)
    assert list(state) == list(mapped) and all(torch.equal(state[k], mapped[k]) for k in state), "mmap reads other values"
    return state


def digest(name, tensor):
    content = f"{name} {tensor.dtype} {list(tensor.shape)}\n".encode() + tensor.contiguous().numpy().tobytes()
    return hashlib.sha256(content).hexdigest()


def load_checked(file):
    """The state dict as the reference network holds it after a strict load, and a record of it."""
    state = load(file)
    net = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    net.load_state_dict(state, strict=True)
    held = net.state_dict()
    assert file.suffix == ".safetensors" or list(state) == list(held), "the entries are in another order"
    everything = hashlib.sha256("".join(digest(name, tensor) for name, tensor in held.items()).encode())
    return held, {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "bytes": file.stat().st_size,
                  "entries": len(state), "state_sha256": everything.hexdigest(), "torch": torch.__version__}


def main():
    files = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(files) != 1:
        sys.exit("check_checkpoint.py FILE [--entries]")
    held, report = load_checked(Path(files[0]))
    if "--entries" in sys.argv:
        for name, tensor in held.items():
            print(f"{digest(name, tensor)} {name}")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
