# SPDX-License-Identifier: Apache-2.0
"""The CAMELYON16 challenge's own Evaluation_FROC.py on five small slides, two of them without a mask.

The script is not kept here: MICROMET_CHALLENGE_SCRIPT names it (baidu-research/NCRF, wsi/bin/Evaluation_FROC.py). Its functions run
as published; its slide reader is replaced by one that hands over a mask held in memory, and its picture is left out.
"""
import hashlib
import os
import runpy
import sys
import tempfile
import types
import warnings
from pathlib import Path

import numpy as np
from scipy import ndimage

from common import Topic, numbers

warnings.simplefilter("ignore")  # the script uses names that skimage has renamed since
SHA256 = "f2427dd4c10b605400c64f3752c804c72bc1d1114a54a85db0b00f2fdfd6f2a8"
LEVEL, SPACING = 5, 0.243  # as the script's last part has them
ROWS, COLUMNS = 90, 120
RATES = [0.25, 0.5, 1, 2, 4, 8]


def slides():
    """Masks as boxes of 255 (rows, then columns), and detections as confidence,x,y."""
    at = 1 << LEVEL
    yield "test_001", [[10, 50, 10, 60], [70, 72, 100, 103]], [  # a large lesion, and isolated cells
        [0.91, 30 * at, 20 * at], [0.85, 31 * at + 7, 40 * at], [0.7, 101 * at, 71 * at], [0.66, 90 * at, 20 * at]]
    # A ring, which is filled; two lesions that grow together; a detection within reach and one just out of it.
    yield "test_002", [[5, 6, 5, 45], [45, 46, 5, 45], [5, 46, 5, 6], [5, 46, 44, 45], [60, 80, 60, 80], [60, 80, 83, 100]], [
        [0.95, 25 * at, 25 * at], [0.5, 57 * at, 70 * at], [0.45, 110 * at, 70 * at], [0.4, 90 * at, 57 * at]]
    yield "test_003", [[30, 60, 30, 60]], []  # missed
    yield "test_004", None, [[0.97, 5, 5], [0.3, 999, 1999]]  # no mask: tumour-free
    yield "test_005", None, []


def script():
    file = Path(os.environ["MICROMET_CHALLENGE_SCRIPT"])
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{file} has SHA-256 {found}, not {SHA256}")
    pyplot = types.ModuleType("matplotlib.pyplot")
    matplotlib = types.ModuleType("matplotlib")
    matplotlib.pyplot = pyplot
    openslide = types.ModuleType("openslide")
    openslide.open_slide = Memory
    stand_in = {"matplotlib": matplotlib, "matplotlib.pyplot": pyplot, "openslide": openslide}
    before = {name: sys.modules.get(name) for name in stand_in}
    sys.modules.update(stand_in)
    ndimage.morphology = ndimage  # where scipy had it when the script was written
    functions = runpy.run_path(str(file), run_name="challenge")
    for name, module in before.items():
        sys.modules.pop(name) if module is None else sys.modules.update({name: module})
    return types.SimpleNamespace(**functions)


class Memory:
    """A slide of one level, which is LEVEL."""

    masks = {}

    def __init__(self, name):
        self.mask = self.masks[name]
        self.level_dimensions = [self.mask.shape[::-1]] * (LEVEL + 1)

    def read_region(self, at, level, size):
        return np.stack([self.mask] * 3 + [np.full_like(self.mask, 255)], axis=-1)


def main():
    run = script()
    rows = []
    data = [[], [], [], []]
    for name, boxes, points in slides():
        with tempfile.TemporaryDirectory() as folder:
            csv = Path(folder) / f"{name}.csv"
            csv.write_text("".join(f"{p},{x},{y}\n" for p, x, y in points))
            probs, x, y = run.readCSVContent(str(csv))
        labels, itc = 0, []
        if boxes is not None:
            mask = np.zeros((ROWS, COLUMNS), np.uint8)
            for r0, r1, c0, c1 in boxes:
                mask[r0:r1, c0:c1] = 255
            Memory.masks[name] = mask
            labels = run.computeEvaluationMask(name, SPACING, LEVEL)
            itc = run.computeITCList(labels, SPACING, LEVEL)
        fp, tp, targets, *_ = run.compute_FP_TP_Probs(y, x, probs, boxes is not None, labels, itc, LEVEL)
        for row, value in zip(data, (name, fp, tp, targets)):
            row.append(value)
        rows.append({"slide": name, "boxes": boxes, "points": points, "fp": numbers(fp), "tp": numbers(tp), "targets": int(targets)})
    rates, sensitivity = run.computeFROC(data)
    at = np.interp(RATES, rates[::-1], sensitivity[::-1])
    with Topic("challenge") as topic:
        topic.json("script.json", {
            "script": SHA256, "rows": ROWS, "columns": COLUMNS, "slides": rows, "falsePositives": numbers(rates),
            "sensitivities": numbers(sensitivity), "at": numbers(at), "mean": float(np.mean(at))})


if __name__ == "__main__":
    main()
