# SPDX-License-Identifier: Apache-2.0
"""The recipe of `micromet demo` in PyTorch and MONAI: train on a demo's windows, score its test slides, FROC.

  demo_recipe.py DEMO [--epochs 3] [--batch 8] [--lr 0.01] [--recalibrate 12] [--seed 1] [--cell-level 7] [--jitter] [--out DIR]

DEMO is the folder of a `micromet demo`: training/, validation/ and test/ as `micromet synth` writes them, and dataset.json,
MONAI's data list of the windows that the demo learns from. As in the bundle: flip, quarter turns and zoom, BCE with logits,
Novograd, cosine annealing per epoch, the best epoch by validation accuracy. As in the demo: windows of 224 px by themselves,
no colour jitter, shuffled each epoch, BatchNorm's running statistics set anew before a validation. The test slides are
scored by MaskedPatchWSIDataset, one window a tissue cell; peaks are taken by MONAI's ProbNMS in a box of the reference's size
in micrometres, and counted by MONAI's FROC on masks of level 6. Beside it stands what colour alone can do: the best threshold
on one mean of a window's colour, and a linear combination of all. --out keeps the maps, the model and the network's
detections as the CAMELYON16 challenge has them. One JSON line a stage to stdout.
"""
import argparse
import csv
import json
import os
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
import openslide  # noqa: E402
import torch  # noqa: E402
from monai.apps.pathology.metrics import LesionFROC  # noqa: E402,F401  (its parts are used below)
from monai.apps.pathology.utils import (  # noqa: E402
    PathologyProbNMS, compute_isolated_tumor_cells, compute_multi_instance_mask)
from monai.data import MaskedPatchWSIDataset  # noqa: E402
from monai.metrics import compute_fp_tp_probs, compute_froc_curve_data, compute_froc_score  # noqa: E402
from monai.networks.nets import TorchVisionFCModel  # noqa: E402
from monai.optimizers import Novograd  # noqa: E402
from monai.transforms import Compose, RandFlip, RandRotate90, RandZoom  # noqa: E402

PATCH = 224
TRUTH_LEVEL = 6
REFERENCE_BOX_UM = 48 * 64 * 0.25  # of non-maximum suppression
RATES = (0.25, 0.5, 1, 2, 4, 8)


def tell(stage, **facts):
    print(json.dumps({"stage": stage, **facts}), flush=True)


