// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The reference's chain with its order and ranges: colour jitter, (stains,) reversal of both axes,
 * quarter turns, zoom. The numbers are drawn from a generator of our own, seeded for each patch
 * alone, so that a run is the same whatever the number of readers; the reference draws from streams
 * that depend on its worker processes.
 *
 * <p>Draws, always all of them and in this order, so that an option that is switched off moves no
 * other number: order of the colour steps (four numbers), brightness, contrast, saturation, hue,
 * flip?, quarters, turn?, zoom?, factor, then scale and offset of each stain.
 *
 * <p>Threads: safe for many; holds nothing but its options.
 */
public final class StandardAugmentation implements Augmentation {
  private final AugmentOptions options;

  public StandardAugmentation(AugmentOptions options) {
    this.options = Objects.requireNonNull(options);
  }

  @Override
  public void apply(byte[] rgb, int size, long seed, float[] into) {
    int length = Math.multiplyExact(Math.multiplyExact(size, size), 3);
    if (rgb.length != length || into.length != length) {
      throw new IllegalArgumentException(
          size + " x " + size + " x 3 values, not " + rgb.length + " into " + into.length);
    }
    draw(seed).apply(rgb, size, into);
  }

  /** What happens to the patch of that seed. */
  Alteration draw(long seed) {
    Draws draws = new Draws(seed);
    List<ColorStep> order = order(draws);
    ColorJitter jitter =
        new ColorJitter(
            order,
            draws.around(1, options.brightness()),
            draws.around(1, options.contrast()),
            draws.around(1, options.saturation()),
            draws.around(0, options.hue()));
    boolean flip = draws.unit() < options.flip();
    int quarters = 1 + (int) (3 * draws.unit());
    boolean turn = draws.unit() < options.quarterTurn();
    boolean zoom = draws.unit() < options.zoom();
    double factor = draws.between(options.smallestZoom(), options.largestZoom());
    return new Alteration(
        jitter,
        stain(draws),
        flip,
        turn ? quarters : 0,
        zoom ? OptionalDouble.of(factor) : OptionalDouble.empty());
  }

  /** Steps that are switched off are not done, as in the reference. */
  private List<ColorStep> order(Draws draws) {
    List<ColorStep> left = new ArrayList<>(List.of(ColorStep.values()));
    List<ColorStep> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove((int) (left.size() * draws.unit())));
    }
    order.removeIf(step -> reach(step) == 0);
    return order;
  }

  private double reach(ColorStep step) {
    return switch (step) {
      case BRIGHTNESS -> options.brightness();
      case CONTRAST -> options.contrast();
      case SATURATION -> options.saturation();
      case HUE -> options.hue();
    };
  }

  private Optional<StainShift> stain(Draws draws) {
    List<Double> scales = new ArrayList<>();
    List<Double> offsets = new ArrayList<>();
    for (int stain = 0; stain < 3; stain++) {
      scales.add(draws.around(1, options.stain()));
      offsets.add(draws.around(0, options.stain()));
    }
    return options.stain() > 0 ? Optional.of(new StainShift(scales, offsets)) : Optional.empty();
  }

  /** SplitMix64, whose numbers no Java release can change. */
  private static final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Draws(long seed) {
      // Mixed first: seeds that differ by GOLDEN would otherwise share all but one of their
      // numbers.
      state = mix(seed + GOLDEN);
    }

    /** 0 or more and less than 1, 53 bits. */
    double unit() {
      state += GOLDEN;
      return (mix(state) >>> 11) * 0x1p-53;
    }

    double between(double low, double high) {
      return low + (high - low) * unit();
    }

    double around(double middle, double reach) {
      return between(middle - reach, middle + reach);
    }

    private static long mix(long x) {
      long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      return z ^ z >>> 31;
    }
  }
}
