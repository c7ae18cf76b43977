# SPDX-License-Identifier: Apache-2.0
"""PathologyProbNMS on small maps: ties, borders, odd boxes, the strict threshold, and sigma.

With sigma the reference filters a (H, W) map as if its two axes were batch and channel, so nothing is smoothed: the map is
only rounded to float32. The golden holds what it really gives.
"""
import numpy as np
from monai.apps.pathology.utils import PathologyProbNMS

from common import Topic


def peaks(shape, *points):
    prob = np.zeros(shape)
    for row, column, p in points:
        prob[row, column] = p
    return prob


def maps():
    rng = np.random.RandomState(303)
    uniform = rng.uniform(0, 1, (120, 150))
    yield "uniform", uniform
    yield "half", rng.uniform(0, 1, (70, 90)).astype(np.float16).astype(np.float64)  # many equal values, as a GPU map
    yield "ties", peaks((100, 100), (60, 10, 0.9), (10, 60, 0.9), (10, 5, 0.9), (60, 70, 0.75))
    yield "reach", peaks((120, 200), (50, 50, 0.9), (50, 73, 0.8), (50, 74, 0.7), (26, 50, 0.6), (25, 50, 0.65),
                         (73, 50, 0.62), (74, 50, 0.61))
    yield "border", peaks((60, 60), (0, 0, 0.9), (59, 59, 0.8), (0, 59, 0.7), (59, 0, 0.6))
    yield "threshold", peaks((10, 10), (2, 2, 0.5), (7, 7, np.nextafter(0.5, 1.0)))
    yield "empty", np.zeros((12, 9))
    yield "smooth", np.clip(rng.normal(0.3, 0.2, (64, 80)), 0, 1)


CASES = [
    ("uniform", 48, 0.5, 0.0), ("uniform", 7, 0.97, 0.0), ("uniform", 1, 0.999, 0.0), ("uniform", [9, 30], 0.9, 0.0),
    ("half", 48, 0.5, 0.0), ("half", 5, 0.9, 0.0), ("ties", 48, 0.5, 0.0), ("reach", 48, 0.5, 0.0),
    ("reach", 47, 0.5, 0.0), ("border", 48, 0.5, 0.0), ("threshold", 4, 0.5, 0.0), ("empty", 48, 0.5, 0.0),
    ("smooth", 48, 0.0, 0.0), ("smooth", 8, 0.6, 1.5),
]


def main():
    known = dict(maps())
    cases = []
    for name, box, threshold, sigma in CASES:
        nms = PathologyProbNMS(spatial_dims=2, sigma=sigma, prob_threshold=threshold, box_size=box)
        found = nms(known[name].copy(), resolution_level=0)
        cases.append({"map": f"nms/{name}.npy", "box": box, "threshold": threshold, "sigma": sigma,
                      "expected": [[float(p), int(row), int(column)] for p, row, column in found]})
    with Topic("nms") as topic:
        for name, prob in known.items():
            topic.array(f"{name}.npy", prob)
        topic.json("cases.json", cases)


if __name__ == "__main__":
    main()
