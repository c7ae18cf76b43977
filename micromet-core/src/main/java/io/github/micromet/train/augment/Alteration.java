// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that happens to one patch, in this order.
 *
 * @param jitter of its colours
 * @param stain of its stains
 * @param flip reverses both axes
 * @param quarters counter-clockwise, 0..3
 * @param zoom factor; empty leaves the patch as it is
 */
record Alteration(
    ColorJitter jitter,
    Optional<StainShift> stain,
    boolean flip,
    int quarters,
    OptionalDouble zoom) {

  /**
   * Writes the altered patch.
   *
   * @param rgb size,size,3 uint8; is overwritten
   * @param into size,size,3 float32, 0..255
   */
  void apply(byte[] rgb, int size, float[] into) {
    jitter.apply(rgb);
    stain.ifPresent(shift -> shift.apply(rgb));
    QuarterTurns.turn(rgb, size, quarters + (flip ? 2 : 0));
    if (zoom.isPresent()) {
      AreaZoom.zoom(rgb, size, zoom.getAsDouble(), into);
    } else {
      for (int i = 0; i < rgb.length; i++) {
        into[i] = rgb[i] & 0xff;
      }
    }
  }
}
