# SPDX-License-Identifier: Apache-2.0
"""Times the real MONAI pipeline on one slide: mask, windows, DataLoader, SupervisedEvaluator, ProbMapProducer.

  monai_pipeline.py SLIDE [WEIGHTS] [--batch 16] [--workers 1] [--threads N] [--bf16] [--channels-last] [--limit-slide N]

As published (configs/inference.json with the openslide reader) unless --bf16 or --channels-last is given; those wrap the
network in torch.autocast("cpu", bfloat16) and PyTorch's channels-last layout. WEIGHTS is a state dict; without it the
golden weights are made. The clock runs from opening the slide to the map on disk; imports and making weights are outside.
One JSON line to stdout: seconds by the clock and of CPU (worker processes included), windows, windows a second, peak memory.
"""
import argparse
import contextlib
import json
import os
import platform
import resource
import sys
import tempfile
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
warnings.filterwarnings("ignore")

import monai  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from monai.networks.nets import TorchVisionFCModel  # noqa: E402

from golden_weights import golden_state  # noqa: E402
from pipeline import dataset, evaluator  # noqa: E402


class Faster(torch.nn.Module):
    """The network under CPU autocast and in channels-last; gives float32 back, as numpy has no bfloat16."""

    def __init__(self, network, bf16, channels_last):
        super().__init__()
        self.network, self.bf16, self.channels_last = network, bf16, channels_last
        if channels_last:
            network.to(memory_format=torch.channels_last)

    def forward(self, x):
        if self.channels_last:
            x = x.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16):
            return self.network(x).float()


def cpu_seconds():
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def limited(data, count):
    """Only the first `count` windows, and a map that is complete with them."""
    if count is not None and count < len(data.data):
        data.data = data.data[:count]
        for sample in data.image_data:
            sample["num_patches"] = count
    return data


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slide", type=Path)
    parser.add_argument("weights", type=Path, nargs="?")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--workers", type=int, default=1, help="DataLoader processes; 0 reads in the main process")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of PyTorch")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--limit-slide", type=int, metavar="N", help="only the first N windows of the slide")
    parser.add_argument("--keep", type=Path, help="folder for the map")
    return parser.parse_args()


def run(options, folder):
    weights = options.weights
    if weights is None:
        weights = Path(folder) / "golden.pt"
        torch.save(golden_state(), weights)
    network = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    wrapped = Faster(network, options.bf16, options.channels_last) if options.bf16 or options.channels_last else None
    started, cpu = time.perf_counter(), cpu_seconds()
    data = limited(dataset([options.slide]), options.limit_slide)
    masked = time.perf_counter()
    evaluator(data, network, weights, options.keep or folder, options.batch, options.workers, run_network=wrapped).run()
    wall, cpu = time.perf_counter() - started, cpu_seconds() - cpu
    prob = np.load((options.keep or Path(folder)) / f"{options.slide.stem}.npy")
    return {
        "rival": "monai", "version": monai.__version__, "torch": torch.__version__, "python": platform.python_version(),
        "slide": options.slide.name, "batch": options.batch, "workers": options.workers, "threads": options.threads,
        "precision": "bf16" if options.bf16 else "fp32", "channelsLast": options.channels_last,
        "patches": len(data.data), "wallSeconds": round(wall, 3), "cpuSeconds": round(cpu, 3),
        "maskSeconds": round(masked - started, 3), "patchesPerSecond": round(len(data.data) / wall, 3),
        "patchesPerCpuSecond": round(len(data.data) / cpu, 3), "meanProbability": float(prob[prob > 0].mean()),
        "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "peakWorkerMiB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        result = run(options, folder)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
