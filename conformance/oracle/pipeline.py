# SPDX-License-Identifier: Apache-2.0
"""The bundle's configs/inference.json, assembled in Python from the same MONAI classes with the same arguments.

Differences, all of them: the reader is openslide (cuCIM needs CUDA libraries), the slides are given as paths and not by
testing.csv, `pretrained` is False (a checkpoint is loaded over it anyway), workers and batch size are parameters.
"""
import numpy as np
from monai.data import DataLoader, MaskedPatchWSIDataset
from monai.engines import SupervisedEvaluator
from monai.handlers import CheckpointLoader, ProbMapProducer, StatsHandler
from monai.inferers import SimpleInferer
from monai.transforms import (
    Activationsd, CastToTyped, Compose, EnsureTyped, ScaleIntensityRanged, ToNumpyd, ToTensord)

from common import MASK_LEVEL, PATCH


def dataset(slides):
    preprocessing = Compose([
        CastToTyped(keys="image", dtype="float32"),
        ScaleIntensityRanged(keys="image", a_min=0.0, a_max=255.0, b_min=-1.0, b_max=1.0),
        ToTensord(keys="image"),
    ])
    return MaskedPatchWSIDataset([{"image": str(slide)} for slide in slides], mask_level=MASK_LEVEL,
                                 patch_size=[PATCH, PATCH], transform=preprocessing, reader="openslide")


def evaluator(data, network, weights, output_dir, batch, workers=0, device="cpu", run_network=None):
    """`run_network` is what the evaluator calls, when that is a wrapper around the network that takes the weights."""
    import torch

    postprocessing = Compose([
        EnsureTyped(keys="pred"), Activationsd(keys="pred", sigmoid=True), ToNumpyd(keys="pred")])
    handlers = [
        CheckpointLoader(load_path=str(weights), load_dict={"model": network}),
        StatsHandler(tag_name="progress", iteration_print_logger=lambda engine: None, output_transform=lambda x: None),
        ProbMapProducer(output_dir=str(output_dir)),
    ]
    return SupervisedEvaluator(
        device=torch.device(device), val_data_loader=DataLoader(data, batch_size=batch, shuffle=False, num_workers=workers),
        network=run_network or network, inferer=SimpleInferer(), postprocessing=postprocessing, val_handlers=handlers,
        amp=True, decollate=False)


def cells(data):
    """int64 [N, 4]: mask row, mask column, level-0 y, level-0 x of every window, in order."""
    rows = [[*s["mask_location"], *s["location"]] for s in data.data]
    return np.asarray(rows, dtype=np.int64).reshape(-1, 4)


def mask_of(data):
    """The mask that MaskedPatchWSIDataset used, from the cells it kept."""
    mask = np.zeros(data.image_data[0]["mask_size"], np.uint8)
    found = cells(data)
    mask[found[:, 0], found[:, 1]] = 1
    return mask
