// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/** A colour of the painter, 0..255 a channel. */
record Colour(int red, int green, int blue) {
  /** The colour at a share of the way to another, 0..1. */
  Colour towards(Colour other, double share) {
    return new Colour(
        (int) Math.rint(red + (other.red - red) * share),
        (int) Math.rint(green + (other.green - green) * share),
        (int) Math.rint(blue + (other.blue - blue) * share));
  }
}
