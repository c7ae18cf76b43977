# SPDX-License-Identifier: Apache-2.0
"""What training does to a patch: torchvision's ColorJitter steps, MONAI's RandFlip, RandRotate90 and RandZoom with given
numbers, scikit-image's stain separation; and numpy's random streams as MONAI's Compose hands them out.

Patches: noise (24 x 24 holds every branch of the HSV conversion), smooth colours like stained tissue, and greys; the 224
pixel ones are drawn by a closed formula that the Java test repeats, and only the results' SHA-256 is kept.
"""
import hashlib
import itertools

import numpy as np
import torch
from monai.transforms import Compose, Flip, RandFlipd, RandRotate90d, RandZoomd, Rotate90, Zoom
from skimage.color import hed2rgb, rgb2hed
from skimage.util import img_as_ubyte
from torchvision.transforms import ColorJitter, functional as F

from common import Topic, numbers, splitmix64

STEPS = [F.adjust_brightness, F.adjust_contrast, F.adjust_saturation, F.adjust_hue]


def formula(size, seed):
    """size,size,3 uint8: byte i is the top byte of splitmix64(seed * 2^32 + i)."""
    i = np.arange(size * size * 3, dtype=np.uint64) + (np.uint64(seed) << np.uint64(32))
    return (splitmix64(i) >> np.uint64(56)).astype(np.uint8).reshape(size, size, 3)


def tissue(size, rng):
    """Pinks and purples with some white: waves between eosin, haematoxylin and background."""
    y, x = np.mgrid[0:size, 0:size] / size
    wave = (np.sin(9 * x + rng.uniform(0, 6)) * np.cos(7 * y + rng.uniform(0, 6)) + 1) / 2
    light = np.clip(np.sin(5 * (x + y) + rng.uniform(0, 6)), 0, 1)
    eosin, blue = np.array([225, 150, 190]), np.array([100, 70, 150])
    colour = wave[..., None] * eosin + (1 - wave[..., None]) * blue
    colour = colour + light[..., None] * (245 - colour) + rng.normal(0, 6, (size, size, 3))
    return np.clip(colour, 0, 255).astype(np.uint8)


def planes(rgb):
    return torch.from_numpy(np.ascontiguousarray(rgb.transpose(2, 0, 1)))


def rows(image):
    return np.ascontiguousarray(np.asarray(image).transpose(1, 2, 0))


def jitter(rgb, order, factors):
    image = planes(rgb)
    for step in order:
        image = STEPS[step](image, factors[step])
    return rows(image)


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def small_patches():
    rng = np.random.RandomState(404)
    yield "noise", rng.randint(0, 256, (24, 24, 3)).astype(np.uint8)
    yield "tissue", tissue(24, rng)
    dark = rng.randint(0, 4, (24, 24, 3)).astype(np.uint8)
    dark[12:] = 255 - dark[12:]
    yield "extremes", dark
    yield "grey", np.repeat(rng.randint(0, 256, (24, 24, 1)), 3, axis=2).astype(np.uint8)


def float32(value):
    """As ColorJitter.get_params: a float32 draw, widened."""
    return float(np.float32(value))


def jitter_cases(topic, patches):
    rng = np.random.RandomState(405)
    cases = []
    for number, order in enumerate(itertools.permutations(range(4))):
        factors = [float32(rng.uniform(*r)) for r in [(0.75, 1.25), (0.25, 1.75), (0.75, 1.25), (-0.04, 0.04)]]
        results = {name: sha256(jitter(rgb, order, factors)) for name, rgb in patches.items()}
        large = {str(seed): sha256(jitter(formula(224, seed), order, factors)) for seed in (number, 100 + number)}
        cases.append({"order": list(order), "factors": factors, "small": results, "formula224": large})
    whole = ColorJitter(0.25, 0.75, 0.25, 0.04)
    for seed in range(6):
        torch.manual_seed(seed)
        order, *factors = whole.get_params(whole.brightness, whole.contrast, whole.saturation, whole.hue)
        results = {}
        for name, rgb in patches.items():
            torch.manual_seed(seed)
            results[name] = sha256(rows(whole(planes(rgb))))
        cases.append({"order": order.tolist(), "factors": factors, "small": results, "formula224": {}})
    for hue in (-0.5, -0.3, -1e-9, 0.0, 0.1, 0.25, 0.5):  # wide turns: all sectors, and a remainder that rounds to 1
        results = {name: sha256(jitter(rgb, [3], [1, 1, 1, hue])) for name, rgb in patches.items()}
        cases.append({"order": [3], "factors": [1.0, 1.0, 1.0, hue], "small": results, "formula224": {}})
    topic.json("jitter.json", cases)


def jitter_worked(topic):
    pair = np.array([[[200, 100, 50], [10, 20, 30]]], dtype=np.uint8)
    cases = []
    for step, factor in ((0, 1.2), (1, 0.5), (2, 1.2), (3, 0.04)):
        after = STEPS[step](planes(pair), factor)
        factors = [1.0, 1.0, 1.0, 0.0]
        factors[step] = factor
        cases.append({"step": step, "factors": factors, "rgb": pair.reshape(-1).tolist(),
                      "after": rows(after).reshape(-1).tolist()})
    topic.json("jitter-worked.json", cases)


