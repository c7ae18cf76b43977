// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.error.MicrometException;
import io.github.micromet.net.weights.Checkpoint;
import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.net.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where training starts from. */
public final class InitialWeights {
  private static final int IMAGENET_CLASSES = 1000;
  private static final String HEAD = "fc";

  private InitialWeights() {}

  /**
   * A network to start from.
   *
   * @param said what people should be told of it; empty if it is taken as it is
   */
  public record Start(TumorNet net, Optional<String> said) {}

  /**
   * What the reference has after {@code torch.manual_seed(seed)}: the same numbers from the same
   * generator in the same order, the discarded classifier of 1000 classes among them.
   *
   * <p>Threads: safe for many; the generator is its own, not libtorch's global one.
   *
   * @throws MicrometException of kind RESOURCE if libtorch does not load here
   */
  public static TumorNet reference(long seed) {
    TorchLibrary.require();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Draws draws = new Draws(seed);
      discardConstructors(draws);
      Map<String, WeightTensor> tensors = new LinkedHashMap<>();
      for (Layers.Layer layer : Layers.all()) {
        long[] shape = {layer.out(), layer.in(), layer.kernel(), layer.kernel()};
        if (layer.norm().isPresent()) {
          // kaiming_normal_(mode fan_out, relu), as torchvision's ResNet
          int fanOut = layer.out() * layer.kernel() * layer.kernel();
          double deviation = Math.sqrt(2) / Math.sqrt(fanOut);
          tensors.put(layer.convolution() + ".weight", draws.normal(deviation, shape));
          norm(tensors, layer.norm().get(), layer.out());
        } else {
          // torch.nn.Conv2d's own: kaiming_uniform_(a = sqrt(5)), then the bias
          double fanIn = layer.in() * layer.kernel() * layer.kernel();
          double bound = Math.sqrt(3) * (Math.sqrt(2.0 / (1 + 5)) / Math.sqrt(fanIn));
          tensors.put(layer.convolution() + ".weight", draws.uniform(bound, shape));
          tensors.put(
              layer.convolution() + ".bias", draws.uniform(1 / Math.sqrt(fanIn), layer.out()));
        }
      }
      return TumorNet.of(StateDict.of(tensors), ModelContract.REFERENCE);
    }
  }

  /** The constructors draw weights for every convolution, which the lines after overwrite. */
  private static void discardConstructors(Draws draws) {
    long features = 0;
    for (Layers.Layer layer : Layers.all()) {
      if (layer.norm().isPresent()) {
        draws.uniform(1, layer.out(), layer.in(), layer.kernel(), layer.kernel());
        features = layer.out();
      }
    }
    draws.uniform(1, IMAGENET_CLASSES, features);
    draws.uniform(1, IMAGENET_CLASSES);
  }

  private static void norm(Map<String, WeightTensor> tensors, String name, int channels) {
    tensors.put(name + ".weight", filled(1, channels));
    tensors.put(name + ".bias", filled(0, channels));
    tensors.put(name + ".running_mean", filled(0, channels));
    tensors.put(name + ".running_var", filled(1, channels));
    tensors.put(name + ".num_batches_tracked", WeightTensor.ofLongs(new long[] {0}));
  }

  private static WeightTensor filled(float value, int count) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return WeightTensor.ofFloats(values, count);
  }

  /** libtorch's generator of numbers, seeded. */
  private static final class Draws {
    private final GeneratorOptional generator;

    private Draws(long seed) {
      generator = new GeneratorOptional(torch.make_generator_cpu(seed));
    }

    private WeightTensor normal(double deviation, long... shape) {
      try (PointerScope scope = new PointerScope()) {
        return NativeTensors.copy(torch.empty(shape).normal_(0, deviation, generator));
      }
    }

    private WeightTensor uniform(double bound, long... shape) {
      try (PointerScope scope = new PointerScope()) {
        Tensor drawn = torch.empty(shape).uniform_(-bound, bound, generator);
        return NativeTensors.copy(drawn);
      }
    }
  }

  /**
   * Reads a checkpoint to start from: this network's, or a ResNet18 of torchvision with its own
   * names ({@code conv1}, {@code layer1.0.bn1}, ...), whose classifier is left out; the head is
   * then that of {@link #reference}.
   *
   * @param seed of the new head
   * @throws MicrometException of kind INPUT if the file is neither; the first differences are named
   */
  public static Start from(Path file, long seed) {
    Checkpoint checkpoint = Weights.load(file);
    if (checkpoint.state().get("conv1.weight").isEmpty()) {
      return new Start(TumorNet.load(file), Optional.empty());
    }
    return fromResNet(checkpoint.state(), seed, file.toString());
  }

  private static Start fromResNet(StateDict found, long seed, String subject) {
    StateDict fresh = reference(seed).state();
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    for (String name : fresh.names()) {
      WeightTensor initial = fresh.get(name).orElseThrow();
      Optional<WeightTensor> given =
          name.startsWith(HEAD + ".") ? Optional.of(initial) : found.get(torchvision(name));
      // Checkpoints from before PyTorch 0.4.1 have no counters.
      if (given.isEmpty() && initial.dtype() == DType.INT64) {
        given = Optional.of(initial);
      }
      given.ifPresent(tensor -> tensors.put(name, tensor));
    }
    // A deeper ResNet has more than was asked for: it keeps its own names and is refused with them.
    Set<String> known = new HashSet<>();
    fresh.names().forEach(name -> known.add(torchvision(name)));
    found
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!known.contains(name)) {
                tensors.put(name, tensor);
              }
            });
    TumorNet net = TumorNet.of(StateDict.of(tensors), ModelContract.REFERENCE, subject);
    String head =
        found
            .get(HEAD + ".weight")
            .map(tensor -> "its fc of " + tensor.shapeText() + " is left out")
            .orElse("it has no fc");
    return new Start(
        net, Optional.of("ResNet18 with torchvision's names: " + head + ", the head starts anew"));
  }

  /** features.0 is conv1, features.1 is bn1, features.4 to features.7 are layer1 to layer4. */
  private static String torchvision(String name) {
    if (name.startsWith(HEAD + ".")) {
      return name;
    }
    String rest = name.substring("features.".length());
    int stage = rest.charAt(0) - '0';
    String after = rest.substring(1);
    return switch (stage) {
      case 0 -> "conv1" + after;
      case 1 -> "bn1" + after;
      default -> "layer" + (stage - 3) + after;
    };
  }
}
