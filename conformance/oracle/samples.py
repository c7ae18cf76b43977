# SPDX-License-Identifier: Apache-2.0
"""What the training loader hands to the network before anything is random, and in which order.

CSVDataset, PatchWSIDataset and GridSplitd as configs/train.json has them for validation, without the scaling: batches of
list_data_collate over a small CSV on two slides, as uint8 (a hash of each patch, H,W,3), with labels and corners. The
orders of DistributedSampler, and torch's own permutations. Resampling in torch for patch images of another spacing.
"""
import hashlib
import tempfile
from pathlib import Path

import numpy as np
import torch
from monai.data import CSVDataset, DataLoader, DistributedSampler, PatchWSIDataset
from monai.transforms import Compose, GridSplitd, Lambdad

from common import SLIDES, Topic, shared

ROWS = {
    "blobs-jpeg": [(700, 600), (905, 701), (100, 90), (1790, 1390)],
    "c17-region-7-levels": [(1434, 1434), (2000, 500), (2860, 2000)],
}
BATCH = 2
GROUPS = {"image": 0, "location": [2, 1], "label": [3, 6, 9, 4, 7, 10, 5, 8, 11]}


def rows():
    """Slide, centre, labels of all patterns; slides alternate so that order shows."""
    rng = np.random.RandomState(606)
    every = [(name, x, y) for name, places in ROWS.items() for x, y in places]
    return [(name, x, y, *rng.randint(0, 2, 9).tolist()) for name, x, y in (every[i] for i in [0, 4, 1, 5, 2, 6, 3])]


def loader(csv, folder):
    data = CSVDataset(src=str(csv), col_groups=GROUPS, kwargs_read_csv={"header": None},
                      transform=Lambdad("image", lambda x: str(folder / (x + ".tif"))))
    split = Compose([Lambdad(keys="label", func=lambda x: x.reshape((1, 3, 3))),
                     GridSplitd(keys=("image", "label"), grid=(3, 3), size={"image": 224, "label": 1})])
    patches = PatchWSIDataset(data=data, patch_size=768, patch_level=0, transform=split, reader="openslide")
    return data, DataLoader(patches, batch_size=BATCH, num_workers=0)


def batches(topic):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "blobs-jpeg.tif").symlink_to(SLIDES / "blobs-jpeg.tif")
        (folder / "c17-region-7-levels.tif").symlink_to(shared("slides/derived/c17-region-7-levels.tif"))
        csv = topic.path("training.csv", True)
        csv.write_text("".join(",".join(map(str, row)) + "\n" for row in rows()), encoding="utf-8")
        data, loaded = loader(csv, folder)
        places = [[Path(item["image"]).stem, *map(int, item["location"])] for item in data]
        topic.json("places.json", places, True)  # name, y, x: row first
        patches = []
        for number, batch in enumerate(loaded):
            image, label = batch["image"].numpy(), batch["label"].numpy()
            assert image.dtype == np.uint8 and image.shape[1:] == (3, 224, 224) and label.shape[1:] == (1, 1, 1)
            for i in range(len(image)):
                pixels = np.ascontiguousarray(np.moveaxis(image[i], 0, -1))
                patches.append({"batch": number, "label": int(label[i].item()),
                                "sha256": hashlib.sha256(pixels.tobytes()).hexdigest()})
        topic.json("patches.json", patches, True)


class Counted(torch.utils.data.Dataset):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        return i


def orders(topic):
    cases = []
    for n, world, even, shuffle, seed, epoch in [
            (10, 1, True, False, 0, 1), (10, 1, True, True, 0, 1), (10, 1, True, True, 0, 2), (10, 3, True, True, 0, 1),
            (10, 3, False, False, 0, 1), (11, 4, True, False, 0, 1), (11, 4, False, False, 0, 1), (11, 4, False, True, 7, 3),
            (2, 5, True, True, 0, 4), (3, 7, True, False, 0, 1), (4, 4, False, False, 0, 1), (700, 2, True, True, 123, 9),
            (1, 1, True, True, 0, 1)]:
        for rank in range(world):
            sampler = DistributedSampler(Counted(n), even_divisible=even, num_replicas=world, rank=rank, shuffle=shuffle,
                                         seed=seed)
            sampler.set_epoch(epoch)
            found = list(sampler)
            assert len(sampler) == len(found)
            cases.append({"samples": n, "processes": world, "rank": rank, "even": even, "shuffle": shuffle, "seed": seed,
                          "epoch": epoch, "order": found})
    try:
        DistributedSampler(Counted(3), even_divisible=False, num_replicas=4, rank=0, shuffle=False)
        raise SystemExit("three samples for four processes were not refused")
    except ValueError:
        pass
    topic.json("orders.json", cases)
    permutations = []
    for seed in (0, 1, 15, 2**31, 2**32 + 5):
        generator = torch.Generator()
        generator.manual_seed(seed)
        permutations.append(torch.randperm(1000, generator=generator).numpy())
    topic.array("permutations.npy", np.stack(permutations).astype(np.int32))


def resampled(topic):
    """Cubic (a = -0.5 with antialias) where it grows; the mean of whole blocks where it shrinks."""
    rng = np.random.RandomState(707)
    picture = rng.randint(0, 256, (24, 30, 3)).astype(np.uint8)
    topic.array("picture.npy", picture)
    planes = torch.from_numpy(picture.astype(np.float64)).permute(2, 0, 1)[None]

    def save(name, out):
        rounded = torch.floor(out.clamp(0, 255) + 0.5).to(torch.uint8)
        topic.array(f"picture-{name}.npy", rounded[0].permute(1, 2, 0).numpy())

    for name, size in {"96x120": (96, 120), "31x37": (31, 37)}.items():
        save(name, torch.nn.functional.interpolate(planes, size=size, mode="bicubic", antialias=True, align_corners=False))
    save("8x10", torch.nn.functional.avg_pool2d(planes, 3))


def main():
    with Topic("samples") as topic:
        batches(topic)
        orders(topic)
        resampled(topic)


if __name__ == "__main__":
    main()
