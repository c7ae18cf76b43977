// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.Slide;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The slide that was read.
 *
 * @param name of its file, without folders
 * @param identity hash over its directories, tile tables and length, hexadecimal
 * @param bytes its file's length
 * @param sha256 of the whole file, hexadecimal; only when asked for
 * @param format the dialect
 * @param reader who read it
 * @param levels finest first
 * @param mpp microns per pixel and who said so; empty when nobody did
 */
public record SlideSource(
    String name,
    String identity,
    long bytes,
    Optional<String> sha256,
    String format,
    String reader,
    List<Level> levels,
    Optional<Spacing> mpp) {

  /** How the description of a slide begins that was painted and shows no patient's tissue. */
  public static final String SYNTHETIC = "Synthetic slide by Micromet";

  public SlideSource {
    Objects.requireNonNull(name);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(format);
    Objects.requireNonNull(reader);
    levels = List.copyOf(levels);
    Objects.requireNonNull(mpp);
  }

  /**
   * What an open slide says of itself.
   *
   * @param bytes its file's length
   * @param mppFrom who gave the spacing, if there is one
   */
  public static SlideSource of(
      Slide slide, long bytes, Spacing.Origin mppFrom, Optional<String> sha256) {
    return new SlideSource(
        slide.name(),
        slide.identity(),
        bytes,
        sha256,
        slide.info().format(),
        slide.info().reader(),
        slide.info().levels(),
        slide.info().mpp().map(mpp -> Spacing.of(mpp, mppFrom)));
  }
}
