// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One place that is read at once, with the labels of the patches it is split into.
 *
 * @param place where the pixels are
 * @param labels 0 or 1, one a patch, row by row: nine for a slide's region of 3 x 3, one for an
 *     image
 */
public record LabelledRegion(Place place, List<Integer> labels) {

  /** Where labelled pixels come from. */
  public sealed interface Place {
    /** The file that holds the pixels. */
    Path file();
  }

  /**
   * A square of a slide's level 0 around a pixel: its corner is centre - size / 2 (whole division).
   *
   * @param file the slide
   * @param centreX0 level-0 pixels
   * @param centreY0 level-0 pixels
   */
  public record OnSlide(Path file, long centreX0, long centreY0) implements Place {
    public OnSlide {
      Objects.requireNonNull(file);
    }
  }

  /**
   * An image of one patch.
   *
   * @param file PNG, TIFF or JPEG of any size
   * @param mpp microns per pixel of the image; NaN if it is the model's own
   */
  public record PatchImage(Path file, double mpp) implements Place {
    public PatchImage {
      Objects.requireNonNull(file);
    }
  }

  public LabelledRegion {
    Objects.requireNonNull(place);
    labels = List.copyOf(labels);
    for (int label : labels) {
      if (label != 0 && label != 1) {
        throw new IllegalArgumentException("a label is 0 or 1, not " + label);
      }
    }
  }
}
