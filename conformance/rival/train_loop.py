# SPDX-License-Identifier: Apache-2.0
"""Times training steps of the reference network in PyTorch: MONAI's Novograd, BCE with logits, channels-last.

  train_loop.py [--batch 16] [--steps 4] [--threads N] [--bf16]

The patches are in memory as float32 of 0..255 and are scaled in each step, as ours are. One step is run before the clock
starts. One JSON line to stdout: seconds by the clock and of CPU, patches, the last loss.
"""
import argparse
import json
import os
import resource
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
warnings.filterwarnings("ignore")

import torch  # noqa: E402
from monai.optimizers import Novograd  # noqa: E402

from golden_weights import golden_network  # noqa: E402

PATCH = 224


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--bf16", action="store_true", help="torch.autocast to bfloat16")
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    net = golden_network().train().to(memory_format=torch.channels_last)
    optimiser, loss_of = Novograd(net.parameters(), lr=1e-3), torch.nn.BCEWithLogitsLoss()
    pixels = torch.randint(0, 256, (options.batch, PATCH, PATCH, 3)).float()
    labels = (torch.arange(options.batch) % 2).float().reshape(-1, 1, 1, 1)

    def step():
        x = pixels.permute(0, 3, 1, 2) / 255 * 2 - 1
        optimiser.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
            loss = loss_of(net(x), labels)
        loss.backward()
        optimiser.step()
        return loss.item()

    def cpu():
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    step()
    wall, used = time.perf_counter(), cpu()
    for _ in range(options.steps):
        last = step()
    wall, used = time.perf_counter() - wall, cpu() - used
    print(json.dumps({
        "rival": "pytorch", "torch": torch.__version__, "precision": "bf16" if options.bf16 else "fp32",
        "threads": options.threads, "batch": options.batch, "patches": options.batch * options.steps, "wallSeconds": wall,
        "cpuSeconds": used, "loss": last, "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()
