// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import java.util.List;

/**
 * A cohort to paint.
 *
 * @param tumourSlides slides {@code tumor_001} and on, with mask and annotations
 * @param normalSlides slides {@code normal_001} and on, without
 * @param width of level 0; a multiple of 64 makes the downsample of level 6 exactly 64
 * @param height of level 0
 * @param seed the same seed and options give the same bytes
 * @param mpp microns per pixel of level 0
 * @param lesions of each tumour slide
 * @param jpegQuality 1..100
 */
public record SynthOptions(
    int tumourSlides,
    int normalSlides,
    int width,
    int height,
    long seed,
    double mpp,
    List<LesionKind> lesions,
    int jpegQuality) {
  /** The least width and height in pixels; smaller pictures hold no lymph node. */
  public static final int LEAST = 512;

  private static final int MOST = 400_000;

  /** One tumour slide of 20,480 x 20,480 at 0.25 microns with a lesion of each kind. */
  public static final SynthOptions DEFAULT =
      new SynthOptions(
          1,
          0,
          20_480,
          20_480,
          1,
          0.25,
          List.of(LesionKind.MACRO, LesionKind.MICRO, LesionKind.ITC),
          80);

  public SynthOptions {
    lesions = List.copyOf(lesions);
    if (tumourSlides < 0 || normalSlides < 0 || tumourSlides + normalSlides > 999) {
      throw new IllegalArgumentException("a cohort has 0..999 slides");
    }
    if (width < LEAST || height < LEAST || width > MOST || height > MOST) {
      throw new IllegalArgumentException(
          "a slide is " + LEAST + ".." + MOST + " pixels wide and high");
    }
    if (!(mpp >= 0.1 && mpp <= 2)) {
      throw new IllegalArgumentException("mpp is 0.1..2, not " + mpp);
    }
    if (jpegQuality < 1 || jpegQuality > 100) {
      throw new IllegalArgumentException("a JPEG quality is 1..100, not " + jpegQuality);
    }
  }

  public SynthOptions withSlides(int tumour, int normal) {
    return new SynthOptions(tumour, normal, width, height, seed, mpp, lesions, jpegQuality);
  }

  public SynthOptions withSize(int newWidth, int newHeight) {
    return new SynthOptions(
        tumourSlides, normalSlides, newWidth, newHeight, seed, mpp, lesions, jpegQuality);
  }

  public SynthOptions withSeed(long newSeed) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, newSeed, mpp, lesions, jpegQuality);
  }

  public SynthOptions withMpp(double newMpp) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, seed, newMpp, lesions, jpegQuality);
  }

  public SynthOptions withLesions(List<LesionKind> kinds) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, seed, mpp, kinds, jpegQuality);
  }
}
