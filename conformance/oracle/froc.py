# SPDX-License-Identifier: Apache-2.0
"""LesionFROC whole: lesions of masks, counting, curve, score; and what slides drawn again would score.

MONAI runs as published; only its slide reader is replaced by one that hands over a mask held in memory, so that no pyramid of
seven levels has to be written for a mask of 60 x 80 cells. MONAI's own published test cases are restated as rectangles and
points; what they give is what the code gave here.
"""
import hashlib
import tempfile
import warnings
from pathlib import Path

import numpy as np
from monai.apps.pathology.metrics import LesionFROC
from monai.apps.pathology.utils import PathologyProbNMS, compute_isolated_tumor_cells, compute_multi_instance_mask
from monai.metrics import compute_fp_tp_probs, compute_froc_curve_data, compute_froc_score
from scipy import stats
from skimage import measure

from common import Topic, numbers, shared, splitmix64

RATES = (0.25, 0.5, 1, 2, 4, 8)
warnings.filterwarnings("ignore", category=RuntimeWarning)  # 0/0 without targets is one of the cases


class Memory:
    """A reader of masks that are arrays: (C, H, W) as WSIReader gives them."""

    def __init__(self, masks):
        self.masks = masks

    def read(self, name):
        return self.masks[name]

    def get_data(self, mask, level):
        return np.stack([mask] * 3), {}


def run(slides, level, spacing, grow=75, itc=200, box=48, threshold=0.5):
    """Slides are (map, mask). Every number that LesionFROC passes on, and its score."""
    with tempfile.TemporaryDirectory() as folder:
        data = []
        for i, (prob, _) in enumerate(slides):
            file = Path(folder) / f"{i}.npy"
            np.save(file, prob)
            data.append({"prob_map": str(file), "tumor_mask": i, "level": level, "pixel_spacing": spacing})
        froc = LesionFROC(data, grow_distance=grow, itc_diameter=itc, nms_box_size=box, nms_prob_threshold=threshold,
                          image_reader_name="openslide")
        froc.image_reader = Memory([mask for _, mask in slides])
        per_slide = []
        for sample in data:
            probs, y, x = froc.prepare_inference_result(sample)
            labels, itcs = froc.prepare_ground_truth(sample)
            fp, tp, targets = compute_fp_tp_probs(probs, y, x, labels, itcs, level)
            axes = [region.axis_major_length for region in measure.regionprops(labels)]
            per_slide.append({
                "detections": [[float(p), int(r), int(c)] for p, r, c in zip(probs, y, x)],
                "labels": hash_of(labels), "areas": areas(labels),
                "axes": numbers(axes), "itc": [int(i) for i in itcs], "targets": int(targets),
                "fp": numbers(fp), "tp": numbers(tp),
            })
        fp, tp, targets, images = froc.compute_fp_tp()
        rates, sensitivity = compute_froc_curve_data(fp, tp, targets, images)
        score = froc.evaluate()
    return {"slides": per_slide, "curve": curve(rates, sensitivity), "score": number(score)}


def hash_of(labels):
    """SHA-256 of the labels as little-endian int32, row by row."""
    return hashlib.sha256(np.ascontiguousarray(labels, dtype="<i4").tobytes()).hexdigest()


def areas(labels):
    return [int(a) for a in np.bincount(labels.ravel())[1:]]


def number(value):
    return None if np.isnan(value) else float(value)


def curve(rates, sensitivity):
    return [[float(x), number(y)] for x, y in zip(rates, sensitivity)]


# ---- MONAI tests/apps/pathology/test_lesion_froc.py

HEIGHT, WIDTH = 101, 800


