// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.codec.PictureFile;
import io.github.micromet.train.label.LabelledRegion.PatchImage;

/**
 * An image file as one patch: brought to the model's spacing, then cut to its window.
 *
 * <p>The middle is kept of what is larger. What is smaller is continued by its mirror image:
 * stretched edges would be streaks, and a plain colour would be a background, neither of which is
 * tissue. Threads: stateless.
 */
final class PatchPicture {
  private PatchPicture() {}

  /** window,window,3 uint8. */
  static RgbImage read(PatchImage image, SampleOptions options) {
    RgbImage picture = PictureFile.read(image.file());
    if (!Double.isNaN(image.mpp())) {
      double scale = image.mpp() / options.modelMpp();
      int width = scaled(picture.width(), scale);
      int height = scaled(picture.height(), scale);
      picture = Resampling.middle(picture, width, height, options.window());
    }
    return middle(picture, options.window());
  }

  private static int scaled(int pixels, double scale) {
    return Math.max(1, (int) Math.round(pixels * scale));
  }

  /** The square of that size around the middle; its mirror image where the picture ends. */
  static RgbImage middle(RgbImage picture, int size) {
    int left = Math.floorDiv(picture.width() - size, 2);
    int top = Math.floorDiv(picture.height() - size, 2);
    RgbImage out = new RgbImage(size, size);
    for (int y = 0; y < size; y++) {
      int row = mirrored(top + y, picture.height());
      for (int x = 0; x < size; x++) {
        out.set(x, y, picture.at(mirrored(left + x, picture.width()), row));
      }
    }
    return out;
  }

  /** Reflected at the first and last pixel, which are not repeated: 2 1 0 1 2 ... */
  private static int mirrored(int at, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int within = Math.floorMod(at, period);
    return within < length ? within : period - within;
  }
}
