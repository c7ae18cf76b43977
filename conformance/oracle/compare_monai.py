# SPDX-License-Identifier: Apache-2.0
"""compare_monai.py FOLDER: runs another MONAI release over the committed goldens and prints every difference.

FOLDER is where that release was put by `pip install --no-deps --target FOLDER monai==X`. Masks, windows, NMS, sliding
windows and the maps named by MICROMET_COMPARE_MAPS (default: all) are made again by it and compared; nothing is written.
"""
import json
import os
import sys

sys.path.insert(0, sys.argv.pop(1))

import monai  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from monai.apps.pathology.utils import PathologyProbNMS  # noqa: E402

import mask  # noqa: E402
import maps  # noqa: E402
import ratios  # noqa: E402
import sliding  # noqa: E402
from common import GOLDEN, MAP_SLIDES, MASK_SLIDES, slide_path  # noqa: E402
from pipeline import cells, dataset, mask_of  # noqa: E402

differences = []


def compare(what, expected, found):
    same = np.array_equal(np.asarray(expected), np.asarray(found))
    print(f"  {what}: {'same' if same else 'DIFFERENT'}", flush=True)
    if not same:
        differences.append(what)
    return same


def load(path):
    return json.loads((GOLDEN / path).read_text("utf-8"))


def main():
    torch.set_num_threads(1)
    print(f"MONAI {monai.__version__} from {os.path.basename(os.path.dirname(os.path.dirname(monai.__file__)))}")
    for name, level in mask.levels():
        compare(f"mask {name}", np.load(GOLDEN / f"mask/{name}-mask.npy"), mask.foreground(level))
    for stem in MASK_SLIDES:
        data = dataset([slide_path(stem)])
        compare(f"mask of {stem}", np.load(GOLDEN / f"mask/slides/{stem}.npy"), mask_of(data))
        compare(f"windows of {stem}", np.load(GOLDEN / f"locations/{stem}.npy"), cells(data))
    golden = {(c["ratio"], c["size"], c["row"]): c["expected"] for c in load("locations/ratios.json")}
    for ratio in ratios.RATIOS:
        tops = [ratios.corners(ratio, size) for size in ratios.SIZES]
        compare(f"corners at ratio {ratio}", [[golden[ratio, s, r] for r in ratios.ROWS] for s in ratios.SIZES],
                [[top[r] for r in ratios.ROWS] for top in tops])
    for number, (case, expected) in enumerate(zip(sliding.CASES, load("sliding/cases.json"))):
        found = sliding.run(*case)
        compare(f"sliding {number}", expected["positions"], found["positions"])
        compare(f"sliding {number} in the mask", expected.get("maskPositions", []), found.get("maskPositions", []))
    for number, case in enumerate(load("nms/cases.json")):
        nms = PathologyProbNMS(sigma=case["sigma"], prob_threshold=case["threshold"], box_size=case["box"])
        compare(f"NMS {number}", case["expected"], [[float(v) for v in d] for d in nms(np.load(GOLDEN / case["map"]))])
    for stem in os.environ.get("MICROMET_COMPARE_MAPS", " ".join(MAP_SLIDES)).split():
        expected, found = np.load(GOLDEN / f"map/{stem}.npy"), maps.probability_map(slide_path(stem))
        if not compare(f"map of {stem}", expected, found):
            print(f"    largest difference {np.abs(expected - found).max():.3g}")
        compare(f"detections of {stem}", load(f"map/{stem}.detections.json"), maps.detections(found))
    print(f"{len(differences)} differences: {differences or 'none'}")


if __name__ == "__main__":
    main()
