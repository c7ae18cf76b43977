// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/**
 * The functions of openslide.h that are used here, the same in 3.4 and 4.0. Names are the
 * library's; strings are UTF-8; {@code -1} and null pointers tell of errors.
 */
interface OpenSlideApi extends Library {
  String openslide_get_version();

  String openslide_detect_vendor(String filename);

  Pointer openslide_open(String filename);

  void openslide_close(Pointer slide);

  String openslide_get_error(Pointer slide);

  int openslide_get_level_count(Pointer slide);

  void openslide_get_level_dimensions(Pointer slide, int level, long[] width, long[] height);

  double openslide_get_level_downsample(Pointer slide, int level);

  /** Fills width x height premultiplied ARGB in the machine's byte order. */
  void openslide_read_region(
      Pointer slide, Pointer argb, long x0, long y0, int level, long width, long height);

  Pointer openslide_get_property_names(Pointer slide);

  String openslide_get_property_value(Pointer slide, String name);

  Pointer openslide_get_associated_image_names(Pointer slide);

  void openslide_get_associated_image_dimensions(
      Pointer slide, String name, long[] width, long[] height);

  void openslide_read_associated_image(Pointer slide, String name, Pointer argb);
}
