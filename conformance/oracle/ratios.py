# SPDX-License-Identifier: Apache-2.0
"""Patch corners of MaskedPatchWSIDataset for ratios that round every way: one row of tissue cells after another."""
import numpy as np
from monai.data import MaskedPatchWSIDataset

from array_reader import ArrayReader, ArraySlide
from common import Topic

RATIOS = [64.0, 3.0, 5.0, 65.42222222222222, 65.18181818181819, 64.89705882352942, 32.0, 1.0, 2.5, 0.5, 64.0 + 2.0**-40]
SIZES = [224, 225, 256, 96, 1]
ROWS = [0, 1, 2, 3, 10, 26, 43, 100]


def corners(ratio, size):
    level = np.full((101, 2, 3), 255, np.uint8)
    level[:, 0] = (150, 60, 160)
    reader = ArrayReader(slides={"slide.tif": ArraySlide((1, 1), mask=level, ratio=ratio)})
    data = MaskedPatchWSIDataset([{"image": "slide.tif"}], patch_size=size, patch_level=0, mask_level=1, reader=reader)
    found = {tuple(int(v) for v in s["mask_location"]): s["location"] for s in data.data}
    assert sorted(found) == [(row, 0) for row in range(101)], "the left column alone is tissue"
    return [int(found[(row, 0)][0]) for row in range(101)]


def main():
    cases = []
    for ratio in RATIOS:
        for size in SIZES:
            tops = corners(ratio, size)
            cases += [{"ratio": ratio, "size": size, "row": row, "expected": tops[row]} for row in ROWS]
    with Topic("locations") as topic:
        topic.json("ratios.json", cases)


if __name__ == "__main__":
    main()
