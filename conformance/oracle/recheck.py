# SPDX-License-Identifier: Apache-2.0
"""Checks, on the pinned versions, every worked number about the reference that the Java side relies on. Prints PASS or FAIL.

Two it cannot: the 40 x 50 Otsu example (its image is not given), and float16 maps (they need a GPU). Run with
MICROMET_TEST_DATA for the five logits of the golden weights; exit code 1 if anything fails.
"""
import io
import logging
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import openslide
import skimage.color
import tifffile
import torch
from monai.apps.pathology.utils import PathologyProbNMS
from monai.data import DataLoader, MaskedPatchWSIDataset, SlidingPatchWSIDataset, WSIReader
from monai.networks.nets import TorchVisionFCModel
from monai.transforms import Activations, CastToTyped, Compose, ForegroundMask, ScaleIntensityRanged, ToTensord
from skimage.filters import threshold_otsu

import mask
import ratios
import sliding
from array_reader import ArrayReader, ArraySlide
from common import GOLDEN, SLIDES, shared
from golden_weights import golden_network, golden_state
from logits import logits
from make_slides import halve
from pipeline import dataset, evaluator

failed = []


def check(what, expected, found):
    mixed = isinstance(expected, tuple) and any(isinstance(v, (tuple, str, list)) for v in expected)
    ok = expected == found if mixed else np.array_equal(np.asarray(expected), np.asarray(found))
    print(f"{'PASS' if ok else 'FAIL'}  {what}" + ("" if ok else f": expected {expected}, found {found}"), flush=True)
    if not ok:
        failed.append(what)


def raises(what, kind, action):
    try:
        found = f"no error ({action()!r})"
    except kind:
        found = kind.__name__
    except Exception as other:
        found = f"{type(other).__name__}: {other}"
    check(f"{what} -> {kind.__name__}", kind.__name__, found)


