// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.NamedTensor;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.train.group.Group;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the processes of one training have in common, as torch's DistributedDataParallel keeps it:
 * the weights at the start, the mean of the gradients in each step, and rank 0's statistics of
 * BatchNorm before each pass. Those are not synchronised otherwise: each process normalises by its
 * own patches.
 *
 * <p>Threads: one at a time.
 */
final class Together {
  /** DistributedDataParallel's: a sum begins with few and large messages. */
  private static final long BUCKET_ELEMENTS = (25L << 20) / Float.BYTES;

  private final Group group;
  private final List<List<Tensor>> parameters;
  private final List<Tensor> statistics;

  Together(Group group, TrainableNet net) {
    this.group = group;
    this.parameters = buckets(net.parameters().stream().map(NamedTensor::tensor).toList());
    this.statistics =
        net.buffers().stream()
            .filter(buffer -> !buffer.name().endsWith("num_batches_tracked"))
            .map(NamedTensor::tensor)
            .toList();
  }

  private static List<List<Tensor>> buckets(List<Tensor> tensors) {
    List<List<Tensor>> buckets = new ArrayList<>();
    long room = 0;
    for (Tensor tensor : tensors) {
      if (buckets.isEmpty() || tensor.numel() > room) {
        buckets.add(new ArrayList<>());
        room = BUCKET_ELEMENTS;
      }
      buckets.get(buckets.size() - 1).add(tensor);
      room -= tensor.numel();
    }
    return buckets;
  }

  /** All start from rank 0's weights and statistics. */
  void shareWeights() {
    for (List<Tensor> bucket : parameters) {
      replace(bucket, group::broadcast);
    }
    shareStatistics();
  }

  /** Rank 0's running statistics for all. */
  void shareStatistics() {
    replace(statistics, group::broadcast);
  }

  /** Running statistics become their mean over the processes. */
  void averageStatistics() {
    replace(statistics, this::mean);
  }

  private void mean(Tensor flat) {
    group.sum(flat);
    flat.div_(new Scalar((double) group.size()));
  }

  /** Gradients become their mean over the processes. */
  void averageGradients() {
    for (List<Tensor> bucket : parameters) {
      try (PointerScope scope = new PointerScope()) {
        List<Tensor> gradients = bucket.stream().map(Tensor::grad).toList();
        replace(gradients, this::mean);
      }
    }
  }

  /** The sum of each number over the processes. */
  double[] sum(double... numbers) {
    return sum(group, numbers);
  }

  /** Whether it is so in any process. */
  boolean any(boolean here) {
    return sum(here ? 1 : 0)[0] > 0;
  }

  static double[] sum(Group group, double... numbers) {
    if (group.size() == 1) {
      return numbers;
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensor.create(numbers, (long) numbers.length);
      group.sum(tensor);
      double[] sums = new double[numbers.length];
      new DoublePointer(tensor.data_ptr()).get(sums);
      return sums;
    }
  }

  private interface InPlace {
    void change(Tensor flat);
  }

  /** Gathers the tensors' values, lets them be changed, and puts them back. */
  private void replace(List<Tensor> tensors, InPlace operation) {
    if (group.size() == 1) {
      return;
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      TensorVector rows =
          new TensorVector(
              tensors.stream().map(t -> t.reshape(-1).to(ScalarType.Float)).toArray(Tensor[]::new));
      Tensor flat = torch.cat(rows, 0);
      operation.change(flat);
      long at = 0;
      for (Tensor tensor : tensors) {
        tensor.copy_(flat.narrow(0, at, tensor.numel()).reshape(tensor.sizes()));
        at += tensor.numel();
      }
    }
  }
}
