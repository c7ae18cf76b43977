# SPDX-License-Identifier: Apache-2.0
"""The recipe of `micromet train --patches` in PyTorch and MONAI, on labelled images of one patch each.

  patches_recipe.py DETAILS.csv [--epochs 10] [--batch 16] [--lr 0.003] [--seed 15] [--jitter] [--threads N] [--out DIR]

DETAILS.csv has the columns file, label, split (train or val) and size; images of 224 pixels are taken. Transforms, loss,
optimiser, schedule and choice of the best epoch are those of demo_recipe.py. One JSON line an epoch to stdout, then one with
the best epoch's correct answers and AUC, and that of the best linear combination of mean colours.
"""
import argparse
import csv
import os
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from demo_recipe import NAMES, PATCH, Colour, auc, colours, predict, tell, train


def images(table, split):
    """uint8 [n,1,3,224,224] and float32 [n,1]."""
    pixels, labels = [], []
    for row in csv.DictReader(open(table, newline="")):
        if row["split"] == split and row["size"] == str(PATCH):
            rgb = np.asarray(Image.open(table.parent / row["file"]).convert("RGB"))
            pixels.append(rgb.transpose(2, 0, 1)[None])
            labels.append([float(row["label"])])
    return np.stack(pixels), np.asarray(labels, np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("details", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=0.003)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--jitter", action="store_true", help="the bundle's colour jitter too")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, help="folder for the model")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pixels, labels = images(options.details, "train")
    valid, valid_labels = images(options.details, "val")
    network = train(options, pixels, labels, valid, valid_labels)
    truth = valid_labels.ravel() > 0.5
    logits = predict(network, valid[:, 0])
    colour = Colour(colours(pixels[:, 0]), labels.ravel() > 0.5, list(range(len(NAMES))))
    colour_scores = colour(colours(valid[:, 0]))
    tell("patches", training=len(pixels), validation=len(valid), tumour=int(truth.sum()),
         correct=int(((logits >= 0) == truth).sum()), auc=round(auc(logits, truth), 4),
         colourCorrect=int(((colour_scores >= 0.5) == truth).sum()), colourAuc=round(auc(colour_scores, truth), 4))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), options.out / "model.pt")


if __name__ == "__main__":
    main()
