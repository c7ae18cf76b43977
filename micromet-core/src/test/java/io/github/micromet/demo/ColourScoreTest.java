// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColourScoreTest {
  private static final int SIZE = 8;

  @Test
  void meansAreThoseOfScikitImage() {
    // skimage 0.26 rgb2hsv and log(rgb) @ hed_from_rgb of one pixel, (200, 100, 50).
    double[] means = MeanColours.of(at -> new float[] {200, 100, 50}[at % 3], SIZE);
    assertThat(means[0]).isCloseTo(200 / 255.0, within(1e-6));
    assertThat(means[3]).isCloseTo(0.05555556, within(1e-6));
    assertThat(means[4]).isCloseTo(0.75, within(1e-6));
    assertThat(means[5]).isCloseTo(0.78431373, within(1e-6));
    assertThat(means[6]).isCloseTo(-0.58609925, within(1e-6));
    assertThat(means[7]).isCloseTo(0.03469161, within(1e-6));
  }

  @Test
  void aThresholdOnASumThatNoSingleColourHasIsFound() {
    SplittableRandom random = new SplittableRandom(5);
    List<double[]> colours = new ArrayList<>();
    boolean[] tumour = new boolean[400];
    for (int i = 0; i < tumour.length; i++) {
      double[] row = new double[MeanColours.COUNT];
      for (int c = 0; c < row.length; c++) {
        row[c] = random.nextDouble();
      }
      tumour[i] = row[1] + row[4] > 1.3;
      colours.add(row);
    }
    ColourScore score = new ColourScore(colours, tumour);
    int right = 0;
    for (int i = 0; i < tumour.length; i++) {
      right += score.logit(colours.get(i)) > 0 == tumour[i] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(380);
  }

  @Test
  void coloursThatSayNothingGiveNoOpinion() {
    List<double[]> colours = new ArrayList<>();
    boolean[] tumour = new boolean[100];
    for (int i = 0; i < tumour.length; i++) {
      colours.add(new double[MeanColours.COUNT]);
      tumour[i] = i % 4 == 0; // both sorts count as much, so 0.5 stays the middle
    }
    assertThat(new ColourScore(colours, tumour).logit(new double[MeanColours.COUNT]))
        .isCloseTo(0, within(1e-9));
  }
}
