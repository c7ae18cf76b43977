# SPDX-License-Identifier: Apache-2.0
"""Positions of SlidingPatchWSIDataset on slides held in memory, with the mask cells they fill.

With an overlap in whole pixels the dataset fails (its patch size is a float, which range() refuses), so those cases ask
iter_patch_position itself, and have no mask positions.
"""
import numpy as np
from monai.data import SlidingPatchWSIDataset
from monai.data.utils import iter_patch_position

from array_reader import ArrayReader, ArraySlide
from common import Topic

# height, width, patch, overlap, offset, mask ratio
CASES = [
    (48, 64, 20, 0.5, (0, 0), 8.0), (48, 64, 20, 0.0, (0, 0), 8.0), (48, 64, (20, 30), 0.25, (0, 0), 4.0),
    (100, 130, 30, (0.1, 0.35), (0, 0), 3.7), (100, 130, 25, 0.5, (0, 0), 8.0), (101, 131, 5, 0.3, (0, 0), 2.0),
    (100, 130, 30, 7, (0, 0), 4.0), (100, 130, (30, 40), (5, 11), (0, 0), 4.0), (100, 130, 30, 0.5, (-10, 7), 4.0),
    (100, 130, 30, 0.0, 12, 4.0), (50, 200, 64, 0.0, (0, 0), 16.0), (50, 60, 64, 0.5, (0, 0), 16.0),
    (224, 224, 224, 0.0, (0, 0), 64.0), (223, 225, 224, 0.0, (0, 0), 64.0), (2967, 2220, 224, 0.0, (0, 0), 64.897),
    (1000, 900, 224, 0.125, (0, 0), 65.42222222222222), (300, 300, 64, 0.5, "random", 8.0),
]


def run(height, width, patch, overlap, offset, ratio):
    fraction = isinstance(np.ravel(overlap)[0].item(), float)
    common = {"height": height, "width": width, "patch": np.broadcast_to(patch, 2).tolist(),
              "overlap": np.broadcast_to(overlap, 2).tolist(), "overlapIsFraction": fraction,
              "offset": offset if isinstance(offset, str) else np.broadcast_to(offset, 2).tolist(), "maskRatio": ratio}
    if not fraction:
        positions = iter_patch_position((height, width), np.broadcast_to(patch, 2).tolist(), start_pos=offset,
                                        overlap=overlap, padded=False)
        return {**common, "positions": [[int(v) for v in at] for at in positions]}
    slide = ArraySlide((height, width), mask=np.zeros((4, 4, 3), np.uint8), ratio=ratio)
    reader = ArrayReader(slides={"slide.tif": slide})
    data = SlidingPatchWSIDataset([{"image": "slide.tif"}], patch_size=patch, patch_level=0, mask_level=1,
                                  overlap=overlap, offset=offset, reader=reader)
    return {
        **common,
        "positions": [[int(v) for v in sample["location"]] for sample in data.data],
        "maskPositions": [[float(v) for v in sample["mask_location"]] for sample in data.data],
    }


def main():
    cases = []
    for case in CASES:
        result = run(*case)
        if case[4] == "random":  # what seed 0 drew, so that a reader without numpy's generator can still use the case
            result["offset"] = result["positions"][0]
            result["drawnBySeed"] = 0
        cases.append(result)
    with Topic("sliding") as topic:
        topic.json("cases.json", cases)


if __name__ == "__main__":
    main()
