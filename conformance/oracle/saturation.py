# SPDX-License-Identifier: Apache-2.0
"""Saturation of all 2^24 colours as skimage computes it: one hash, and a few colours to look at when it differs."""
import hashlib

import numpy as np
import skimage.color

from common import Topic

SAMPLES = [(0, 0, 0), (255, 255, 255), (128, 128, 128), (1, 0, 0), (0, 0, 255), (190, 150, 185), (255, 254, 253),
           (7, 5, 3), (93, 31, 200), (200, 199, 201), (3, 7, 249), (254, 1, 127)]


def main():
    digest = hashlib.sha256()
    g, b = np.meshgrid(np.arange(256, dtype=np.uint8), np.arange(256, dtype=np.uint8), indexing="ij")
    rgb = np.empty((3, 256, 256), np.uint8)
    rgb[1], rgb[2] = g, b
    samples = {}
    for r in range(256):
        rgb[0] = r
        s = skimage.color.rgb2hsv(rgb, channel_axis=0)[1]
        assert s.dtype == np.float64
        digest.update(np.ascontiguousarray(s, "<f8").tobytes())
        for c in SAMPLES:
            if c[0] == r:
                samples[c] = float(s[c[1], c[2]])
    with Topic("saturation") as topic:
        topic.json("all-colours.json", {
            "sha256": digest.hexdigest(),
            "order": "float64 little-endian, r outermost, then g, b innermost",
            "samples": [{"r": c[0], "g": c[1], "b": c[2], "saturation": samples[c]} for c in SAMPLES],
        })


if __name__ == "__main__":
    main()