def published_cases():
    def mask(n):
        r = HEIGHT // 2
        # The published test writes its masks upside down.
        return [[HEIGHT - (r + 3), HEIGHT - (r - 3), k * WIDTH // 7 - 3, k * WIDTH // 7 + 3] for k in range(1, n + 1)]

    def prob(hits, misses):
        row = HEIGHT // 2
        points = [[row, 5 * WIDTH // 7, 0.6]] if misses else []
        points += [[row, 6 * WIDTH // 7, 0.4]] if misses == 2 else []
        return points + [[row, k * WIDTH // 7, 0.8] for k in range(1, hits + 1)]

    pairs = [
        [(0, 0, 0)], [(0, 0, 1)], [(1, 1, 1)], [(2, 1, 1)], [(2, 1, 2)], [(1, 2, 2)], [(1, 1, 1), (1, 2, 2)],
        [(1, 1, 3), (1, 2, 2)], [(0, 1, 1), (1, 1, 3), (1, 2, 2)], [(0, 2, 4), (1, 1, 3), (1, 2, 2)],
    ]
    for i, case in enumerate(pairs):
        yield {"name": f"monai-{i}", "level": 0, "spacing": 1, "grow": 2, "itc": 0, "rows": HEIGHT, "columns": WIDTH,
               "slides": [{"points": prob(hits, misses), "boxes": mask(n)} for hits, misses, n in case]}


def drawn(case):
    slides = []
    for slide in case["slides"]:
        prob = np.zeros((case["rows"], case["columns"]))
        for row, column, p in slide["points"]:
            prob[row, column] = p
        mask = np.zeros((case["rows"], case["columns"]), np.uint8)
        for top, bottom, left, right in slide["boxes"]:
            mask[top:bottom, left:right] = 1
        slides.append((prob, mask))
    return slides


# ---- ten random maps with masks

ROWS, COLUMNS = 60, 80


def random_slides():
    rng = np.random.RandomState(404)
    y, x = np.mgrid[:ROWS, :COLUMNS]
    for i in range(10):
        mask = np.zeros((ROWS, COLUMNS), np.uint8)
        heat = rng.uniform(0, 0.62, (ROWS, COLUMNS)) * (rng.uniform(size=(ROWS, COLUMNS)) < 0.02)
        for _ in range([4, 3, 5, 2, 6, 3, 0, 4, 1, 3][i]):
            cy, cx = rng.randint(0, ROWS), rng.randint(0, COLUMNS)
            radius = rng.choice([0.5, 1.5, 4, 9])
            far = np.hypot((y - cy) * rng.uniform(0.6, 1.6), x - cx)
            ring = far <= radius
            if radius == 9 and i % 2:
                ring &= far >= 6.5  # a hole that growth leaves open
            mask[ring] = 1
            if rng.uniform() < 0.75:
                heat = np.maximum(heat, np.exp(-((y - cy + rng.randint(-2, 3)) ** 2 + (x - cx) ** 2) / 8) * rng.uniform(0.5, 1))
        if i == 4:
            mask[mask == 1] = rng.choice([1, 2, 3], (mask == 1).sum()).astype(np.uint8)  # only 1 is tumour
        if i == 7:
            mask *= 255  # no tumour for MONAI, so a phantom lesion
        if i == 6:
            heat[0, 0] = 0.9  # on the phantom of an empty mask
        yield np.round(heat * 255).clip(0, 255).astype(np.uint8), mask


# ---- tests/metrics/test_compute_froc.py, tests/apps/pathology/test_pathology_prob_nms.py

MASK = np.array([[0, 0, 1, 1], [2, 2, 0, 0], [0, 3, 3, 0], [0, 3, 3, 3]])


def counting_cases():
    probs = np.array([1, 0.6, 0.8], dtype=np.float32)
    for name, y, x, itc, level in [("1", [0, 2, 3], [3, 0, 1], [2], 0), ("2", [0, 2, 3], [3, 0, 1], [], 0),
                                   ("3", [0, 4, 6], [6, 0, 2], [], 1)]:
        yield name, probs, y, x, MASK, itc, level
    yield "nd-1", probs, [0, 2, 3], [3, 0, 1], MASK, [], 0
    # Three axes: the two planes one below the other, so plane z, row y is row 4 z + y.
    yield "nd-2", probs, [0, 4 + 2, 3], [3, 0, 1], np.vstack([MASK, MASK]), [], 0


def counting():
    cases = []
    for name, probs, y, x, mask, itc, level in counting_cases():
        fp, tp, targets = compute_fp_tp_probs(probs, np.array(y), np.array(x), mask, itc, level)
        cases.append({"name": name, "probs": numbers(probs), "y": y, "x": x, "mask": mask.tolist(), "itc": itc, "level": level,
                      "fp": numbers(fp), "tp": numbers(tp), "targets": int(targets)})
    return cases


def scoring():
    """The two published cases and the worked example; tp as float32, as counting gives it."""
    cases = []
    for fp, tp, targets, images, rates in [
        ([0.8, 0.6], [1, 1, 0, 0, 0.8, 0.8, 0], 4, 2, RATES), ([0.8, 0.6], [1, 1, 0, 0, 0.8, 0.8, 0], 4, 2, (0.25,)),
        ([0.9, 0.8, 0.6], [0.95, 0.7, 0], 3, 2, RATES), ([], [0, 0], 2, 1, RATES), ([0.7], [0.9], 1, 1, RATES),
        ([0.7, 0.7, 0.6], [], 0, 3, RATES),
    ]:
        tp32 = np.array(tp, dtype=np.float32)
        x, y = compute_froc_curve_data(np.array(fp), tp32, targets, images)
        cases.append({"fp": fp, "tp": tp, "targets": targets, "images": images, "rates": list(rates), "curve": curve(x, y),
                      "score": number(compute_froc_score(x, y, rates))})
    return cases


def published_nms():
    rng = np.random.RandomState(1)
    flat = rng.rand(100, 100).clip(0, 0.5)
    flat[33, 33], flat[66, 66] = 0.7, 0.9
    solid = rng.uniform(0, 0.5, (50, 50, 50))
    solid[25, 25, 25], solid[45, 45, 45] = 0.7, 0.9
    cases = []
    for prob, size in ((flat, 100), (solid, 50)):
        nms = PathologyProbNMS(spatial_dims=prob.ndim, prob_threshold=0.5, box_size=[10] * prob.ndim)
        found = nms(prob.copy(), resolution_level=1)
        points = [[33, 33, 0.7], [66, 66, 0.9]] if size == 100 else [[25, 25, 0.7], [45, 45, 0.9]]
        cases.append({"size": size, "points": points, "box": 10, "level": 1,
                      "expected": [[float(p[0]), int(p[1]), int(p[2])] for p in found]})  # a solid's third axis is as its second
    return cases


# ---- masks: growth, holes, labels

def lesion_cases():
    rng = np.random.RandomState(505)
    single = np.zeros((6, 6), np.uint8)
    yield "empty 6x6", single, 75 / (2 * 15.552)
    yield "empty 1x5", np.zeros((1, 5), np.uint8), 75 / (2 * 15.552)
    yield "empty 3x2, far", np.zeros((3, 2), np.uint8), 7.3
    one = np.zeros((9, 9), np.uint8)
    one[4, 4] = 1
    yield "one cell", one, 75 / (2 * 15.552)
    yield "one cell at level 5", np.pad(one, 3), 75 / (2 * 7.776)
    yield "growth of nothing", one, 0.0
    yield "growth of exactly 1", one, 1.0
    yield "growth just over 1", one, 1.0000000001
    yield "two and 255 and 1", np.array([[2, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 1]], np.uint8), 2.0
    ring = np.zeros((40, 40), np.uint8)
    yy, xx = np.mgrid[:40, :40]
    ring[(np.hypot(yy - 20, xx - 20) < 14) & (np.hypot(yy - 20, xx - 20) > 11)] = 1
    ring[20, 20] = 1
    yield "ring with a lesion inside", ring, 2.4
    cut = ring.copy()
    cut[18:23, 25:] = 0
    cut[:, 38:] = 1
    yield "open ring and a border", cut, 1.2
    diagonal = np.zeros((30, 30), np.uint8)
    diagonal[np.arange(5, 20), np.arange(5, 20)] = 1
    diagonal[24:, :3] = 1
    yield "diagonal", diagonal, 0.5
    for i, density in enumerate([0.001, 0.01, 0.05, 0.3]):
        yield f"noise {density}", (rng.uniform(size=(50, 61)) < density).astype(np.uint8), [4.8225, 2.41127, 1.5, 1.01][i]


def lesions():
    cases = []
    for name, mask, growth in lesion_cases():
        labels = compute_multi_instance_mask(mask.copy(), growth)
        regions = measure.regionprops(labels)
        rows = ["".join("Z" if v == 255 else str(v) for v in row) for row in mask]
        cases.append({"name": name, "mask": rows, "growth": growth, "labels": hash_of(labels), "areas": areas(labels),
                      "axes": numbers([r.axis_major_length for r in regions]), "middles": [list(map(float, r.centroid)) for r in regions],
                      "itc": [int(i) for i in compute_isolated_tumor_cells(labels, 17.6826)] if labels.max() else []})
    return cases


# ---- slides drawn again

DRAWS, SEED = 500, 7


def draw(n):
    """SplitMix64 from a seed: sample after sample of n out of n."""
    state = np.uint64(SEED)
    for _ in range(DRAWS):
        with np.errstate(over="ignore"):
            steps = state + np.uint64(0x9E3779B97F4A7C15) * np.arange(n, dtype=np.uint64)
            state = state + np.uint64(0x9E3779B97F4A7C15) * np.uint64(n)
        yield [int(v >> np.uint64(33)) * n >> 31 for v in splitmix64(steps)]


def score_of(slides, which):
    fp = np.concatenate([np.array(slides[i]["fp"]) for i in which])
    tp = np.concatenate([np.array(slides[i]["tp"], dtype=np.float32) for i in which])
    targets = sum(slides[i]["targets"] for i in which)
    x, y = compute_froc_curve_data(fp, tp, targets, len(which))
    return compute_froc_score(x, y, RATES)


def bootstrap(slides):
    rng = np.random.RandomState(606)
    # A second system: a fifth of the hits lost, a third of the false positives gone.
    other = [{"fp": [p for p in s["fp"] if rng.uniform() > 0.33], "tp": [p * (rng.uniform() > 0.2) for p in s["tp"]],
              "targets": s["targets"]} for s in slides]
    a = np.array([score_of(slides, which) for which in draw(len(slides))])
    b = np.array([score_of(other, which) for which in draw(len(slides))])
    d = b - a
    finite = d[~np.isnan(d)]
    p = min(1, 2 * (min((finite <= 0).sum(), (finite >= 0).sum()) + 1) / (len(finite) + 1))
    index = np.arange(len(slides))
    # scipy's own draws; where every slide has a target, because it cannot leave out a sample without one.
    tumour = [i for i in index if slides[i]["targets"]]
    free = stats.bootstrap((tumour,), lambda which: score_of(slides, np.asarray(which, int)), vectorized=False,
                           method="percentile", n_resamples=10000, rng=np.random.default_rng(1)).confidence_interval
    return {
        "draws": DRAWS, "seed": SEED, "rates": list(RATES),
        "a": slides, "b": other, "score": float(score_of(slides, index)), "scoreB": float(score_of(other, index)),
        "interval": numbers(np.nanpercentile(a, [2.5, 97.5])), "difference": numbers(np.nanpercentile(d, [2.5, 97.5])), "p": float(p),
        "smallest": float((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * np.std(finite, ddof=1)),
        "scipy": {"slides": [int(i) for i in tumour], "interval": [float(free.low), float(free.high)]},
    }


# ---- real maps

def real():
    from PIL import Image

    names = ["patient_017_node_4", "patient_046_node_4", "patient_089_node_3"]
    slides = []
    for name in names:
        truth = np.asarray(Image.open(shared(f"maps/{name}_truth.jpg")))
        prob = np.asarray(Image.open(shared(f"maps/{name}_probability.jpg"))).astype(np.float64)
        slides.append((np.minimum(prob / 200, 1), (truth >= 128).astype(np.uint8)))
    result = run(slides, level=5, spacing=0.243)
    for name, slide in zip(names, result["slides"]):
        slide["slide"] = name
    return result


def main():
    with Topic("froc") as topic:
        topic.json("lesions.json", lesions())
        topic.json("counting.json", counting())
        topic.json("scoring.json", scoring())
        topic.json("published-nms.json", published_nms())
        cases = []
        for case in published_cases():
            cases.append({**case, "expected": run(drawn(case), case["level"], case["spacing"], case["grow"], case["itc"])})
        topic.json("published.json", cases)
        maps, masks = zip(*random_slides())
        topic.array("random-maps.npy", np.stack(maps))
        topic.array("random-masks.npy", np.stack(masks))
        result = run([(q / 255, mask) for q, mask in zip(maps, masks)], level=6, spacing=0.243)
        topic.json("random.json", result)
        topic.json("bootstrap.json", bootstrap([{k: s[k] for k in ("fp", "tp", "targets")} for s in result["slides"]]))
        topic.json("real.json", real(), needs_shared=True)


if __name__ == "__main__":
    main()
