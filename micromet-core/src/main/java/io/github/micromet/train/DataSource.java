// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.train.label.LabelledRegion.PatchImage;
import io.github.micromet.train.label.LabelledRegion.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A list of labelled regions in short.
 *
 * @param files slides or images
 * @param regions read from them
 * @param patches that the regions are split into
 * @param positive patches of label 1
 * @param sha256 of one line a region: name and length of its file, its place, its labels;
 *     hexadecimal. Folders do not count, so data may be moved
 */
public record DataSource(int files, int regions, long patches, long positive, String sha256) {

  static DataSource of(List<LabelledRegion> regions) {
    Map<Path, Long> lengths = new HashMap<>();
    long patches = 0;
    long positive = 0;
    MessageDigest digest = digest();
    for (LabelledRegion region : regions) {
      patches += region.labels().size();
      positive += region.labels().stream().filter(label -> label == 1).count();
      long length = lengths.computeIfAbsent(region.place().file(), DataSource::length);
      String line = text(region.place()) + " " + length + " " + region.labels() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return new DataSource(
        lengths.size(),
        regions.size(),
        patches,
        positive,
        HexFormat.of().formatHex(digest.digest()));
  }

  /** A place as people find it again: {@code tumor_001.tif (1200, 3400)}. */
  static String text(Place place) {
    String name = String.valueOf(place.file().getFileName());
    if (place instanceof OnSlide slide) {
      return name + " (" + slide.centreX0() + ", " + slide.centreY0() + ")";
    }
    double mpp = ((PatchImage) place).mpp();
    return Double.isNaN(mpp) ? name : name + " at " + mpp + " um";
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Check the path.",
          e);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