def hue_cube(topic):
    """The hue step on all 2^24 colours, by the SHA-256 of the 2^16 colours of each red."""
    green, blue = np.mgrid[0:256, 0:256]
    hashes = []
    for red in range(256):
        colours = np.stack([np.full_like(green, red), green, blue], axis=2).astype(np.uint8)
        hashes.append(sha256(jitter(colours, [3], [1, 1, 1, float32(0.0317)])))
    topic.json("hue-cube.json", {"hue": float32(0.0317), "sha256": hashes})


def turns(topic, patches):
    rgb = patches["noise"]
    topic.array("flip.npy", rows(Flip(None)(planes(rgb)).numpy()).astype(np.uint8))
    for k in (1, 2, 3):
        topic.array(f"rot90-{k}.npy", rows(Rotate90(k=k, spatial_axes=(-2, -1))(planes(rgb)).numpy()).astype(np.uint8))


def zooms(topic, patches):
    cases = []
    ramp = np.stack([np.arange(25).reshape(5, 5) * f for f in (10, 3, 7)], axis=2).astype(np.uint8)
    topic.array("ramp.npy", ramp)
    given = [("ramp", ramp, z) for z in (0.9, 0.6, 1.0, 1.1, 1.3, 1.5)]
    given += [("noise", patches["noise"], z) for z in (0.9, 0.9354, 0.97, 0.99, 1.01, 1.05, 1.0839, 1.1)]
    for number, (name, rgb, z) in enumerate(given):
        out = Zoom(zoom=z, mode="area", padding_mode="edge", keep_size=True)(planes(rgb).float())
        file = f"zoom/{number:02d}.npy"
        topic.array(file, rows(out.numpy()))
        cases.append({"patch": name, "zoom": z, "file": f"augment/{file}"})
    topic.json("zoom.json", cases)
    large = []
    for seed, z in enumerate((0.9, 0.9194860203, 0.9353984309, 0.95, 0.9957, 1.0, 1.0049, 1.0538546955, 1.08, 1.0999999)):
        out = Zoom(zoom=z, mode="area", padding_mode="edge", keep_size=True)(planes(formula(224, seed)).float())
        large.append({"seed": seed, "zoom": z, "sha256": sha256(rows(out.numpy()).astype("<f4"))})
    topic.json("zoom-224.json", large)


def stains(topic, patches):
    rng = np.random.RandomState(406)
    cases = []
    for name, sigma in (("noise", 0.05), ("tissue", 0.05), ("tissue", 0.2), ("extremes", 0.05), ("tissue", 0.0)):
        scale = rng.uniform(1 - sigma, 1 + sigma, 3)
        offset = rng.uniform(-sigma, sigma, 3)
        after = img_as_ubyte(hed2rgb(rgb2hed(patches[name]) * scale + offset))
        file = f"stain/{len(cases)}.npy"
        topic.array(file, after)
        cases.append({"patch": name, "scales": numbers(scale), "offsets": numbers(offset), "file": f"augment/{file}"})
    topic.json("stain.json", cases)


def streams(topic):
    """numpy's legacy generator, and what MONAI's Compose and its children draw from it, for Compose seeds 15 and 4294967295."""
    out = {"numpy": [], "compose": []}
    for seed in (0, 15, 1234567, 4294967295):
        first, second, third = (np.random.RandomState(seed) for _ in range(3))
        out["numpy"].append({
            "seed": seed,
            "random_sample": numbers(first.random_sample(700)[690:]),  # beyond one block of 624 words
            "uniform": numbers([second.uniform(0.9, 1.1) for _ in range(5)]),
            "randint3": [int(third.randint(3)) for _ in range(20)],
            "uint32": [int(third.randint(2**32, dtype=np.uint32)) for _ in range(5)],
        })
    for seed in (15, 4294967295):
        flip = RandFlipd(keys="image", prob=0.5)
        turn = RandRotate90d(keys="image", prob=0.5)
        zoom = RandZoomd(keys="image", prob=0.5, min_zoom=0.9, max_zoom=1.1)
        chain = Compose([flip, turn, zoom])
        chain.set_random_state(seed)
        first = np.random.RandomState(seed)
        children = [int(first.randint(2**32, dtype=np.uint32)) for _ in range(3)]
        calls = []
        for _ in range(20):
            chain({"image": torch.zeros(1, 5, 5)})
            calls.append({"flip": bool(flip._do_transform), "turn": bool(turn._do_transform), "k": int(turn._rand_k),
                          "zoom": bool(zoom._do_transform), "factor": float(zoom.rand_zoom._zoom[0])})
        out["compose"].append({"seed": seed, "children": children, "calls": calls})
    topic.json("streams.json", out)


def main():
    patches = dict(small_patches())
    with Topic("augment", also=["torchvision"]) as topic:
        for name, rgb in patches.items():
            topic.array(f"{name}.npy", rgb)
        jitter_worked(topic)
        jitter_cases(topic, patches)
        hue_cube(topic)
        turns(topic, patches)
        zooms(topic, patches)
        stains(topic, patches)
        streams(topic)


if __name__ == "__main__":
    main()
