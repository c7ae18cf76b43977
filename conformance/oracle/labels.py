# SPDX-License-Identifier: Apache-2.0
"""Which points lie inside real outlines, by NCRF's own call, skimage.measure.points_in_poly.

regions.json: NCRF's published centres on the slides whose outlines are at hand, and for every file centres on vertices, on
the middle of edges and near them, each with the 3 x 3 labels of NCRF's rule, row by row: the centres of cells of 256 pixels
against the positive outlines. windows.npy: squares of pixels on outlines; 0 outside, 1 inside a positive outline and no
negative one, 2 where a pixel's centre lies on an edge of any, which every rasteriser decides in its own way.
"""
import json

import numpy as np
from skimage.measure import grid_points_in_poly, points_in_poly

from common import Topic, shared

FILES = ["train_Tumor_001", "train_Tumor_010", "train_Tumor_043", "train_Tumor_056", "train_Tumor_068", "train_Tumor_081",
         "train_Tumor_084", "train_Tumor_090", "train_Tumor_095", "valid_Normal_152", "valid_Tumor_105", "valid_Tumor_107",
         "valid_Tumor_109", "valid_Tumor_110"]
CELL = 256
SIDE = 64


def outlines(name):
    document = json.loads(shared(f"annotations/ncrf/{name}.json").read_text("utf-8"))
    return [[np.array(outline["vertices"]) for outline in document[word]] for word in ("positive", "negative")]


def labels(positive, x, y):
    points = [(x + dx * CELL, y + dy * CELL) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    inside = np.zeros(9, bool)
    for vertices in positive:
        inside |= points_in_poly(points, vertices)
    return [int(v) for v in inside]


def published(known):
    for text in ("tumor_valid", "normal_valid"):
        for line in shared(f"annotations/ncrf/{text}.txt").read_text("utf-8").split():
            slide, x, y = line.split(",")
            if f"valid_{slide}" in known:
                yield f"valid_{slide}", int(x), int(y)


def chosen(known):
    rng = np.random.RandomState(404)
    for name in FILES:
        rings = known[name][0] + known[name][1]
        for i in range(12):
            ring = rings[rng.randint(len(rings))]
            at = rng.randint(len(ring))
            a, b = ring[at], ring[(at + 1) % len(ring)]
            if i % 3 == 0:
                yield name, int(a[0]), int(a[1])
            elif i % 3 == 1:
                yield name, int(a[0] + b[0]) // 2, int(a[1] + b[1]) // 2
            else:
                yield name, int(a[0] + rng.randint(-300, 300)), int(a[1] + rng.randint(-300, 300))


def window(positive, negative, x0, y0):
    def codes(rings):
        inside, edge = np.zeros((SIDE, SIDE), bool), np.zeros((SIDE, SIDE), bool)
        for ring in rings:
            here = grid_points_in_poly((SIDE, SIDE), ring[:, ::-1] - np.array([y0 + 0.5, x0 + 0.5]), binarize=False)
            inside |= here == 1
            edge |= here > 1
        return inside, edge

    tumour, tumour_edge = codes(positive)
    cut, cut_edge = codes(negative)
    result = (tumour & ~cut).astype(np.uint8)
    result[tumour_edge | cut_edge] = 2
    return result


def main():
    known = {name: outlines(name) for name in FILES}
    rows = [[name, x, y, labels(known[name][0], x, y)] for name, x, y in [*published(known), *chosen(known)]]
    rng = np.random.RandomState(405)
    places, windows = [], []
    for name in FILES:
        rings = known[name][0] + known[name][1]
        for which in (0, len(rings) - 1):
            x, y = (int(v) for v in rings[which][rng.randint(len(rings[which]))])
            x0, y0 = x - rng.randint(SIDE), y - rng.randint(SIDE)
            places.append([name, x0, y0])
            windows.append(window(*known[name], x0, y0))
    with Topic("labels") as topic:
        topic.json("regions.json", rows, needs_shared=True)
        topic.json("windows.json", places, needs_shared=True)
        topic.array("windows.npy", np.stack(windows), needs_shared=True)


if __name__ == "__main__":
    main()