def pyramid(path, width, height, levels):
    image = np.full((height, width, 3), 240, np.uint8)
    image[height // 4:height // 2, width // 4:width // 2] = (150, 60, 160)
    with tifffile.TiffWriter(path) as out:
        for level in range(levels):
            out.write(image, tile=(64, 64), photometric="rgb", compression="adobe_deflate", metadata=None,
                      subfiletype=1 if level else 0)
            image = halve(image)


def reader_facts(folder):
    path = folder / "generic.tif"
    pyramid(path, 981, 1767, 7)
    reader = WSIReader(backend="openslide", level=0)
    slide = reader.read(str(path))
    check("981 x 1767: level 6 is 27 x 15 (h, w)", (27, 15), reader.get_size(slide, 6))
    ratio = reader.get_downsample_ratio(slide, 6)
    check("981 x 1767: ratio of level 6 is 65.42222", "65.42222", f"{ratio:.5f}")
    check("ratio is the mean of w and h ratios in double", (981 / 15 + 1767 / 27) / 2, ratio)
    check("mask row 26 at that ratio -> 1622", 1622, np.round(26.5 * ratio - 112).astype(int))
    raises("level 7 of 7 levels", ValueError, lambda: reader.get_data(slide, level=7))
    raises("location below the slide", ValueError, lambda: reader.get_data(slide, (1768, 0), (8, 8), 0))
    check("location equal to the size is allowed, and black", 0, reader.get_data(slide, (1767, 981), (8, 8), 0)[0].max())
    patch = reader.get_data(slide, (-80, -80), (224, 224), 0)[0]
    check("patch at (-80, -80): uint8 3 x 224 x 224", ("uint8", 3, 224, 224), (str(patch.dtype), *patch.shape))
    check("its corner is black, its pixel (80, 80) is not", (0, 240), (int(patch[0, 79, 79]), int(patch[0, 80, 80])))
    outside = np.asarray(openslide.OpenSlide(path).read_region((-10, -10), 0, (5, 5)))
    check("OpenSlide outside the slide: RGBA 0, 0, 0, 0", 0, outside.max())
    scaled = ScaleIntensityRanged(keys="image", a_min=0.0, a_max=255.0, b_min=-1.0, b_max=1.0)(
        CastToTyped(keys="image", dtype="float32")({"image": patch}))["image"]
    check("black is -1.0 after scaling", -1.0, float(scaled[0, 0, 0]))
    data = dataset([path])
    check("the windows' samples: name, level, size, count, mask size",
          ("generic.tif", 0, (224, 224), len(data.data), (27, 15)),
          (data.image_data[0]["name"], data.image_data[0]["level"], tuple(data.image_data[0]["size"]),
           data.image_data[0]["num_patches"], tuple(data.image_data[0]["mask_size"])))


def tissue_facts():
    levels = dict(mask.levels())
    counts = {name: int(mask.foreground(level).sum()) for name, level in levels.items()}
    check("trap 1: grey with a dark square -> 0", 0, counts["grey-dark-square"])
    check("trap 1: blue square on white -> 25", 25, counts["blue-square"])
    check("constant 0, 128 and 255 -> empty", [0, 0, 0], [counts[f"constant-{v}"] for v in (0, 128, 255)])
    check("10 % black columns: thresholds 0, 0, 0",
          [0, 0, 0], [threshold_otsu(levels["pale-black-columns"][..., c]) for c in range(3)])
    check("10 % black columns: mask empty", 0, counts["pale-black-columns"])
    check("white fill: the mask of the tissue is unchanged", counts["pale"], counts["pale-white-columns"])
    check("a constant channel's threshold is its value", 180, threshold_otsu(np.full((5, 5), 180, np.uint8)))
    out = ForegroundMask(hsv_threshold={"S": "otsu"})(np.moveaxis(levels["pale"], -1, 0))
    check("ForegroundMask gives (1, H, W)", (1, 200, 200), tuple(out.shape))
    check("rgb mask is <=, S mask is >", mask.foreground(levels["noise"]), plain_mask(levels["noise"]))


def plain_saturation(rgb):
    v = rgb.astype(np.float64) * (1 / 255)
    high, low = v.max(axis=-1), v.min(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(high == low, 0.0, (high - low) / high)


def plain_otsu(values):
    """The loop that the Java side writes."""
    if values.min() == values.max():
        return values.flat[0]
    if values.dtype == np.uint8:
        centres = np.arange(int(values.min()), int(values.max()) + 1)
        counts = np.bincount(values.ravel() - values.min(), minlength=centres.size)
    else:
        low, high = values.min(), values.max()
        edges = low + np.arange(257) * ((high - low) / 256)
        edges[256] = high
        index = np.minimum(np.searchsorted(edges, values.ravel(), side="right") - 1, 255)
        counts, centres = np.bincount(index, minlength=256), (edges[:-1] + edges[1:]) / 2
    counts = counts.astype(np.float32)
    w1, w2 = np.cumsum(counts), np.cumsum(counts[::-1])[::-1]
    m1 = np.cumsum(counts * centres) / w1
    m2 = (np.cumsum((counts * centres)[::-1]) / w2[::-1])[::-1]
    return centres[np.argmax(w1[:-1] * w2[1:] * (m1[:-1] - m2[1:]) ** 2)]


def plain_mask(level):
    thresholds = [plain_otsu(level[..., c]) for c in range(3)]
    saturation = plain_saturation(level)
    s = plain_otsu(saturation)
    rgb = np.any([level[..., c] <= t for c, t in enumerate(thresholds) if t], axis=0)
    return (rgb & (saturation > s) if s else np.zeros_like(rgb)).astype(np.uint8)


def colour_facts():
    g, b = np.meshgrid(np.arange(256, dtype=np.uint8), np.arange(256, dtype=np.uint8), indexing="ij")
    exact = integer = 0
    for r in range(256):
        rgb = np.stack([np.full_like(g, r), g, b], axis=-1)
        truth = skimage.color.rgb2hsv(rgb)[..., 1]
        exact += int((plain_saturation(rgb) == truth).sum())
        high, low = rgb.max(-1).astype(float), rgb.min(-1).astype(float)
        integer += int((np.divide(high - low, high, out=np.zeros_like(high), where=high > 0) == truth).sum())
    check("trap 3: v * (1/255), delta / max equals skimage on all 2^24 colours", 2**24, exact)
    check("trap 3: delta / max on integers does not (62 %)", "62 %", f"{100 * integer / 2**24:.0f} %")
    for kind in ("uint8", "float"):
        crops = np.load(GOLDEN / f"otsu/crops-{kind}.npy")
        check(f"trap 2: the plain loop equals skimage on 100 {kind} crops",
              [threshold_otsu(c) for c in crops], [plain_otsu(c) for c in crops])


def corner_facts():
    check("ratio 64, rows 0, 1, 2, 10, 100", [-80, -16, 48, 560, 6320], [ratios.corners(64.0, 224)[r] for r in (0, 1, 2, 10, 100)])
    check("trap 4: ratio 3, rows 0, 1, 2 round half to even", [-110, -108, -104], ratios.corners(3.0, 224)[:3])
    check("225 // 2 is 112: ratio 64 gives the same corners", ratios.corners(64.0, 224), ratios.corners(64.0, 225))


def network_facts(folder):
    net = golden_network()
    state = net.state_dict()
    check("11,177,025 parameters", 11177025, sum(p.numel() for p in net.parameters()))
    check("122 state-dict entries", 122, len(state))
    check("BatchNorm eps and momentum", (1e-5, 0.1), (net.features[1].eps, net.features[1].momentum))
    check("children 0..7 of resnet18, AvgPool2d 7 stride 1 no padding, Conv2d 1x1",
          (8, 7, 1, 0, (1, 1)), (len(net.features), net.pool.kernel_size, net.pool.stride, net.pool.padding, net.fc.kernel_size))
    for key, shape in {"features.0.weight": (64, 3, 7, 7), "features.1.running_var": (64,), "fc.weight": (1, 512, 1, 1),
                       "features.5.0.downsample.0.weight": (128, 64, 1, 1), "features.7.1.conv2.weight": (512, 512, 3, 3),
                       "features.1.num_batches_tracked": (), "fc.bias": (1,)}.items():
        check(f"{key} {list(shape)}", shape, tuple(state[key].shape))
    with torch.no_grad():
        for size, k in ((224, 1), (256, 2), (2240, 64)):
            check(f"{size} px -> [1, 1, {k}, {k}]", (1, 1, k, k), tuple(net(torch.zeros(1, 3, size, size)).shape))
    v = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    prepared = Compose([CastToTyped(keys="image", dtype="float32"), ToTensord(keys="image"),
                        ScaleIntensityRanged(keys="image", a_min=0.0, a_max=255.0, b_min=-1.0, b_max=1.0)])({"image": v})
    f = np.float32
    check("scaling is v/255 * 2 + (-1) in float32 steps", v.astype(f) / f(255) * f(2) + f(-1), np.asarray(prepared["image"]))
    check("sigmoid of float16 0.3 is stored as 0.57421875", 0.57421875,
          float(Activations(sigmoid=True)(torch.tensor([0.3], dtype=torch.float16))[0]))
    if os.environ.get("MICROMET_TEST_DATA"):
        file = torch.load(shared("models/golden-weights.pt"), weights_only=True)
        check("golden-weights.pt is the formula", True, list(file) == list(state) and all(torch.equal(file[k], golden_state()[k]) for k in file))
        slide = openslide.OpenSlide(shared("slides/derived/c17-region-7-levels.tif"))
        at = [(0, 0), (300, 1200), (1000, 1500), (2000, 400), (2644, 2644)]
        patches = [np.asarray(slide.read_region((x, y), 0, (224, 224)).convert("RGB")) for y, x in at]
        found = logits(net, patches, bf16=False).numpy()
        known = np.array([-2.7224035, -2.4768305, 1.2294569, -1.4412069, 2.6524024])
        print(f"      five logits: {found}, largest distance {np.abs(found - known).max():.2g}")
        check("the five logits of the golden weights within 1e-4", True, bool(np.abs(found - known).max() < 1e-4))


def log_of(slides, folder):
    """Runs the evaluator with golden weights; the lines ProbMapProducer logged."""
    torch.save(golden_state(), folder / "model.pt")
    network = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    engine = evaluator(dataset(slides), network, folder / "model.pt", folder / "eval", 16)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    engine.logger.addHandler(handler)
    engine.logger.setLevel(logging.INFO)
    engine.run()
    engine.logger.removeHandler(handler)
    return stream.getvalue()


def map_facts(folder):
    path = folder / "a.b.tif"
    pyramid(path, 640, 512, 7)
    log = log_of([path, SLIDES / "blobs-black-columns.tif"], folder)
    check("a.b.tif -> a.b.npy, and no file for the slide without tissue", ["a.b.npy"], sorted(p.name for p in (folder / "eval").iterdir()))
    check("log: Probability map is created for 1/2 images!", True, "Probability map is created for 1/2 images!" in log)
    check("log: Inference of 'a.b.tif' is done [1/2]!", True, "Inference of 'a.b.tif' is done [1/2]!" in log)
    check("log: Restored all variables from", True, "Restored all variables from" in log)
    raw = (folder / "eval" / "a.b.npy").read_bytes()
    check(".npy format 1.0, <f8, C order, (8, 10)", True, raw[:8] == b"\x93NUMPY\x01\x00" and
          b"{'descr': '<f8', 'fortran_order': False, 'shape': (8, 10), }" in raw[:128])
    prob = np.load(folder / "eval" / "a.b.npy")
    kept = dataset([path])
    check("cells without a window are 0.0", len(kept.data), int((prob != 0).sum()))
    check("CPU maps hold float32 values, amp or not", prob, prob.astype(np.float32).astype(np.float64))
    blank = log_of([SLIDES / "blobs-black-columns.tif"], folder / "blank")
    print(f"      log of a run with no tissue at all: {[l for l in blank.splitlines() if 'robability' in l] or 'no line about maps'}")
    check("no tissue in the whole run: no file", False, (folder / "blank" / "eval").exists())


def axis_facts():
    level = np.full((6, 8, 3), 255, np.uint8)
    level[1:3, 5:7] = (150, 60, 160)
    data = MaskedPatchWSIDataset([{"image": "s.tif"}], patch_size=6, mask_level=1,
                                 reader=ArrayReader(slides={"s.tif": ArraySlide((48, 64), mask=level, ratio=8.0)}))
    cells = [(*s["mask_location"].tolist(), *s["location"].tolist()) for s in data.data]
    check("trap 5: tissue at x 40-55, y 8-23 is map[1:3, 5:7], shape (6, 8)",
          [[1, 5], [1, 6], [2, 5], [2, 6]], [c[:2] for c in cells])
    check("trap 5: map[1, 5] is the patch at y 9, x 41", (1, 5, 9, 41), cells[0])
    check("trap 5: mask size", (6, 8), data.image_data[0]["mask_size"])


def sliding_facts():
    found = sliding.run(48, 64, 20, 0.5, (0, 0), 8.0)
    check("48 x 64, size 20, overlap 0.5: 15 patches", 15, len(found["positions"]))
    check("(0, 0), (0, 10), (0, 20), (0, 30) -> (1, 1), (1, 2), (1, 4), (1, 5)",
          [[1, 1], [1, 2], [1, 4], [1, 5]], found["maskPositions"][:4])
    slide = {"s.tif": ArraySlide((48, 64), mask=np.zeros((6, 8, 3), np.uint8), ratio=8.0)}

    def data(overlap):
        return SlidingPatchWSIDataset([{"image": "s.tif"}], patch_size=20, patch_level=0, mask_level=1, overlap=overlap,
                                      reader=ArrayReader(slides=slide))

    check("default metadata has no name", False, "name" in [str(k) for k in data(0.5).additional_meta_keys])
    raises("a sliding window's mask location cannot index a map", IndexError,
           lambda: np.zeros((6, 8))[tuple(data(0.5).data[0]["mask_location"])])
    raises("overlap in whole pixels, through the dataset", TypeError, lambda: data(5))


def nms_facts():
    prob = np.zeros((100, 120))
    prob[50, 50], prob[50, 73], prob[50, 74], prob[26, 50], prob[25, 50] = 0.9, 0.8, 0.7, 0.6, 0.65
    kept = [d[1:] for d in PathologyProbNMS(box_size=48)(prob.copy(), 0)]
    check("trap 16: 24 up and left, 23 down and right", [[50, 50], [50, 74], [25, 50]], kept)
    point = np.zeros((30, 30))
    point[10, 20] = 0.9
    check("(10, 20) at level 6 -> (672, 1312)", [672, 1312], PathologyProbNMS()(point, 6)[0][1:])
    half = np.zeros((4, 4))
    half[1, 1] = 0.5
    check("exactly 0.5 is no detection", 0, len(PathologyProbNMS()(half)))
    noise = np.random.RandomState(1).uniform(size=(20, 20))
    smoothed = PathologyProbNMS(sigma=2.0, box_size=1, prob_threshold=0.9)(noise.copy())
    plain = PathologyProbNMS(box_size=1, prob_threshold=0.9)(noise.astype(np.float32))
    check("sigma smooths nothing on a (H, W) map, it only rounds to float32", [d[0] for d in plain], [d[0] for d in smoothed])


def collate_facts():
    batch = next(iter(DataLoader(dataset([SLIDES / "blobs-jpeg.tif"]), batch_size=3)))["image"]
    check("collated names", ["blobs-jpeg.tif"] * 3, batch.meta["name"])
    check("collated mask locations", (3, 2), tuple(batch.meta["mask_location"].shape))


def main():
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "blank").mkdir()
        reader_facts(folder)
        tissue_facts()
        colour_facts()
        corner_facts()
        axis_facts()
        sliding_facts()
        nms_facts()
        collate_facts()
        network_facts(folder)
        map_facts(folder)
    print(f"{len(failed)} failed" + (f": {failed}" if failed else ""))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
