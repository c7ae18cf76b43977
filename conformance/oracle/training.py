# SPDX-License-Identifier: Apache-2.0
"""Training of the reference network: Novograd alone, learning rates, the loss, initial weights, and the first ten steps.

Steps take patches of the formula of logits.py, `STEP` a step, patch k of label k mod 2; batches are channels-last on one
thread. Novograd is MONAI's, its gradients come from a formula too: element i of the gradient of step s of tensor t is
SCALE[s] * (2 * u - 1) with u = (splitmix64((t * 1000 + s) << 32 | i) >> 11) * 2^-53, rounded to float32.
"""
import math

import numpy as np
import torch
from monai.networks.nets import TorchVisionFCModel
from monai.optimizers import Novograd

from common import Topic, numbers, splitmix64
from golden_weights import golden_network
from logits import formula_patches

STEP = 6
STEPS = 10
BF16_STEP = 2
BF16_STEPS = 3
SHAPES = [(7,), (1,), (4, 3, 3, 3), (2, 16, 1, 1)]
NOVOGRAD_STEPS = 20
WATCHED = ["features.0.weight", "features.1.weight", "features.1.running_mean", "features.4.1.conv2.weight",
           "features.5.0.downsample.0.weight", "features.7.1.bn2.running_var", "fc.weight", "fc.bias"]


def unit(stream, count):
    at = (np.uint64(stream) << np.uint64(32)) | np.arange(count, dtype=np.uint64)
    return (splitmix64(at) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def formula(stream, shape, scale):
    values = scale * (2 * unit(stream, math.prod(shape)) - 1)
    return torch.from_numpy(values.astype(np.float32)).reshape(shape)


def scale_of(step):
    """Changes by a factor of ten from step to step; none at all in steps 0 and 7."""
    return 0.0 if step in (0, 7) else 10.0 ** (step % 5 - 3)


def novograd(rate, **settings):
    parameters = [torch.nn.Parameter(formula(900 + t, shape, 1.0)) for t, shape in enumerate(SHAPES)]
    optimiser = Novograd(parameters, lr=rate, **settings)
    squares = []
    for step in range(NOVOGRAD_STEPS):
        for t, p in enumerate(parameters):
            p.grad = formula(t * 1000 + step, SHAPES[t], scale_of(step))
        optimiser.step()
        squares.append([optimiser.state[p]["exp_avg_sq"].item() for p in parameters])
    return {"rate": rate, **{k: list(v) if isinstance(v, tuple) else v for k, v in settings.items()},
            "parameters": [numbers(p.detach()) for p in parameters],
            "exp_avg": [numbers(optimiser.state[p]["exp_avg"]) for p in parameters],
            "exp_avg_sq": squares}


def novograd_worked():
    """spec: p = [1, 2], rate 0.1, g = [3, 4], [0, 0], [1, 0]."""
    p = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    optimiser = Novograd([p], lr=0.1)
    steps = []
    for g in ([3.0, 4.0], [0.0, 0.0], [1.0, 0.0]):
        p.grad = torch.tensor(g)
        optimiser.step()
        steps.append({"gradient": g, "parameter": numbers(p.detach()), "exp_avg_sq": optimiser.state[p]["exp_avg_sq"].item()})
    return steps


def rates(epochs, first):
    p = torch.nn.Parameter(torch.zeros(1))
    optimiser = Novograd([p], lr=first)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=epochs)
    found = []
    for _ in range(epochs + 1):
        found.append(optimiser.param_groups[0]["lr"])
        p.grad = torch.ones(1)
        optimiser.step()
        schedule.step()
    return {"epochs": epochs, "first": first, "rates": found}


