# SPDX-License-Identifier: Apache-2.0
"""A slide held in memory, so that the reference's own datasets can be asked about sizes and ratios no file has."""
import numpy as np
from monai.data.wsi_reader import BaseWSIReader


class ArraySlide:
    """Level 0 is known by its size only; the mask level by its pixels (H, W, 3 uint8) and its downsample."""

    def __init__(self, size, mask=None, ratio=1.0):
        self.size, self.mask, self.ratio = size, mask, ratio


class ArrayReader(BaseWSIReader):
    """Level 0 has downsample 1, any other level the slide's ratio."""

    supported_suffixes = ["memory"]
    backend = "memory"

    def __init__(self, level=0, slides=None):
        super().__init__(level=level, channel_dim=0, mode="RGB")
        self.slides = slides

    def read(self, data, **kwargs):
        return self.slides[data]

    def get_size(self, wsi, level=0, **kwargs):
        return wsi.size if level == 0 else wsi.mask.shape[:2] if wsi.mask is not None else None

    def get_downsample_ratio(self, wsi, level=0):
        return 1.0 if level == 0 else wsi.ratio

    def get_data(self, wsi, location=(0, 0), size=None, level=0, mode=None):
        return np.moveaxis(wsi.mask, -1, 0), {}

    def get_level_count(self, wsi):
        return 2

    def get_file_path(self, wsi):
        return "memory"

    def get_mpp(self, wsi, level):
        return (1.0, 1.0)

    def get_power(self, wsi, level):
        return 1.0

    def _get_patch(self, wsi, location, size, level, dtype, mode):
        raise NotImplementedError
