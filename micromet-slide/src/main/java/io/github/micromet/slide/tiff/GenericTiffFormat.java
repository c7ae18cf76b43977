// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Any other TIFF, by OpenSlide's rule: the first directory is level 0, further ones with the bit
 * for a reduced picture (tag 254) are levels too, as CAMELYON's files are laid out. Unlike
 * OpenSlide this takes strips as well. It comes last, so its reason against a file is the most
 * telling one.
 */
public final class GenericTiffFormat extends TiffFormat {
  @Override
  public String name() {
    return "generic-tiff";
  }

  /** Whether a file starts as every TIFF does, readable or not. */
  public static boolean isTiff(ByteSource file) throws IOException {
    return TiffFile.hasMagic(file);
  }

  @Override
  Optional<String> notMine(TiffFile file) throws TiffException, IOException {
    Dialect dialect = Dialect.of(file);
    return switch (dialect) {
      case GENERIC -> Optional.empty();
      case APERIO -> Optional.of(besides(dialect, new AperioFormat().refusal(file)));
      case OME -> Optional.of(besides(dialect, new OmeTiffFormat().refusal(file)));
      case HAMAMATSU, LEICA, PHILIPS, TRESTLE, VENTANA ->
          Optional.of("it is " + dialect.words() + ", which Micromet leaves to libopenslide");
    };
  }

  private static String besides(Dialect dialect, Optional<String> refusal) {
    return "it is " + dialect.words() + ": " + refusal.orElse("a format of its own");
  }

  @Override
  Pyramid pyramid(TiffFile file) throws TiffException, IOException {
    return new Pyramid(
        Pyramid.byWidth(levels(file.directories())),
        new TreeMap<>(),
        Resolution.of(file.directories().get(0)),
        OptionalDouble.empty(),
        new TreeMap<>());
  }

  /** The first directory and the reduced ones that are stored alike. */
  static List<TiffDirectory> levels(List<TiffDirectory> chain) throws TiffException, IOException {
    TiffDirectory first = chain.get(0);
    List<TiffDirectory> levels = new ArrayList<>(List.of(first));
    for (TiffDirectory directory : chain.subList(1, chain.size())) {
      // A stripped directory in a tiled file is a thumbnail, a mask or a label.
      if (Pyramid.isReduced(directory)
          && TiffLayout.isTiled(directory) == TiffLayout.isTiled(first)) {
        levels.add(directory);
      }
    }
    return levels;
  }
}
