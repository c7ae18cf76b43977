# SPDX-License-Identifier: Apache-2.0
"""skimage.filters.threshold_otsu on 100 uint8 and 100 float64 crops: mixtures, few values, ties, constants."""
import numpy as np
import skimage.color
from skimage.filters import threshold_otsu

from common import Topic

SIZE = 24


def mixture(rng):
    low, high = sorted(rng.randint(0, 256, 2))
    share = rng.uniform(0.02, 0.98)
    spread = rng.uniform(0.5, 30)
    crop = np.where(rng.uniform(size=(SIZE, SIZE)) < share, low, high) + rng.normal(0, spread, (SIZE, SIZE))
    return np.clip(np.rint(crop), 0, 255).astype(np.uint8)


def few_values(rng):
    palette = rng.randint(0, 256, rng.randint(2, 6))
    return palette[rng.randint(0, palette.size, (SIZE, SIZE))].astype(np.uint8)


def tie(rng):
    """Three equally spaced, equally frequent values: two cuts score the same and the first must win."""
    start, step = rng.randint(0, 100), rng.randint(1, 70)
    crop = np.repeat(np.array([start, start + step, start + 2 * step], np.uint8), SIZE * SIZE // 3)
    return rng.permutation(crop).reshape(SIZE, SIZE)


def crops_uint8(rng):
    crops = [np.full((SIZE, SIZE), v, np.uint8) for v in (0, 1, 128, 255)]
    crops += [rng.randint(0, 256, (SIZE, SIZE)).astype(np.uint8) for _ in range(16)]
    crops += [mixture(rng) for _ in range(50)]
    crops += [few_values(rng) for _ in range(20)]
    crops += [tie(rng) for _ in range(10)]
    return np.stack(crops)


def saturation(rng):
    rgb = np.stack([mixture(rng) for _ in range(3)])
    return skimage.color.rgb2hsv(rgb, channel_axis=0)[1]


def crops_float(rng):
    crops = [np.zeros((SIZE, SIZE)), np.full((SIZE, SIZE), 0.3)]
    crops += [saturation(rng) for _ in range(60)]
    crops += [rng.uniform(0, 1, (SIZE, SIZE)) for _ in range(18)]
    crops += [rng.normal(0, 10.0 ** rng.randint(-6, 6), (SIZE, SIZE)) for _ in range(10)]
    crops += [few_values(rng) * (1.0 / 255) for _ in range(10)]
    return np.stack(crops)


def main():
    uint8 = crops_uint8(np.random.RandomState(101))
    floats = crops_float(np.random.RandomState(202))
    assert uint8.shape == floats.shape == (100, SIZE, SIZE)
    with Topic("otsu") as topic:
        topic.array("crops-uint8.npy", uint8)
        topic.array("crops-float.npy", floats)
        topic.json("thresholds.json", {
            "uint8": [int(threshold_otsu(crop)) for crop in uint8],
            "float": [float(threshold_otsu(crop)) for crop in floats],
        })


if __name__ == "__main__":
    main()
