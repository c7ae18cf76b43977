// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.train.label.LabelledRegion.PatchImage;
import io.github.micromet.train.label.LabelledRegion.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a place and cuts it into its patches.
 *
 * <p>A slide's region of many labels is split as MONAI's GridSplit does: row by row, the starts one
 * {@link SampleOptions#step} apart, so neighbours may overlap or leave a gap. One of a single label
 * is one window around its centre.
 *
 * <p>Threads: one at a time; what is returned is valid until the next call.
 */
final class RegionPatches {
  private final OpenSlides slides;
  private final SampleOptions options;
  private final RgbImage region;
  private final List<byte[]> buffers = new ArrayList<>(); // window,window,3 uint8 each

  RegionPatches(OpenSlides slides, SampleOptions options) {
    this.slides = slides;
    this.options = options;
    this.region = new RgbImage(options.regionSize(), options.regionSize());
    for (int i = 0; i < options.patches(); i++) {
      buffers.add(new byte[options.window() * options.window() * 3]);
    }
  }

  /** As many patches as labels, window,window,3 uint8 each; the caller may overwrite them. */
  List<byte[]> of(LabelledRegion labelled) {
    int labels = labelled.labels().size();
    Place place = labelled.place();
    if (labels != 1 && (labels != options.patches() || place instanceof PatchImage)) {
      throw new IllegalArgumentException(
          place.file() + " has " + labels + " labels, not 1 or " + options.patches());
    }
    if (place instanceof OnSlide on) {
      return labels == 1 ? window(on) : split(on);
    }
    PatchImage image = (PatchImage) place;
    copy(PatchPicture.read(image, options), 0, 0, buffers.get(0));
    return buffers.subList(0, 1);
  }

  private List<byte[]> window(OnSlide on) {
    RgbImage patch =
        RgbImage.view(ByteBuffer.wrap(buffers.get(0)), options.window(), options.window());
    read(on, patch);
    return buffers.subList(0, 1);
  }

  private List<byte[]> split(OnSlide on) {
    read(on, region);
    for (int i = 0; i < options.patches(); i++) {
      int top = i / options.gridSide() * options.step();
      int left = i % options.gridSide() * options.step();
      copy(region, left, top, buffers.get(i));
    }
    return buffers;
  }

  private void read(OnSlide on, RgbImage into) {
    int size = into.width();
    into.markAllValid();
    try (OpenSlides.Lease lease = slides.lease(on.file())) {
      long x0 = on.centreX0() - size / 2;
      long y0 = on.centreY0() - size / 2;
      lease.slide().readRegion(new Region(x0, y0, 0, size, size), into);
    }
  }

  private void copy(RgbImage from, int left, int top, byte[] patch) {
    ByteBuffer rgb = from.rgb();
    int line = options.window() * 3;
    for (int row = 0; row < options.window(); row++) {
      rgb.get(((top + row) * from.width() + left) * 3, patch, row * line, line);
    }
  }
}
