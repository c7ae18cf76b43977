// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandardAugmentationTest {
  private static final AugmentOptions REFERENCE = AugmentOptions.REFERENCE;
  private static final AugmentOptions NOTHING =
      new AugmentOptions(0, 0, 0, 0, 0, 0, 0, 0.9, 1.1, 0);
  private static final int SEEDS = 4000;

  @Test
  void theSameSeedGivesTheSamePixelsFromManyThreadsAtOnce() throws Exception {
    Augmentation augmentation =
        new StandardAugmentation(REFERENCE.withStain(AugmentOptions.LIGHT_STAIN));
    List<float[]> alone = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      alone.add(altered(augmentation, seed));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 160; i++) {
        long seed = 39L - i % 40;
        together.add(threads.submit(() -> altered(augmentation, seed)));
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(39 - i % 40));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(alone.stream().map(Arrays::hashCode).distinct()).hasSize(40);
  }

  private static float[] altered(Augmentation augmentation, long seed) {
    float[] into = new float[24 * 24 * 3];
    augmentation.apply(GoldenPatches.small("tissue"), 24, seed, into);
    return into;
  }

  @Test
  void whatIsSwitchedOffIsNotDone() {
    byte[] rgb = GoldenPatches.small("noise");
    float[] plain = new float[rgb.length];
    Augmentation.NONE.apply(rgb, 24, 0, plain);
    for (long seed = 0; seed < 50; seed++) {
      float[] into = new float[rgb.length];
      new StandardAugmentation(NOTHING).apply(rgb, 24, seed, into);
      assertThat(into).isEqualTo(plain);
    }
  }

  @Test
  void anOptionThatIsSwitchedOffMovesNoOtherNumber() {
    AugmentOptions noHueNoFlip =
        new AugmentOptions(0.25, 0.75, 0.25, 0, 0, 0.5, 0.5, 0.9, 1.1, 0.05);
    for (long seed = 0; seed < 200; seed++) {
      Alteration all = new StandardAugmentation(REFERENCE).draw(seed);
      Alteration some = new StandardAugmentation(noHueNoFlip).draw(seed);
      assertThat(some.jitter().contrast()).isEqualTo(all.jitter().contrast());
      assertThat(some.quarters()).isEqualTo(all.quarters());
      assertThat(some.zoom()).isEqualTo(all.zoom());
      List<ColorStep> order = new ArrayList<>(all.jitter().order());
      order.remove(ColorStep.HUE);
      assertThat(some.jitter().order()).isEqualTo(order);
    }
  }

  @Test
  void withoutJitterColoursStayAndTheRestIsDrawnAsWithIt() {
    for (long seed = 0; seed < 200; seed++) {
      Alteration all = new StandardAugmentation(REFERENCE).draw(seed);
      Alteration plain = new StandardAugmentation(REFERENCE.withoutJitter()).draw(seed);
      assertThat(plain.jitter().order()).isEmpty();
      assertThat(plain.flip()).isEqualTo(all.flip());
      assertThat(plain.quarters()).isEqualTo(all.quarters());
      assertThat(plain.zoom()).isEqualTo(all.zoom());
    }
  }

  @Test
  void drawsFillTheReferencesRangesEvenly() {
    List<Alteration> drawn =
        LongStream.range(0, SEEDS).mapToObj(new StandardAugmentation(REFERENCE)::draw).toList();
    range(drawn.stream().mapToDouble(a -> a.jitter().brightness()).toArray(), 0.75, 1.25);
    range(drawn.stream().mapToDouble(a -> a.jitter().contrast()).toArray(), 0.25, 1.75);
    range(drawn.stream().mapToDouble(a -> a.jitter().saturation()).toArray(), 0.75, 1.25);
    range(drawn.stream().mapToDouble(a -> a.jitter().hue()).toArray(), -0.04, 0.04);
    range(
        drawn.stream()
            .map(Alteration::zoom)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray(),
        0.9,
        1.1);
    share(drawn.stream().filter(Alteration::flip).count(), 0.5);
    share(drawn.stream().filter(a -> a.zoom().isPresent()).count(), 0.5);
    share(drawn.stream().filter(a -> a.quarters() == 0).count(), 0.5);
    for (int quarters = 1; quarters < 4; quarters++) {
      int k = quarters;
      share(drawn.stream().filter(a -> a.quarters() == k).count(), 0.5 / 3);
    }
    Set<List<ColorStep>> orders = new HashSet<>();
    drawn.forEach(a -> orders.add(a.jitter().order()));
    assertThat(orders).hasSize(24);
    assertThat(drawn).allSatisfy(a -> assertThat(a.stain()).isEmpty());
  }

  private static void range(double[] values, double low, double high) {
    double width = high - low;
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(low, low + 0.01 * width);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(high - 0.01 * width, high);
    assertThat(Arrays.stream(values).average().orElseThrow())
        .isCloseTo((low + high) / 2, within(0.03 * width));
  }

  private static void share(long count, double expected) {
    assertThat(count / (double) SEEDS).isCloseTo(expected, within(0.03));
  }

  @Test
  void theStepsComeInTheReferencesOrder() {
    Alteration drawn =
        new Alteration(
            new ColorJitter(List.of(ColorStep.CONTRAST), 1, 0.5, 1, 0),
            Optional.empty(),
            true,
            1,
            OptionalDouble.of(1.1));
    byte[] rgb = GoldenPatches.small("noise");
    float[] into = new float[rgb.length];
    drawn.apply(rgb, 24, into);

    byte[] byHand = GoldenPatches.small("noise");
    drawn.jitter().apply(byHand);
    QuarterTurns.turn(byHand, 24, 2);
    QuarterTurns.turn(byHand, 24, 1);
    float[] expected = new float[rgb.length];
    AreaZoom.zoom(byHand, 24, 1.1, expected);
    assertThat(into).isEqualTo(expected);
  }

  @Test
  void seedsThatLieOneStepOfTheGeneratorApartShareNoNumbers() {
    StandardAugmentation augmentation = new StandardAugmentation(REFERENCE);
    Alteration one = augmentation.draw(7);
    Alteration next = augmentation.draw(7 + 0x9E3779B97F4A7C15L);
    assertThat((next.jitter().brightness() - 1) / 0.25)
        .isNotCloseTo((one.jitter().contrast() - 1) / 0.75, within(1e-6));
  }

  @Test
  void arraysOfAnotherSizeAndOptionsOutOfRangeAreRefused() {
    Augmentation augmentation = new StandardAugmentation(REFERENCE);
    assertThatThrownBy(() -> augmentation.apply(new byte[12], 3, 0, new float[27]))
        .hasMessageContaining("3 x 3 x 3 values, not 12 into 27");
    assertThatThrownBy(() -> REFERENCE.withStain(-0.1)).hasMessageContaining("stain");
  }
}
