# SPDX-License-Identifier: Apache-2.0
"""Logits of the golden network on 64 real patches, 8 patches from a formula and one larger window; fp32, and PyTorch's own bf16 autocast.

Preprocessing is the reference's Compose; batches of 16. bf16_probability is the float32 sigmoid of the bf16 logit;
bf16_rounded_probability is what the reference's Activationsd would store, which casts the sigmoid back to bf16.
"""
import os
import sys

import numpy as np
import torch
from monai.transforms import CastToTyped, Compose, ScaleIntensityRanged, ToTensord
from PIL import Image

from common import BATCH, PATCH, Topic, numbers, shared, splitmix64
from golden_weights import golden_network

DENSE = 320  # 4 x 4 outputs


def real_patches():
    """32 tumour and 32 other patches of 224 pixels, spread evenly over the sorted names."""
    root = shared("patches")
    chosen = []
    for label in ("0", "1"):
        names = sorted(f"{split}/{p.name}" for split in ("train", "val") for p in (root / split).glob(f"c17_*_{label}.png"))
        chosen += [names[round(i)] for i in np.linspace(0, len(names) - 1, 32)]
    files = [f"patches/{name}" for name in chosen]
    pixels = np.stack([np.asarray(Image.open(shared(f)).convert("RGB")) for f in files])
    return files, pixels


def formula_patches(count=8, size=PATCH):
    at = np.arange(size * size * 3, dtype=np.uint64)
    return np.stack([(splitmix64((np.uint64(k) << np.uint64(32)) | at) >> np.uint64(56)).astype(np.uint8)
                     .reshape(size, size, 3) for k in range(count)])


def logits(net, pixels, bf16):
    prepare = Compose([CastToTyped(keys="image", dtype="float32"),
                       ScaleIntensityRanged(keys="image", a_min=0.0, a_max=255.0, b_min=-1.0, b_max=1.0),
                       ToTensord(keys="image")])
    batch = [prepare({"image": np.moveaxis(p, -1, 0)})["image"].as_tensor() for p in pixels]
    out = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        for start in range(0, len(batch), BATCH):
            out.append(net(torch.stack(batch[start:start + BATCH])).reshape(-1))
    return torch.cat(out)


def both(net, pixels):
    fp32, bf16 = logits(net, pixels, False), logits(net, pixels, True)
    assert fp32.dtype == torch.float32 and bf16.dtype == torch.bfloat16
    p32, p16 = torch.sigmoid(fp32), torch.sigmoid(bf16.float())
    rms = torch.sqrt(torch.mean((p32.double() - p16.double()) ** 2)).item()
    print(f"logits {fp32.min():.3f} .. {fp32.max():.3f}; bf16 RMS of probabilities {rms:.6f}")
    return {"fp32": numbers(fp32), "fp32_probability": numbers(p32), "bf16": numbers(bf16.float()),
            "bf16_probability": numbers(p16), "bf16_rounded_probability": numbers(torch.sigmoid(bf16).float()),
            "bf16_rms": rms, "batch": BATCH}


def main():
    torch.set_num_threads(1)
    net = golden_network()
    with Topic("logits") as topic:
        topic.json("formula.json", {
            "inputs": "8 patches, 224 x 224 x 3 uint8 RGB: pixel(k,y,x,c) = splitmix64((k << 32) | ((y*224 + x)*3 + c)) >> 56",
            **both(net, formula_patches())})
        dense = formula_patches(1, DENSE)
        dense[0, :DENSE // 3, DENSE // 2:] //= 2
        topic.json("dense.json", {
            "inputs": f"one window of {DENSE} pixels by the same formula (k 0, y*{DENSE} + x), rows above a third and columns "
                      "from a half on halved (integer division)",
            "fp32": numbers(logits(net, dense, False))})
        if os.environ.get("MICROMET_TEST_DATA"):
            files, pixels = real_patches()
            topic.json("patches.json", {"files": files, **both(net, pixels)}, needs_shared=True)
        else:
            print("logits: MICROMET_TEST_DATA is not set, patches.json is left as it is", file=sys.stderr)


if __name__ == "__main__":
    main()
