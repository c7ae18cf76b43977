// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.truth.PolygonRaster;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TissuePainterTest {
  private static final int WINDOW = 224;
  private static final int WINDOWS = 240; // of each sort

  /**
   * Grey levels; a window of one sort spreads by about 8 around its mean, so no single window tells
   * either.
   */
  private static final double SAME_MEAN = 2;

  @Test
  void theMeanColourDoesNotTellTumourFromOtherTissue() {
    double[] tumour = new double[3];
    double[] other = new double[3];
    for (long seed = 1; seed <= 8; seed++) {
      addMeans(seed, WINDOWS / 8, tumour, other);
    }
    for (int channel = 0; channel < 3; channel++) {
      assertThat(tumour[channel] / WINDOWS)
          .as("channel %d", channel)
          .isCloseTo(other[channel] / WINDOWS, within(SAME_MEAN));
    }
  }

  /** Adds the mean colours of windows wholly in tumour, and of others wholly in the node. */
  private static void addMeans(long seed, int windows, double[] tumour, double[] other) {
    SynthOptions options = SynthOptions.DEFAULT.withLesions(List.of(LesionKind.MACRO));
    double mpp = options.mpp();
    double um = options.width() * mpp;
    Anatomy anatomy = new Anatomy(seed, um, um);
    SyntheticLesion lesion = new LesionPlacement(anatomy, seed, options).place("a").get(0);
    PolygonRaster raster = new PolygonRaster(List.of(lesion.outline()), List.of());
    TissuePainter painter = new TissuePainter(seed, anatomy, raster, mpp);
    SplittableRandom random = new SplittableRandom(seed);
    RgbImage window = new RgbImage(WINDOW, WINDOW);
    byte[] mask = new byte[WINDOW * WINDOW];
    int inTumour = 0;
    int elsewhere = 0;
    while (inTumour < windows || elsewhere < windows) {
      long x0 = random.nextLong(options.width() - WINDOW);
      long y0 = random.nextLong(options.height() - WINDOW);
      raster.paint(x0, y0, WINDOW, WINDOW, mask);
      int pixels = 0;
      for (byte one : mask) {
        pixels += one;
      }
      if (pixels == mask.length && inTumour < windows) {
        painter.paint(x0, y0, window);
        addMean(window, tumour);
        inTumour++;
      } else if (pixels == 0 && elsewhere < windows && isNode(anatomy, x0 * mpp, y0 * mpp, mpp)) {
        painter.paint(x0, y0, window);
        addMean(window, other);
        elsewhere++;
      }
    }
  }

  /** Neither glass nor capsule nor fat at nine points of the window. */
  private static boolean isNode(Anatomy anatomy, double x, double y, double mpp) {
    for (int i = 0; i < 9; i++) {
      double px = x + i % 3 * WINDOW / 2.0 * mpp;
      double py = y + i / 3 * WINDOW / 2.0 * mpp;
      double depth = anatomy.depth(px, py);
      if (depth < 2 * Anatomy.CAPSULE_UM || anatomy.fat(px, py, depth) > 0) {
        return false;
      }
    }
    return true;
  }

  private static void addMean(RgbImage image, double[] sums) {
    double[] sum = new double[3];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int colour = image.at(x, y);
        sum[0] += colour >> 16;
        sum[1] += colour >> 8 & 0xff;
        sum[2] += colour & 0xff;
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      sums[channel] += sum[channel] / (image.width() * image.height());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void rectanglesPaintedApartFitTogether(double variety) {
    SynthOptions options =
        SynthOptions.DEFAULT.withSize(4096, 4096).withLesions(List.of(LesionKind.MICRO));
    Anatomy anatomy = new Anatomy(3, 1024, 1024);
    SyntheticLesion lesion = new LesionPlacement(anatomy, 3, options).place("a").get(0);
    PolygonRaster raster = new PolygonRaster(List.of(lesion.outline()), List.of());
    TissuePainter painter = new TissuePainter(3, anatomy, raster, options.mpp(), variety);
    // In the lesion, so that both lattices of nuclei are there.
    long x0 = (long) lesion.centroid().getX() - 150;
    long y0 = (long) lesion.centroid().getY() - 133;
    RgbImage whole = new RgbImage(333, 301);
    painter.paint(x0, y0, whole);
    int[] columns = {0, 101, 117, 333};
    int[] rows = {0, 64, 223, 301};
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        RgbImage part = new RgbImage(columns[i + 1] - columns[i], rows[j + 1] - rows[j]);
        painter.paint(x0 + columns[i], y0 + rows[j], part);
        for (int y = 0; y < part.height(); y++) {
          for (int x = 0; x < part.width(); x++) {
            assertThat(part.at(x, y)).isEqualTo(whole.at(columns[i] + x, rows[j] + y));
          }
        }
      }
    }
  }
}