def windows(demo, part):
    """uint8 [n,3,224,224] and float32 [n] of a list of dataset.json; a location is [y, x] of the centre."""
    pixels, labels, slides = [], [], {}
    for item in json.loads((demo / "dataset.json").read_text())[part]:
        slide = slides.setdefault(item["image"], openslide.OpenSlide(str(demo / item["image"])))
        y, x = item["location"]
        rgb = np.asarray(slide.read_region((x - PATCH // 2, y - PATCH // 2), 0, (PATCH, PATCH)))[..., :3]
        pixels.append(rgb.transpose(2, 0, 1))
        labels.append(float(item["label"][0]))
    return np.stack(pixels), np.asarray(labels, np.float32)


class Augmentation:
    """The bundle's transforms in the bundle's order, its colour jitter only if asked for."""

    def __init__(self, seed, jitter):
        from torchvision.transforms import ColorJitter

        self.jitter = ColorJitter(brightness=0.25, contrast=0.75, saturation=0.25, hue=0.04) if jitter else None
        self.space = Compose([RandFlip(prob=0.5), RandRotate90(prob=0.5)])
        self.zoom = RandZoom(prob=0.5, min_zoom=0.9, max_zoom=1.1)
        self.space.set_random_state(seed)
        self.zoom.set_random_state(seed + 1)

    def __call__(self, patch):
        if self.jitter:
            patch = self.jitter(torch.as_tensor(np.ascontiguousarray(patch))).numpy()
        return torch.as_tensor(np.asarray(self.zoom(np.asarray(self.space(patch)).astype("float32"))))


def scaled(x):
    return x / 255 * 2 - 1


@torch.no_grad()
def predict(network, patches, batch=16):
    network.eval()
    logits = [network(scaled(torch.as_tensor(patches[i:i + batch], dtype=torch.float32))).flatten()
              for i in range(0, len(patches), batch)]
    return torch.cat(logits).numpy()


@torch.no_grad()
def recalibrate(network, pixels, batch, batches):
    """The running statistics of BatchNorm become the mean of those of some batches of unaltered patches."""
    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    before = [m.momentum for m in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    for at in range(0, min(len(pixels), batches * batch), batch):
        x = torch.as_tensor(pixels[at:at + batch], dtype=torch.float32)
        network(scaled(x))
    for norm, momentum in zip(norms, before):
        norm.momentum = momentum


def train(options, pixels, labels, valid, valid_labels):
    network = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    optimizer = Novograd(network.parameters(), lr=options.lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=options.epochs)
    alter, loss_of = Augmentation(options.seed, options.jitter), torch.nn.BCEWithLogitsLoss()
    best, best_state, began = -1.0, None, time.process_time()
    for epoch in range(options.epochs):
        network.train()
        generator = torch.Generator()
        generator.manual_seed(epoch + 1)  # as MONAI's DistributedSampler
        order = torch.randperm(len(pixels), generator=generator).numpy()
        losses, right = [], 0
        for at in range(0, len(order), options.batch):
            chosen = order[at:at + options.batch]
            x = torch.stack([alter(patch) for patch in pixels[chosen]])
            y = torch.as_tensor(labels[chosen]).reshape(-1, 1, 1, 1)
            optimizer.zero_grad()
            logits = network(scaled(x))
            loss = loss_of(logits, y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            right += int(((logits >= 0) == (y > 0.5)).sum())
        rate = optimizer.param_groups[0]["lr"]
        schedule.step()
        if options.recalibrate:
            recalibrate(network, pixels[order], options.batch, options.recalibrate)
        found = predict(network, valid)
        truth = valid_labels > 0.5
        accuracy = float(((found >= 0) == truth).mean())
        tell("epoch", epoch=epoch + 1, lr=round(rate, 6), trainLoss=round(float(np.mean(losses)), 4),
             trainAccuracy=round(right / labels.size, 4), validAccuracy=round(accuracy, 4),
             validAuc=round(auc(found, truth), 4), patches=(epoch + 1) * labels.size,
             cpuSeconds=round(time.process_time() - began, 1))
        if accuracy > best:
            best, best_state = accuracy, {k: v.clone() for k, v in network.state_dict().items()}
    network.load_state_dict(best_state)
    return network


def auc(score, truth):
    from scipy.stats import rankdata

    ranks, positive = rankdata(score), int(truth.sum())
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / (positive * (len(truth) - positive)))


def colours(patches):
    """float64 [n,8]: means of R, G, B, hue's cosine, S, V and of haematoxylin's and eosin's optical density."""
    from skimage.color import rgb2hed, rgb2hsv

    rows = []
    for patch in patches:
        rgb = patch.transpose(1, 2, 0)[::4, ::4]
        hsv, hed = rgb2hsv(rgb), rgb2hed(rgb)
        rows.append([*(rgb.reshape(-1, 3).mean(0) / 255), *hsv.reshape(-1, 3).mean(0), *hed[..., :2].reshape(-1, 2).mean(0) * 10])
    return np.asarray(rows)


NAMES = ["R", "G", "B", "H", "S", "V", "haematoxylin", "eosin"]


class Colour:
    """Logistic regression on one mean (a threshold, as probabilities) or on all of them."""

    def __init__(self, x, y, columns):
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        self.columns = columns
        self.model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced")).fit(x[:, columns], y)
        self.accuracy = float(self.model.score(x[:, columns], y))

    def __call__(self, x):
        return self.model.predict_proba(x[:, self.columns])[:, 1]


def score_slides(options, network, baselines):
    """Maps of every test slide by the network and by each baseline; a network of None is left out."""
    test, maps, seconds = options.cohort / "test", {}, time.process_time()
    for image in sorted((test / "images").glob("*.tif")):
        data = MaskedPatchWSIDataset([{"image": str(image)}], mask_level=options.cell_level, patch_size=[PATCH, PATCH],
                                     reader="openslide")
        cells = np.asarray([s["mask_location"] for s in data.data])
        shape = data.image_data[0]["mask_size"]
        patches = np.stack([np.asarray(data[i]["image"]).astype(np.uint8) for i in range(len(data))])
        probabilities = {}
        if network is not None:
            probabilities["network"] = 1 / (1 + np.exp(-predict(network, patches).astype(np.float64)))
        means = colours(patches)
        for name, model in baselines.items():
            probabilities[name] = model(means)
        for name, values in probabilities.items():
            maps.setdefault(name, {})[image.stem] = np.zeros(shape)
            maps[name][image.stem][cells[:, 0], cells[:, 1]] = values
    tell("scored", slides=len(next(iter(maps.values()))), cpuSeconds=round(time.process_time() - seconds, 1))
    return maps


def truth_of(options, name, mpp):
    """int32 labels at level 6 and the labels that are isolated tumour cells; a normal slide has none."""
    mask = options.cohort / "test" / "masks" / f"{name}_mask.tif"
    image = openslide.OpenSlide(str(options.cohort / "test" / "images" / f"{name}.tif"))
    width, height = image.level_dimensions[TRUTH_LEVEL]
    if not mask.exists():
        return np.zeros((height, width), np.int32), []
    import tifffile

    spacing = mpp * 2 ** TRUTH_LEVEL
    labels = compute_multi_instance_mask(tifffile.imread(mask, level=TRUTH_LEVEL), 75 / (2 * spacing))
    return labels, compute_isolated_tumor_cells(labels, 275 / spacing)


def froc(options, maps, mpp):
    """Score, interval by slides drawn again, and a line a slide."""
    box = round(REFERENCE_BOX_UM / (mpp * 2 ** options.cell_level))
    parts, found = [], {}
    for name in sorted(maps):
        peaks = PathologyProbNMS(sigma=0.0, prob_threshold=0.5, box_size=box)(maps[name].copy(), options.cell_level)
        p, x, y = (np.asarray(v) for v in zip(*peaks)) if peaks else (np.array([]),) * 3
        found[name] = list(zip(p, x, y))
        labels, itc = truth_of(options, name, mpp)
        # MONAI's own names are crossed once and crossed back: the second of a peak is its row.
        fp, tp, targets = compute_fp_tp_probs(p, x, y, labels, itc, TRUTH_LEVEL)
        parts.append((name, np.asarray(fp), np.asarray(tp), targets, len(itc)))

    def score(chosen):
        targets = sum(part[3] for part in chosen)
        if targets == 0:
            return float("nan")
        fps, sens = compute_froc_curve_data(np.concatenate([c[1] for c in chosen]), np.concatenate([c[2] for c in chosen]),
                                            targets, len(chosen))
        return float(compute_froc_score(fps, sens, RATES))

    random = np.random.RandomState(options.seed)
    drawn = [score([parts[i] for i in random.randint(0, len(parts), len(parts))]) for _ in range(500)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return score(parts), (round(float(low), 4), round(float(high), 4)), [
        {"slide": n, "targets": int(t), "itc": i, "found": int((tp > 0).sum()), "falsePositives": [round(float(v), 3) for v in fp]}
        for n, fp, tp, t, i in parts], found


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cohort", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cell-level", type=int, default=7)
    parser.add_argument("--jitter", action="store_true", help="the bundle's colour jitter too")
    parser.add_argument("--recalibrate", type=int, default=12,
                        help="batches that BatchNorm's statistics are taken from before a validation")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--no-test", action="store_true", help="the learning curve alone")
    parser.add_argument("--no-network", action="store_true", help="the colour baselines alone")
    parser.add_argument("--out", type=Path, help="folder for the maps and the model")
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pixels, labels = windows(options.cohort, "training")
    valid, valid_labels = windows(options.cohort, "validation")
    x, y = colours(pixels), labels > 0.5
    single = max((Colour(x, y, [i]) for i in range(len(NAMES))), key=lambda model: model.accuracy)
    baselines = {"one colour": single, "all colours": Colour(x, y, list(range(len(NAMES))))}
    vx, vy = colours(valid), valid_labels > 0.5
    tell("colour", one=NAMES[single.columns[0]], tumour=round(float(y.mean()), 3),
         **{n: {"trainAccuracy": round(m.accuracy, 4), "validAuc": round(auc(m(vx), vy), 4)} for n, m in baselines.items()})
    network = None if options.no_network else train(options, pixels, labels, valid, valid_labels)
    if options.no_test:
        return
    mpp = float(next(csv.DictReader(open(options.cohort / "test" / "manifest.csv")))["mpp"])
    for name, maps in score_slides(options, network, baselines).items():
        value, interval, slides, found = froc(options, maps, mpp)
        tell("froc", by=name, score=round(value, 4), interval=interval, slides=slides)
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            for slide, values in maps.items():
                np.save(options.out / f"{name.replace(' ', '-')}-{slide}.npy", values)
            if name == "network":
                (options.out / "detections").mkdir(exist_ok=True)
                for slide, peaks in found.items():
                    # The second number of a peak is its row: MONAI's names are crossed.
                    text = "".join(f"{float(p)!r},{int(y)},{int(x)}\n" for p, x, y in peaks)
                    (options.out / "detections" / f"{slide}.csv").write_text(text)
    if options.out and network is not None:
        torch.save(network.state_dict(), options.out / "model.pt")


if __name__ == "__main__":
    sys.exit(main())
