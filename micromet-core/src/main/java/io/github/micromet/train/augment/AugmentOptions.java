// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

/**
 * How far patches are altered.
 *
 * @param brightness factors are drawn from 1 - this to 1 + this
 * @param contrast factors are drawn from 1 - this to 1 + this
 * @param saturation factors are drawn from 1 - this to 1 + this
 * @param hue turns are drawn from -this to this, in parts of the colour circle
 * @param flip probability that both axes are reversed
 * @param quarterTurn probability that the patch is turned by one, two or three quarters
 * @param zoom probability that the patch is zoomed
 * @param smallestZoom factor
 * @param largestZoom factor
 * @param stain 0 leaves the stains alone; else each stain is scaled by 1 - this to 1 + this, and
 *     -this to this is added
 */
public record AugmentOptions(
    double brightness,
    double contrast,
    double saturation,
    double hue,
    double flip,
    double quarterTurn,
    double zoom,
    double smallestZoom,
    double largestZoom,
    double stain) {
  /** MONAI's pathology tumor detection bundle: configs/train.json. */
  public static final AugmentOptions REFERENCE =
      new AugmentOptions(0.25, 0.75, 0.25, 0.04, 0.5, 0.5, 0.5, 0.9, 1.1, 0);

  /** What Tellez et al. call light. */
  public static final double LIGHT_STAIN = 0.05;

  public AugmentOptions {
    within("brightness", brightness, 0, 1);
    within("contrast", contrast, 0, 1);
    within("saturation", saturation, 0, 1);
    within("hue", hue, 0, 0.5);
    within("flip", flip, 0, 1);
    within("quarterTurn", quarterTurn, 0, 1);
    within("zoom", zoom, 0, 1);
    within("smallestZoom", smallestZoom, 0.1, 10);
    within("largestZoom", largestZoom, smallestZoom, 10);
    within("stain", stain, 0, 1);
  }

  /** These, with stains altered too. */
  public AugmentOptions withStain(double amount) {
    return new AugmentOptions(
        brightness,
        contrast,
        saturation,
        hue,
        flip,
        quarterTurn,
        zoom,
        smallestZoom,
        largestZoom,
        amount);
  }

  /** These, with colours left alone: flips, turns and zoom stay. */
  public AugmentOptions withoutJitter() {
    return new AugmentOptions(
        0, 0, 0, 0, flip, quarterTurn, zoom, smallestZoom, largestZoom, stain);
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
    }
  }
}
