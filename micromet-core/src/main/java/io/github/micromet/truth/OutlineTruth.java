// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.util.List;

/** Truth from outlines. */
final class OutlineTruth implements SlideTruth {
  private final PolygonRaster raster;
  private final RegionLabels labels;
  private final List<String> notes;

  OutlineTruth(TruthPolygons truth) {
    raster = truth.raster();
    labels = new RegionLabels(truth);
    notes = OutlineCheck.leftOut(truth).stream().toList();
  }

  @Override
  public boolean nearTumour(double x0, double y0) {
    return raster.at(x0, y0);
  }

  @Override
  public boolean tumourAt(long x0, long y0) {
    return raster.at(x0, y0);
  }

  @Override
  public List<Integer> labels(long centreX0, long centreY0) {
    return labels.at(centreX0, centreY0);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
