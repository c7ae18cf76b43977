# SPDX-License-Identifier: Apache-2.0
"""Loads the checkpoints that Micromet's tests wrote, and records the hash of the bytes that were found good.

formula.pt must come through torch.load(weights_only=True), formula.safetensors through the safetensors library; both with
every key of the reference network and every value of golden_weights.py. WriterTest writes them; then it compares its bytes
with the hashes recorded here, so that bytes which Python never saw fail the test.
"""
import json
import sys
from pathlib import Path

import torch

from common import ROOT, Topic
from golden_weights import golden_state

sys.path.insert(0, str(ROOT))
from check_checkpoint import load_checked  # noqa: E402

WRITTEN = ROOT.parent / "micromet-core" / "target" / "conformance"


def main():
    files = [WRITTEN / "formula.pt", WRITTEN / "formula.safetensors"]
    if not all(f.exists() for f in files):
        sys.exit(f"checkpoint: left as it is, {WRITTEN} has no files; ./mvnw -pl micromet-core -am test -Dtest=WriterTest writes them")
    wanted = golden_state()
    found = {}
    for file in files:
        state, report = load_checked(file)
        for name, tensor in wanted.items():
            assert state[name].dtype == tensor.dtype and torch.equal(state[name], tensor), f"{file.name}: {name} differs"
        print(json.dumps(report))
        found[file.name] = report["sha256"]
    with Topic("checkpoint") as topic:
        topic.json("written.json", found)


if __name__ == "__main__":
    main()
