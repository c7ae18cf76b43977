# SPDX-License-Identifier: Apache-2.0
"""Whole probability maps: the bundle's evaluator with ProbMapProducer, golden weights, batch 16, CPU, fp32; then its NMS.

Arguments: slide names (default: all). One thread, so that a rerun gives the same bytes on the same CPU.
"""
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from monai.apps.pathology.utils import PathologyProbNMS
from monai.networks.nets import TorchVisionFCModel

from common import BATCH, MAP_SLIDES, MASK_LEVEL, Topic, needs_shared, slide_path
from golden_weights import golden_state
from pipeline import dataset, evaluator


def probability_map(slide):
    network = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "model.pt"
        torch.save(golden_state(), weights)
        evaluator(dataset([slide]), network, weights, folder, BATCH).run()
        return np.load(Path(folder) / f"{slide.stem}.npy")


def detections(prob):
    """LesionFROC's settings: no Gaussian, threshold 0.5, box 48. [[probability, y, x]], y and x as (i + 0.5) * 2^level."""
    found = PathologyProbNMS(sigma=0.0, prob_threshold=0.5, box_size=48)(prob.copy(), resolution_level=MASK_LEVEL)
    return [[float(p), int(y), int(x)] for p, y, x in found]


def main():
    torch.set_num_threads(1)
    with Topic("map") as topic:
        for stem in sys.argv[1:] or MAP_SLIDES:
            if needs_shared(stem) and not os.environ.get("MICROMET_TEST_DATA"):
                print(f"  {stem}: left as it is, MICROMET_TEST_DATA is not set")
                continue
            prob = probability_map(slide_path(stem))
            found = detections(prob)
            topic.array(f"{stem}.npy", prob, needs_shared(stem))
            topic.json(f"{stem}.detections.json", found, needs_shared(stem))
            print(f"  {stem}: {prob.shape}, {int((prob > 0.5).sum())} of {int((prob > 0).sum())} cells above 0.5, "
                  f"{len(found)} detections", flush=True)


if __name__ == "__main__":
    main()
