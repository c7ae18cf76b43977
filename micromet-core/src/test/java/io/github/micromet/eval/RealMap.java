// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.TestData;
import io.github.micromet.grid.Grid;
import io.github.micromet.map.ProbabilityMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * A real network's map of a CAMELYON17 slide with its truth, one cell for 32 x 32 level-0 pixels;
 * both are kept as grey JPEG: probability x 200, truth from 128 on.
 */
record RealMap(ProbabilityMap map, TumourMask truth) {
  static RealMap read(String slide) throws IOException {
    BufferedImage probability =
        ImageIO.read(TestData.file("maps/" + slide + "_probability.jpg").toFile());
    BufferedImage truth = ImageIO.read(TestData.file("maps/" + slide + "_truth.jpg").toFile());
    Grid grid = new Grid(probability.getHeight(), probability.getWidth(), 32);
    double[] values = new double[grid.cells()];
    byte[] mask = new byte[grid.cells()];
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        int grey = probability.getRaster().getSample(column, row, 0);
        values[grid.index(row, column)] = Math.min(grey / 200.0, 1);
        mask[grid.index(row, column)] =
            (byte) (truth.getRaster().getSample(column, row, 0) >= 128 ? 1 : 0);
      }
    }
    return new RealMap(
        new ProbabilityMap(grid, values), new TumourMask(grid.rows(), grid.columns(), mask));
  }
}
