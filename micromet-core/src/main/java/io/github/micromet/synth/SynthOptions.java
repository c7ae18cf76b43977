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
 * @param variety 0: all slides look alike and each tissue has its own colours; towards 1: each
 *     slide is stained by itself, stain and the tint of nuclei drift within it, and tumour shares
 *     its colours with the rest of the node
 */
public record SynthOptions(
    int tumourSlides,
    int normalSlides,
    int width,
    int height,
    long seed,
    double mpp,
    List<LesionKind> lesions,
    int jpegQuality,
    double variety) {
  /** The least width and height in pixels; smaller pictures hold no lymph node. */
  public static final int LEAST = 512;

  /** Slides of one cohort. */
  static final int MOST_SLIDES = 999;

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
          80,
          0);

  public SynthOptions {
    lesions = List.copyOf(lesions);
    if (tumourSlides < 0 || normalSlides < 0 || tumourSlides + normalSlides > MOST_SLIDES) {
      throw new IllegalArgumentException("a cohort has 0.." + MOST_SLIDES + " slides");
    }
    checkSize(width, height);
    if (!(mpp >= 0.1 && mpp <= 2)) {
      throw new IllegalArgumentException("mpp is 0.1..2, not " + mpp);
    }
    if (jpegQuality < 1 || jpegQuality > 100) {
      throw new IllegalArgumentException("a JPEG quality is 1..100, not " + jpegQuality);
    }
    if (!(variety >= 0 && variety <= 1)) {
      throw new IllegalArgumentException("the variety is 0..1, not " + variety);
    }
  }

  static void checkSize(int width, int height) {
    if (width < LEAST || height < LEAST || width > MOST || height > MOST) {
      throw new IllegalArgumentException(
          "a slide is " + LEAST + ".." + MOST + " pixels wide and high");
    }
  }

  public SynthOptions withSlides(int tumour, int normal) {
    return new SynthOptions(
        tumour, normal, width, height, seed, mpp, lesions, jpegQuality, variety);
  }

  public SynthOptions withSize(int newWidth, int newHeight) {
    return new SynthOptions(
        tumourSlides, normalSlides, newWidth, newHeight, seed, mpp, lesions, jpegQuality, variety);
  }

  public SynthOptions withSeed(long newSeed) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, newSeed, mpp, lesions, jpegQuality, variety);
  }

  public SynthOptions withMpp(double newMpp) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, seed, newMpp, lesions, jpegQuality, variety);
  }

  public SynthOptions withLesions(List<LesionKind> kinds) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, seed, mpp, kinds, jpegQuality, variety);
  }

  public SynthOptions withVariety(double newVariety) {
    return new SynthOptions(
        tumourSlides, normalSlides, width, height, seed, mpp, lesions, jpegQuality, newVariety);
  }
}