def losses():
    cases = []
    for logits, labels in [([0.0], [1.0]), ([-0.127, 2.5, 30.0, -30.0, 100.0, -100.0], [1.0, 0.0, 1.0, 1.0, 0.0, 0.0]),
                           (numbers(formula(77, (54,), 6.0)), [float(i % 3 == 0) for i in range(54)])]:
        x = torch.tensor(logits, requires_grad=True)
        loss = torch.nn.BCEWithLogitsLoss()(x, torch.tensor(labels))
        loss.backward()
        cases.append({"logits": logits, "labels": labels, "loss": loss.item(), "gradient": numbers(x.grad)})
    return cases


def initial(seed):
    """Sums in float64 and the first values of all entries after torch.manual_seed(seed) and the constructor."""
    torch.manual_seed(seed)
    net = TorchVisionFCModel("resnet18", num_classes=1, use_conv=True, pretrained=False)
    return {"seed": seed, "entries": {name: described(t) for name, t in net.state_dict().items()}}


def described(tensor):
    flat = tensor.detach().contiguous().double().reshape(-1)
    return {"shape": list(tensor.shape), "sum": flat.sum().item(), "squares": (flat * flat).sum().item(),
            "first": numbers(flat[:3])}


def scaler_of(good_steps_of):
    """What torch's GradScaler does with its factor (its update is on the GPU's list of kernels; the CPU has them too)."""
    scaler = torch.amp.GradScaler("cpu", init_scale=65536.0)
    p = torch.nn.Parameter(torch.ones(2))
    optimiser = torch.optim.SGD([p], lr=0.0)
    found = []
    for value in good_steps_of:
        optimiser.zero_grad()
        scaler.scale((p * torch.tensor(value)).sum()).backward()
        scaler.step(optimiser)
        scaler.update()
        found.append(scaler.get_scale())
    return found


def steps(patches_a_step, count, bf16):
    net = golden_network().train().to(memory_format=torch.channels_last)
    optimiser = Novograd(net.parameters(), lr=1e-3)
    loss_of = torch.nn.BCEWithLogitsLoss()
    pixels = formula_patches(patches_a_step * count)
    found = []
    for step in range(count):
        some = range(step * patches_a_step, (step + 1) * patches_a_step)
        x = torch.from_numpy(pixels[some.start:some.stop]).permute(0, 3, 1, 2).float() / 255 * 2 - 1
        y = torch.tensor([float(k % 2) for k in some]).reshape(-1, 1, 1, 1)
        optimiser.zero_grad(set_to_none=False)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            loss = loss_of(net(x), y)
        loss.backward()
        optimiser.step()
        found.append(loss.item())
    state = net.state_dict()
    return {"patches_a_step": patches_a_step, "rate": 1e-3, "losses": found,
            "batches_tracked": state["features.1.num_batches_tracked"].item(),
            "entries": {name: described(state[name]) for name in WATCHED}}


def main():
    torch.set_num_threads(1)
    with Topic("training") as topic:
        topic.json("novograd.json", {"worked": novograd_worked(), "variants": [
            novograd(1e-3), novograd(0.02, weight_decay=0.01), novograd(0.02, amsgrad=True),
            novograd(0.02, grad_averaging=True), novograd(0.01, betas=(0.95, 0.5), weight_decay=0.1, grad_averaging=True,
                                                          amsgrad=True)]})
        topic.json("rates.json", [rates(epochs, 1e-3) for epochs in range(1, 11)] + [rates(50, 0.02)])
        topic.json("loss.json", losses())
        topic.json("initial.json", [initial(15), initial(2**40 + 123)])
        topic.json("scaler.json", {"after_an_infinity_at_1_and_2": scaler_of([1.0, np.inf, np.nan, 1.0]),
                                   "after_2000_good": scaler_of([1.0] * 2001)[-3:]})
        topic.json("steps.json", {"fp32": steps(STEP, STEPS, False), "bf16": steps(BF16_STEP, BF16_STEPS, True),
                                  "bf16_patches_in_fp32": steps(BF16_STEP, BF16_STEPS, False)})


if __name__ == "__main__":
    main()
