// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.util.List;
import java.util.Optional;

/**
 * An open whole-slide image.
 *
 * <p>Threads: safe for many readers at once; close it once, when none is reading.
 */
public interface Slide extends AutoCloseable {
  /** The file's name without its folder. */
  String name();

  SlideInfo info();

  /**
   * Reads one region into {@code into}, as 8-bit RGB, rows x columns x 3, sRGB as stored (no ICC
   * transform).
   *
   * <p>The origin is in level-0 pixels and the size in pixels of {@code at.level()}, the frame of
   * OpenSlide and of MONAI's WSIReader. An origin between two pixels of the level is rounded to the
   * nearest: level pixel = floor(x0 / downsample + 0.5). Pixels outside the slide and missing tiles
   * have the fill colour given at open and are invalid; tiles that cannot be decoded are white,
   * invalid, and added to {@link #faults()}. The region is complete or an exception is thrown: no
   * half-filled image.
   *
   * @throws IllegalArgumentException if the level does not exist or {@code into} has another size
   * @throws IllegalStateException if the slide is closed
   * @throws CorruptSlideException if the file cannot be read at all (a disk error, or it changed
   *     since it was opened)
   */
  void readRegion(Region at, RgbImage into);

  /** Reads one region into a new picture. */
  default RgbImage read(Region at) {
    RgbImage image = new RgbImage(at.width(), at.height());
    readRegion(at, image);
    return image;
  }

  /**
   * The picture of that name beside the pyramid ({@code label}, {@code macro}, {@code thumbnail}).
   */
  Optional<RgbImage> associated(String name);

  /** Tiles found corrupt so far, each once, in order of level, row, column. */
  List<TileFault> faults();

  /**
   * A hash that tells slides apart without reading every pixel: over the file's directories, tile
   * tables and length. Hexadecimal SHA-256.
   */
  String identity();

  @Override
  void close();
}
