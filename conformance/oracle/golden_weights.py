# SPDX-License-Identifier: Apache-2.0
"""The reference network with weights from a closed formula, so that golden files hold results only.

For the k-th floating-point tensor of the state dict (k from 0, num_batches_tracked not counted) and its i-th element in
row-major order:
  u = (splitmix64((k << 32) | (i mod 1021)) >> 11) * 2^-53            in [0, 1)
  convolution weight   (2u - 1) * sqrt(6 / fan_in)      fan_in = in channels * kernel height * kernel width
  BatchNorm weight     0.8 + 0.4 u        bias and running_mean   0.2 (u - 0.5)        running_var   0.5 + u
  fc.weight            (2u - 1) * 0.08                  fc.bias   10.2
in double, then rounded to float32; num_batches_tracked is 0. The weights are untrained: they test arithmetic, not medicine.
"""
import math

import numpy as np
import torch
from monai.networks.nets import TorchVisionFCModel

from common import splitmix64

FC_SCALE, FC_BIAS = 0.08, 10.2


def uniform(k, n):
    x = (np.uint64(k) << np.uint64(32)) | (np.arange(n, dtype=np.uint64) % np.uint64(1021))
    return (splitmix64(x) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def values(name, shape, u):
    if name == "fc.weight":
        return (2 * u - 1) * FC_SCALE
    if name == "fc.bias":
        return np.full(u.size, FC_BIAS)
    if len(shape) == 4:
        return (2 * u - 1) * math.sqrt(6 / (shape[1] * shape[2] * shape[3]))
    if name.endswith("running_var"):
        return 0.5 + u
    if name.endswith("weight"):
        return 0.8 + 0.4 * u
    return 0.2 * (u - 0.5)


def golden_state():
    net = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    state, k = net.state_dict(), 0
    for name, tensor in state.items():
        if not tensor.is_floating_point():
            tensor.zero_()
            continue
        v = values(name, tensor.shape, uniform(k, tensor.numel()))
        k += 1
        tensor.copy_(torch.from_numpy(v.astype(np.float32)).reshape(tensor.shape))
    return state


def golden_network():
    net = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    net.load_state_dict(golden_state())
    return net.eval()
