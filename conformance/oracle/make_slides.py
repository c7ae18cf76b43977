# SPDX-License-Identifier: Apache-2.0
"""The two synthetic fixture slides that every test machine has: conformance/slides/*.tif.

blobs-jpeg.tif: 1811 x 1403, eight levels as successive directories, JPEG YCbCr 4:2:0 in tiles of 256, purple and pink
blobs on white with two of them cut by the border. blobs-black-columns.tif: the same drawing, paler, with the columns from
x = 1600 on black (12 %), which pulls the reference's three RGB Otsu thresholds to 0 and so empties its mask. There the black
is exactly 0 at every level: 1600 is a multiple of 64 and of the JPEG blocks of levels 0 to 2, and the levels below are
deflated, not JPEG. They are drawings that look enough like a slide to exercise the arithmetic; there is no tissue in them.
"""
import numpy as np
import tifffile
from scipy.ndimage import gaussian_filter, zoom

from common import SLIDES, Topic

WIDTH, HEIGHT, LEVELS, TILE = 1811, 1403, 8, 256
BLACK_FROM = 1600
# centre row, centre column, radius, darkness; the first and the last but one are cut by the border
BLOBS = [(180, 120, 330, 0.8), (760, 700, 300, 1.0), (420, 1350, 240, 0.6), (1150, 1560, 330, 0.9), (1240, 420, 170, 0.7)]


def smooth(rng, step):
    """Unit-variance noise whose grain is about `step` pixels."""
    coarse = rng.normal(size=(HEIGHT // step + 3, WIDTH // step + 3))
    return zoom(coarse, step, order=1)[:HEIGHT, :WIDTH]


def tissue(rng):
    """How much tissue a pixel holds, 0..1: blobs with wavy borders."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    wave = 28 * smooth(rng, 48)
    amount = np.zeros((HEIGHT, WIDTH))
    for row, column, radius, darkness in BLOBS:
        inside = radius + wave - np.hypot(rows - row, columns - column)
        amount = np.maximum(amount, darkness * np.clip(inside / 12, 0, 1))
    return amount


def nuclei(rng):
    """0..1: dark dots of 6 to 10 pixels, denser towards the right."""
    dots = np.zeros((HEIGHT, WIDTH))
    wanted = 5200
    columns = (WIDTH * np.sqrt(rng.uniform(size=wanted))).astype(int)
    rows = rng.randint(0, HEIGHT, wanted)
    dots[rows, columns] = rng.uniform(0.5, 1.0, wanted)
    return np.clip(gaussian_filter(dots, 3.2) * 90, 0, 1)


def draw(seed, strength=1.0):
    rng = np.random.RandomState(seed)
    amount, dots, grain = strength * tissue(rng), nuclei(rng), smooth(rng, 24)
    white = np.array([243.0, 241.0, 244.0])
    pink = np.array([222.0, 150.0, 196.0])
    purple = np.array([92.0, 56.0, 138.0])
    share = np.clip(0.22 + 0.14 * grain + 0.75 * dots, 0, 1)[..., None]
    picture = white + amount[..., None] * (pink + share * (purple - pink) - white)
    picture += 1.5 * smooth(rng, 3)[..., None]
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def halve(image):
    """Mean of 2 x 2; the odd last row or column is dropped, as the usual converters do."""
    h, w = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
    blocks = image[:h, :w].reshape(h // 2, 2, w // 2, 2, 3).astype(np.uint16)
    return ((blocks.sum(axis=(1, 3)) + 2) // 4).astype(np.uint8)


def write(path, image, jpeg_levels):
    with tifffile.TiffWriter(path, bigtiff=False) as out:
        for level in range(LEVELS):
            jpeg = {"compression": "jpeg", "compressionargs": {"level": 80}, "subsampling": (2, 2)}
            out.write(image, tile=(TILE, TILE), photometric="rgb", subfiletype=1 if level else 0, metadata=None,
                      software=False, resolution=(40000 / 2**level, 40000 / 2**level), resolutionunit="CENTIMETER",
                      **(jpeg if level < jpeg_levels else {"compression": "adobe_deflate"}))
            image = halve(image)


def main():
    black = draw(seed=20241, strength=0.4)
    black[:, BLACK_FROM:] = 0
    with Topic("slides", SLIDES) as topic:
        write(topic.path("blobs-jpeg.tif"), draw(seed=20241), jpeg_levels=LEVELS)
        write(topic.path("blobs-black-columns.tif"), black, jpeg_levels=3)


if __name__ == "__main__":
    main()
