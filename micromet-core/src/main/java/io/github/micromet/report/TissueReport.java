// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.grid.Grid;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.lesion.LesionOutlines;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.tissue.TissueMask;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tissue mask as a picture and as polygons. Threads: stateless. */
public final class TissueReport {
  private TissueReport() {}

  /**
   * The mask as a grey PNG, one pixel a cell, rows x columns uint8: 255 tissue, 0 none. The same
   * file may be given back as a mask.
   *
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void writePng(Path file, TissueMask mask) {
    Grid grid = mask.grid();
    BufferedImage picture =
        new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        picture.getRaster().setSample(column, row, 0, mask.at(row, column) ? 255 : 0);
      }
    }
    Png.write(file, picture);
  }

  /**
   * The outlines of the mask's cells, cut to the slide, as annotations that QuPath imports; one for
   * each area of cells that share an edge, in row-major order of their first cell.
   *
   * @param slideName the slide's file, for the reader of the file
   * @param slideIdentity tells the ids of this slide's annotations from those of another's
   * @param info for the slide's size; with its spacing, each polygon has its area in square microns
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void writeGeoJson(
      Path file, String slideName, String slideIdentity, SlideInfo info, TissueMask mask) {
    // A mask is a map of zeros and ones, and its outlines are traced as lesions are.
    List<Lesion> areas = LesionOutlines.of(asMap(mask), 0, info);
    AtomicFiles.write(
        file,
        out -> {
          try (FeatureStream features =
              new FeatureStream(out, slideIdentity, origin(slideName, slideIdentity, mask))) {
            for (int i = 0; i < areas.size(); i++) {
              Lesion area = areas.get(i);
              Map<String, Number> measured = new LinkedHashMap<>();
              measured.put("Cells", area.cells());
              area.areaUm2().ifPresent(um2 -> measured.put("Tissue area µm^2", um2));
              features.polygon(
                  area.outline(),
                  new FeatureStream.Look("Tissue " + (i + 1), "Tissue", 0, 128, 96),
                  measured);
            }
          }
        });
  }

  private static ProbabilityMap asMap(TissueMask mask) {
    Grid grid = mask.grid();
    ProbabilityMap map = new ProbabilityMap(grid);
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        map.set(row, column, mask.at(row, column) ? 1 : 0);
      }
    }
    return map;
  }

  private static Map<String, Object> origin(
      String slideName, String slideIdentity, TissueMask mask) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("slide", slideName);
    origin.put("slideIdentity", slideIdentity);
    origin.put("coordinates", "pixels of level 0, x right, y down");
    origin.put("rows", mask.grid().rows());
    origin.put("columns", mask.grid().columns());
    origin.put("cellPx", mask.grid().cellPx());
    origin.put("cells", mask.count());
    origin.put("notes", mask.notes());
    return origin;
  }
}
