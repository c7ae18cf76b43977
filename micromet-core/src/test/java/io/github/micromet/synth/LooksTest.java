// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.truth.PolygonRaster;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final int WINDOW = 224;
  private static final int SIZE = 3072;
  private static final double MPP = 0.5;
  private static final int SLIDES = 12;
  private static final int WINDOWS = 6; // of each sort and slide

  /** Half of the pairs in the right order is a coin; 72 windows of each sort spread by 0.05. */
  private static final double COIN_FROM = 0.3;

  private static final double COIN_TO = 0.7;

  private final List<double[]> tumour = new ArrayList<>();
  private final List<double[]> other = new ArrayList<>();

  @Test
  void inAVariedCohortNoMeanColourTellsTumour() {
    collect(1);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(ordered(channel)).as("channel %d", channel).isBetween(COIN_FROM, COIN_TO);
    }
    assertThat(ordered(3)).as("spread of brightness").isBetween(COIN_FROM, COIN_TO);
  }

  @Test
  @Tag("slow")
  void slidesOfAVariedCohortAreStainedApart() {
    collect(0);
    double alike = spreadOfSlides();
    tumour.clear();
    other.clear();
    collect(1);
    assertThat(spreadOfSlides()).isGreaterThan(3 * alike);
  }

  /** Mean red, green, blue and the standard deviation of green, of windows of both sorts. */
  private void collect(double variety) {
    for (long seed = 1; seed <= SLIDES; seed++) {
      collect(seed, variety);
    }
  }

  private void collect(long seed, double variety) {
    SynthOptions options =
        SynthOptions.DEFAULT
            .withSize(SIZE, SIZE)
            .withMpp(MPP)
            .withLesions(List.of(LesionKind.MICRO));
    Anatomy anatomy = new Anatomy(seed, SIZE * MPP, SIZE * MPP);
    SyntheticLesion lesion = new LesionPlacement(anatomy, seed, options).place("a").get(0);
    PolygonRaster raster = new PolygonRaster(List.of(lesion.outline()), List.of());
    TissuePainter painter = new TissuePainter(seed, anatomy, raster, MPP, variety);
    SplittableRandom random = new SplittableRandom(seed);
    RgbImage window = new RgbImage(WINDOW, WINDOW);
    int inTumour = 0;
    int elsewhere = 0;
    while (inTumour < WINDOWS || elsewhere < WINDOWS) {
      long x0 = random.nextLong(SIZE - WINDOW);
      long y0 = random.nextLong(SIZE - WINDOW);
      int marked = corners(raster, x0, y0);
      if (marked == 5 && inTumour < WINDOWS) {
        painter.paint(x0, y0, window);
        tumour.add(facts(window));
        inTumour++;
      } else if (marked == 0 && elsewhere < WINDOWS && isNode(anatomy, x0 * MPP, y0 * MPP)) {
        painter.paint(x0, y0, window);
        other.add(facts(window));
        elsewhere++;
      }
    }
  }

  /** How many of the window's corners and its centre are tumour. */
  private static int corners(PolygonRaster raster, long x0, long y0) {
    int marked = 0;
    byte[] one = new byte[1];
    for (int i = 0; i < 5; i++) {
      int x = i == 4 ? WINDOW / 2 : i % 2 * (WINDOW - 1);
      int y = i == 4 ? WINDOW / 2 : i / 2 * (WINDOW - 1);
      raster.paint(x0 + x, y0 + y, 1, 1, one);
      marked += one[0];
    }
    return marked;
  }

  private static boolean isNode(Anatomy anatomy, double x, double y) {
    for (int i = 0; i < 9; i++) {
      double px = x + i % 3 * WINDOW / 2.0 * MPP;
      double py = y + i / 3 * WINDOW / 2.0 * MPP;
      double depth = anatomy.depth(px, py);
      if (depth < 2 * Anatomy.CAPSULE_UM || anatomy.fat(px, py, depth) > 0) {
        return false;
      }
    }
    return true;
  }

  private static double[] facts(RgbImage window) {
    double[] sums = new double[4];
    for (int y = 0; y < WINDOW; y++) {
      for (int x = 0; x < WINDOW; x++) {
        int rgb = window.at(x, y);
        int green = rgb >> 8 & 0xff;
        sums[0] += rgb >> 16;
        sums[1] += green;
        sums[2] += rgb & 0xff;
        sums[3] += (double) green * green;
      }
    }
    int pixels = WINDOW * WINDOW;
    double green = sums[1] / pixels;
    return new double[] {
      sums[0] / pixels, green, sums[2] / pixels, Math.sqrt(sums[3] / pixels - green * green)
    };
  }

  /** The share of pairs of a tumour window and another in which the first has the larger value. */
  private double ordered(int fact) {
    double wins = 0;
    for (double[] a : tumour) {
      for (double[] b : other) {
        wins += a[fact] > b[fact] ? 1 : a[fact] == b[fact] ? 0.5 : 0;
      }
    }
    return wins / tumour.size() / other.size();
  }

  /** Variance, between slides, of the mean green of a slide's windows outside the tumour. */
  private double spreadOfSlides() {
    double[] means = new double[SLIDES];
    double all = 0;
    for (int i = 0; i < other.size(); i++) {
      means[i / WINDOWS] += other.get(i)[1] / WINDOWS;
      all += other.get(i)[1] / other.size();
    }
    double spread = 0;
    for (double mean : means) {
      spread += (mean - all) * (mean - all) / SLIDES;
    }
    return spread;
  }
}
