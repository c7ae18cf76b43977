// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ModelContract.ChannelOrder;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.pixels.FloatBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network with weights that can be changed, on libtorch's CPU kernels: BatchNorm on its own,
 * gradients by libtorch's autograd.
 *
 * <p>Threads: one at a time, and a step's forward and backward on the same one: libtorch keeps
 * gradient mode, autocast and the number of cores for each thread. What {@link #forward} makes
 * lives in the caller's {@link PointerScope}; the weights live until {@link #close}. The same
 * batches give the same bits for one type of CPU and one number of cores.
 */
public final class TrainableNet implements AutoCloseable {
  /** How far a batch moves the running statistics: torch.nn.BatchNorm2d's. */
  public static final double NORM_MOMENTUM = 0.1;

  private final ModelContract contract;
  private final Rounding rounding;
  private final int cores;
  private final double momentum;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** What a pass does with the statistics of BatchNorm, and whether gradients follow. */
  public enum Mode {
    /** Normalises by the batch and moves the running statistics towards it. */
    TRAINING,
    /** Normalises by the running statistics and leaves them; gradients as in training. */
    TRAINING_FROZEN_NORM,
    /** Normalises by the running statistics, without gradients. */
    EVALUATION
  }

  private TrainableNet(ModelContract contract, Rounding rounding, int cores, double momentum) {
    this.momentum = momentum;
    this.contract = contract;
    this.rounding = rounding;
    this.cores = cores;
  }

  /** As the other, with {@link #NORM_MOMENTUM}. */
  public static TrainableNet of(TumorNet start, Precision precision, int cores) {
    return of(start, precision, cores, NORM_MOMENTUM);
  }

  /**
   * Copies the weights into native memory.
   *
   * @param precision of the convolutions; weights, statistics and gradients are float32 anyway
   * @param cores that one step uses
   * @param momentum of the running statistics, above 0 and at most 1
   * @throws MicrometException of kind RESOURCE if libtorch does not load here
   */
  public static TrainableNet of(TumorNet start, Precision precision, int cores, double momentum) {
    TorchLibrary.require();
    if (cores < 1) {
      throw new IllegalArgumentException(cores + " cores");
    }
    TrainableNet net = new TrainableNet(start.contract(), Rounding.of(precision), cores, momentum);
    try (PointerScope scope = new PointerScope()) {
      for (NetworkShape.Parameter entry : NetworkShape.PARAMETERS) {
        Tensor tensor = NativeTensors.of(start.state().get(entry.name()).orElseThrow());
        if (entry.shape().size() == 4) {
          tensor = tensor.contiguous(MemoryFormat.ChannelsLast);
        }
        if (isParameter(entry.name())) {
          tensor.set_requires_grad(true);
        }
        net.tensors.put(entry.name(), tensor.retainReference()); // outlives this scope
      }
    }
    return net;
  }

  public ModelContract contract() {
    return contract;
  }

  /** What gradients change, in PyTorch's order: 62 tensors, convolutions channels-last. */
  public List<NamedTensor> parameters() {
    return named(TrainableNet::isParameter);
  }

  /** What BatchNorm counts, in PyTorch's order: 60 tensors. */
  public List<NamedTensor> buffers() {
    return named(name -> !isParameter(name));
  }

  private List<NamedTensor> named(Predicate<String> wanted) {
    return tensors.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .map(entry -> new NamedTensor(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean isParameter(String name) {
    return name.endsWith(".weight") || name.endsWith(".bias");
  }

  /**
   * The logits of a batch.
   *
   * @param pixels N,S,S,3 float32 RGB of 0..255; scaled and ordered by the contract here
   * @return N,1,k,k, one logit for S = 224; float32, or bfloat16 from a CPU that multiplies it
   * @throws IllegalStateException if the caller has no scope open
   */
  public Tensor forward(FloatBatch pixels, Mode mode) {
    torch.set_num_threads(cores); // an engine's call on this thread leaves 1
    Tensor logits;
    // Closed before the way back, which can then free each map as soon as it is done with it.
    try (PointerScope scope = new PointerScope()) {
      logits = graded(pixels, mode).retainReference();
    }
    PointerScope caller = PointerScope.getInnerScope();
    if (caller == null) {
      throw new IllegalStateException("no scope to put the logits in");
    }
    caller.attach(logits);
    logits.releaseReference();
    return logits;
  }

  private Tensor graded(FloatBatch pixels, Mode mode) {
    if (mode == Mode.EVALUATION) {
      try (NoGradGuard guard = new NoGradGuard()) {
        return pass(pixels, mode, momentum);
      }
    }
    return pass(pixels, mode, momentum);
  }

  /**
   * Makes the running statistics the plain mean over this batch and the {@code seen} ones before
   * it; weights stay. With {@code seen = 0, 1, 2...} it does what torch.optim.swa_utils.update_bn
   * does, the count of batches included.
   *
   * @param pixels as of {@link #forward}
   * @param seen 0 forgets the statistics there are
   */
  public void recalibrate(FloatBatch pixels, int seen) {
    torch.set_num_threads(cores);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      if (seen == 0) {
        buffers()
            .forEach(
                buffer ->
                    buffer
                        .tensor()
                        .fill_(new Scalar(buffer.name().endsWith(".running_var") ? 1 : 0)));
      }
      pass(pixels, Mode.TRAINING, 1.0 / (seen + 1));
    }
  }

  private Tensor pass(FloatBatch pixels, Mode mode, double moved) {
    Tensor x = PixelScaling.apply(pixels, contract.scaling());
    if (contract.channels() == ChannelOrder.BGR) {
      x = x.flip(1);
    }
    Layers.Arithmetic arithmetic = new TrainableLayers(tensors, rounding, mode, moved);
    if (rounding != Rounding.BF16) {
      return Layers.forward(x, arithmetic);
    }
    torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
    torch.set_autocast_enabled(DeviceType.CPU, true);
    try {
      return Layers.forward(x, arithmetic);
    } finally {
      torch.set_autocast_enabled(DeviceType.CPU, false);
      torch.clear_cache(); // the bfloat16 copies of the weights
    }
  }

  /** Forgets the gradients of the last step. */
  public void clearGradients() {
    try (PointerScope scope = new PointerScope()) {
      tensors.values().forEach(tensor -> tensor.mutable_grad().reset());
    }
  }

  /** A copy of the weights and statistics now: 122 entries in PyTorch's order. */
  public StateDict state() {
    Map<String, WeightTensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, NativeTensors.copy(tensor)));
    return StateDict.of(copies);
  }

  /** A copy of what BatchNorm counts: 60 entries. */
  public StateDict statistics() {
    Map<String, WeightTensor> copies = new LinkedHashMap<>();
    buffers().forEach(buffer -> copies.put(buffer.name(), NativeTensors.copy(buffer.tensor())));
    return StateDict.of(copies);
  }

  /** Puts back what {@link #statistics()} gave. */
  public void restore(StateDict statistics) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      buffers()
          .forEach(
              buffer ->
                  buffer
                      .tensor()
                      .copy_(NativeTensors.of(statistics.get(buffer.name()).orElseThrow())));
    }
  }

  /**
   * Takes over weights and statistics; gradients are forgotten.
   *
   * @throws MicrometException of kind INPUT if the names or shapes are not this network's
   */
  public void load(StateDict state) {
    TumorNet checked = TumorNet.of(state, contract);
    clearGradients();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      tensors.forEach(
          (name, tensor) ->
              tensor.copy_(NativeTensors.of(checked.state().get(name).orElseThrow())));
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::releaseReference);
    tensors.clear();
  }
}
