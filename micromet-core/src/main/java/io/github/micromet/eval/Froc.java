// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.LesionResult.Size;
import io.github.micromet.eval.stat.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Free-response ROC of lesions: slides are counted one by one, then summed up.
 *
 * <p>Source: MONAI 1.5 {@code LesionFROC}, {@code compute_fp_tp_probs}, {@code
 * compute_froc_curve_data}, {@code compute_froc_score}; these follow the CAMELYON16 challenge's
 * Evaluation_FROC. One difference in both compats: the reference ends with an IndexError at a
 * detection outside the mask; here it is a false positive and a warning.
 *
 * <p>Threads: stateless.
 */
public final class Froc {
  private static final double MACRO_UM = 2000;
  private static final double ITC_UM = 200; // pN0(i+), whatever the protocol calls a target

  private static final int MOST_GROWTH = 10_000; // cells; below what GrownTumour can hold

  private Froc() {}

  /** How many cells lesions grow by. */
  public static double growthCells(Protocol protocol, double slideSpacing) {
    return protocol.growthUm() / (protocol.cellUm(slideSpacing) * 2);
  }

  /** Major axis in cells below which a lesion is isolated tumour cells. */
  public static double itcCells(Protocol protocol, double slideSpacing) {
    return (protocol.itcUm() + protocol.growthUm()) / protocol.cellUm(slideSpacing);
  }

  /** The lesions of a mask by a protocol. */
  public static LesionMask lesions(
      TumourMask mask, Protocol protocol, double slideSpacing, Compat compat) {
    double growth = growthCells(protocol, slideSpacing);
    if (growth >= MOST_GROWTH) {
      throw new MicrometException(
          ErrorKind.USAGE,
          protocol.title(),
          String.format(
              Locale.ROOT,
              "grows lesions by %s um, which are %.0f cells of %s um",
              protocol.growthUm(),
              growth,
              protocol.cellUm(slideSpacing)),
          "Check --spacing and --level.");
    }
    return LesionMask.of(
        mask,
        value -> protocol.isTumour(value, compat),
        growth,
        itcCells(protocol, slideSpacing),
        compat);
  }

  /**
   * Counts one slide.
   *
   * @param points its detections
   * @param truth its lesions at the protocol's level
   * @param slideSpacing micrometres of its level-0 pixel, where the protocol has none of its own
   * @param maxProbability of its map or detections
   */
  public static SlideCount count(
      String slide,
      List<ScoredPoint> points,
      LesionMask truth,
      Protocol protocol,
      double slideSpacing,
      double maxProbability) {
    double cellPx = Math.scalb(1.0, protocol.level());
    double[] best = new double[truth.blobs().size() + 1];
    List<FalsePositive> falsePositives = new ArrayList<>();
    int outside = 0;
    int onPhantom = 0;
    for (ScoredPoint point : points) {
      long row = (long) (point.y() / cellPx);
      long column = (long) (point.x() / cellPx);
      int label = truth.labelAt(row, column);
      outside += truth.covers(row, column) ? 0 : 1;
      if (label == 0) {
        falsePositives.add(new FalsePositive(slide, point.probability(), point.x(), point.y()));
      } else {
        onPhantom += truth.isPhantom() ? 1 : 0;
        best[label] = Math.max(best[label], point.probability());
      }
    }
    List<LesionResult> lesions = new ArrayList<>();
    if (!truth.isPhantom()) {
      for (LesionMask.Blob blob : truth.blobs()) {
        lesions.add(lesion(slide, blob, best[blob.label()], protocol, slideSpacing));
      }
    }
    return new SlideCount(
        slide,
        lesions,
        falsePositives,
        truth.isPhantom(),
        maxProbability,
        warnings(slide, truth, outside, onPhantom));
  }

  private static List<String> warnings(String slide, LesionMask truth, int outside, int onPhantom) {
    List<String> warnings = new ArrayList<>();
    if (outside > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s: %d detections lie outside the mask of %d x %d cells and count as false positives"
                  + " (map and mask of different slides or levels?); the reference fails here.",
              slide,
              outside,
              truth.rows(),
              truth.columns()));
    }
    if (onPhantom > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s: the mask is empty, and %d detections in its first corner are not counted,"
                  + " because the reference sees a lesion there; --compat correct counts them.",
              slide,
              onPhantom));
    }
    return warnings;
  }

  private static LesionResult lesion(
      String slide,
      LesionMask.Blob blob,
      double probability,
      Protocol protocol,
      double slideSpacing) {
    double cellUm = protocol.cellUm(slideSpacing);
    double cellPx = Math.scalb(1.0, protocol.level());
    // The mask was grown by half of growthUm on each side.
    double longest = Math.max(0, blob.majorAxis() * cellUm - protocol.growthUm());
    return new LesionResult(
        slide,
        blob.label(),
        size(blob, longest, protocol),
        !blob.itc(),
        probability,
        longest,
        blob.cells() * cellUm * cellUm,
        (blob.middleColumn() + 0.5) * cellPx,
        (blob.middleRow() + 0.5) * cellPx);
  }

  private static Size size(LesionMask.Blob blob, double longestUm, Protocol protocol) {
    boolean sameLimit = protocol.itcUm() == ITC_UM;
    if (sameLimit ? blob.itc() : longestUm < ITC_UM) {
      return Size.ITC;
    }
    return longestUm > MACRO_UM ? Size.MACRO : Size.MICRO;
  }

  /**
   * Sums up.
   *
   * @param slides every slide that counts, also those where nothing fired
   * @param warnings of the evaluation as a whole; those of the slides follow
   * @throws IllegalArgumentException if there is no slide
   */
  public static FrocResult of(
      List<SlideCount> slides,
      Protocol protocol,
      Compat compat,
      Optional<Interval> interval,
      List<String> warnings) {
    FrocSum sum = new FrocSum(slides);
    FrocCurve curve = sum.curve();
    List<Double> sensitivities = FrocSum.sensitivities(curve, protocol.rates());
    List<String> all = new ArrayList<>(warnings);
    slides.forEach(slide -> all.addAll(slide.warnings()));
    return new FrocResult(
        protocol.title(),
        compat.word(),
        curve,
        FrocSum.mean(sensitivities),
        interval,
        protocol.rates(),
        sensitivities,
        slides.stream().map(Froc::score).toList(),
        slides.stream().flatMap(slide -> slide.lesions().stream()).toList(),
        slides.stream()
            .flatMap(slide -> slide.falsePositives().stream())
            .sorted(Comparator.comparingDouble(FalsePositive::probability).reversed())
            .toList(),
        all);
  }

  private static SlideScore score(SlideCount slide) {
    int found =
        (int) slide.lesions().stream().filter(each -> each.target() && each.found()).count();
    return new SlideScore(
        slide.slide(),
        slide.lesions().size(),
        slide.targets(),
        found,
        slide.falsePositives().size(),
        slide.maxProbability());
  }
}
