# SPDX-License-Identifier: Apache-2.0
"""ForegroundMask(hsv_threshold={"S": "otsu"}) on small levels and on the mask level of whole slides."""
import os

import numpy as np
from monai.transforms import ForegroundMask

from common import MASK_LEVEL, MASK_SLIDES, Topic, needs_shared, slide_path
from pipeline import dataset, mask_of


def foreground(level):
    """MONAI's mask, uint8 (H, W), of a level given as uint8 (H, W, 3)."""
    return np.asarray(ForegroundMask(hsv_threshold={"S": "otsu"})(np.moveaxis(level, -1, 0)))[0].astype(np.uint8)


def flat(shape, colour):
    return np.broadcast_to(np.array(colour, np.uint8), (*shape, 3)).copy()


def painted(level, rows, columns, colour):
    level[rows, columns] = colour
    return level


def pale(fill=None):
    """200 x 200 of background with pale tissue; `fill` paints the last tenth of the columns."""
    rng = np.random.RandomState(404)
    level = np.clip(np.rint(235 + rng.normal(0, 2, (200, 200, 3))), 0, 255).astype(np.uint8)
    tissue = np.array([190, 150, 185]) + rng.randint(-20, 21, (90, 70, 3))
    level[40:130, 50:120] = tissue
    if fill is not None:
        level[:, 180:] = fill
    return level


def noise(height, width, seed):
    return np.random.RandomState(seed).randint(0, 256, (height, width, 3)).astype(np.uint8)


def levels():
    yield "pale", pale()
    yield "pale-black-columns", pale((0, 0, 0))
    yield "pale-white-columns", pale((255, 255, 255))
    yield "grey-dark-square", painted(flat((20, 20), (200, 200, 200)), slice(5, 10), slice(5, 10), (40, 40, 40))
    yield "blue-square", painted(flat((20, 20), (255, 255, 255)), slice(5, 10), slice(8, 13), (0, 0, 255))
    for value in (0, 128, 255):
        yield f"constant-{value}", flat((16, 12), (value,) * 3)
    yield "constant-colour", flat((16, 12), (180, 90, 170))
    yield "constant-red-channel", painted(flat((20, 20), (250, 245, 250)), slice(3, 9), slice(3, 15), (250, 100, 160))
    yield "red-channel-zero", painted(flat((20, 20), (0, 245, 250)), slice(3, 9), slice(3, 15), (0, 100, 160))
    yield "noise", noise(40, 50, 1)
    yield "noise-narrow", noise(97, 3, 2)
    yield "fill-only-border", painted(pale(), slice(0, 30), slice(None), (0, 0, 0))
    yield "black-pen", painted(pale(), slice(150, 170), slice(10, 60), (12, 4, 20))


def main():
    with Topic("mask") as topic:
        for name, level in levels():
            mask = foreground(level)
            topic.array(f"{name}-level.npy", level)
            topic.array(f"{name}-mask.npy", mask)
            print(f"  {name}: {int(mask.sum())} of {mask.size}")
        for stem in MASK_SLIDES:
            if needs_shared(stem) and not os.environ.get("MICROMET_TEST_DATA"):
                print(f"  {stem}: left as it is, MICROMET_TEST_DATA is not set")
                continue
            data = dataset([slide_path(stem)])
            mask = mask_of(data)
            pixels, _ = data.wsi_reader.get_data(data.wsi_reader.read(str(slide_path(stem))), level=MASK_LEVEL)
            assert np.array_equal(mask, foreground(np.moveaxis(pixels, 0, -1)))
            topic.array(f"slides/{stem}.npy", mask, needs_shared(stem))
            print(f"  {stem}: {int(mask.sum())} of {mask.shape}")


if __name__ == "__main__":
    main()
