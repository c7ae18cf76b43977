// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.codec.ScratchPool;
import io.github.micromet.slide.codec.TileLayout;
import io.github.micromet.slide.tile.TileSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** From a pyramid of directories to stored tiles with all that is said of them. */
final class TiffOpening {
  private TiffOpening() {}

  static TileSource tiles(TiffFile file, String format, Pyramid pyramid, ScratchPool pool)
      throws TiffException, IOException {
    List<TiffImage> images = new ArrayList<>();
    for (TiffDirectory directory : pyramid.levels()) {
      images.add(TiffImage.of(file, directory, pool));
    }
    SortedMap<String, TiffImage> associated = associated(file, pyramid, pool);
    List<Level> levels = levels(images);
    SlideInfo info =
        new SlideInfo(
            format,
            "micromet",
            levels,
            pyramid.mpp(),
            pyramid.objectivePower(),
            TiffProperties.of(format, pyramid, levels),
            new TreeSet<>(associated.keySet()));
    return new TiffTiles(file, info, images, associated, TiffIdentity.of(file), pool);
  }

  private static List<Level> levels(List<TiffImage> images) {
    List<Level> levels = new ArrayList<>();
    TiffLayout finest = images.get(0).layout();
    for (TiffImage image : images) {
      TiffLayout layout = image.layout();
      TileLayout tile = layout.tile();
      double downsample =
          ((double) finest.width() / layout.width() + (double) finest.height() / layout.height())
              / 2;
      levels.add(
          new Level(
              levels.size(),
              layout.width(),
              layout.height(),
              downsample,
              tile.width(),
              tile.height()));
    }
    return levels;
  }

  /** Those that can be read; a slide is no worse for a label in a strange layout. */
  private static SortedMap<String, TiffImage> associated(
      TiffFile file, Pyramid pyramid, ScratchPool pool) throws IOException {
    SortedMap<String, TiffImage> found = new TreeMap<>();
    for (Map.Entry<String, TiffDirectory> entry : pyramid.associated().entrySet()) {
      try {
        TiffImage image = TiffImage.of(file, entry.getValue(), pool);
        if (image.isSmall()) {
          found.put(entry.getKey(), image);
        }
      } catch (TiffException e) {
        continue;
      }
    }
    return found;
  }
}
