// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Mpp;
import io.github.micromet.tissue.TissueMask;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Polygon;

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
   * The outlines of the mask's cells, as annotations that QuPath imports, in level-0 pixels.
   *
   * @param slideName the slide's file, for the reader of the file
   * @param slideIdentity tells the ids of this slide's annotations from those of another's
   * @param mpp of level 0; when known, each polygon has its area in square microns
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void writeGeoJson(
      Path file, String slideName, String slideIdentity, Optional<Mpp> mpp, TissueMask mask) {
    List<Polygon> areas = CellShapes.of(mask);
    AtomicFiles.write(
        file,
        out -> {
          try (FeatureStream features =
              new FeatureStream(out, slideIdentity, origin(slideName, slideIdentity, mask))) {
            for (int i = 0; i < areas.size(); i++) {
              Map<String, Number> measured = new LinkedHashMap<>();
              double areaPx = areas.get(i).getArea();
              measured.put("Cells", cells(areaPx, mask.grid()));
              mpp.ifPresent(
                  known -> measured.put("Tissue area µm^2", areaPx * known.x() * known.y()));
              features.polygon(
                  areas.get(i),
                  new FeatureStream.Look("Tissue " + (i + 1), "Tissue", 0, 128, 96),
                  measured);
            }
          }
        });
  }

  private static int cells(double areaPx, Grid grid) {
    return (int) Math.rint(areaPx / (grid.cellPx() * grid.cellPx()));
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
