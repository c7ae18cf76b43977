// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The rules of an evaluation that are data, not code: {@link Protocols} reads them.
 *
 * @param name e.g. {@code monai-48}
 * @param version of these rules
 * @param source where the rules stand, sentences
 * @param level of the mask and of its cells: a cell is 2^level level-0 pixels
 * @param spacing micrometres of a level-0 pixel; empty: each slide's own
 * @param maskValue of tumour in the mask
 * @param anyMaskValue whether every other value but 0 is tumour too where the compat is correct
 * @param slides which slides count
 * @param exclusions names of slides that do not count, whatever their case
 * @param exclusionsFromUser whether the user has to give the list of exclusions, because none is
 *     published in a form that can be named
 * @param expectedSlides how many slides count where the data are whole; empty if that is not known
 * @param growthUm a detection this near to a lesion hits it, twice the distance by which lesions
 *     are grown
 * @param itcUm a lesion up to this long is isolated tumour cells and no target
 * @param rates false positives a slide at which sensitivity is read
 * @param box edge of the square in map cells that a peak empties
 * @param threshold a peak of the map is above it
 */
public record Protocol(
    String name,
    String version,
    List<String> source,
    int level,
    OptionalDouble spacing,
    int maskValue,
    boolean anyMaskValue,
    SlideRule slides,
    List<String> exclusions,
    boolean exclusionsFromUser,
    OptionalInt expectedSlides,
    double growthUm,
    double itcUm,
    List<Double> rates,
    int box,
    double threshold) {

  /** The coarsest level. */
  public static final int MOST_LEVEL = 20;

  /** Which slides count. */
  public enum SlideRule {
    /** Those with a truth file; a slide without one is an error, as in MONAI's script. */
    WITH_TRUTH,
    /** All; one without a truth file is tumour-free, as in the challenge's script. */
    ALL
  }

  public Protocol {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    Objects.requireNonNull(spacing);
    Objects.requireNonNull(slides);
    Objects.requireNonNull(expectedSlides);
    source = List.copyOf(source);
    exclusions = List.copyOf(exclusions);
    rates = List.copyOf(rates);
    check(level >= 0 && level <= MOST_LEVEL, "level " + level);
    check(spacing.isEmpty() || spacing.getAsDouble() > 0, "spacing " + spacing);
    check(maskValue > 0 && maskValue < 256, "maskValue " + maskValue);
    check(growthUm >= 0 && itcUm >= 0, "growthUm " + growthUm + " or itcUm " + itcUm);
    check(!rates.isEmpty() && rates.stream().allMatch(rate -> rate >= 0), "rates " + rates);
    check(box > 0 && threshold >= 0, "box " + box + " or threshold " + threshold);
  }

  /** Rules whose exclusions are all named, for whatever number of slides. */
  public Protocol(
      String name,
      String version,
      List<String> source,
      int level,
      OptionalDouble spacing,
      int maskValue,
      boolean anyMaskValue,
      SlideRule slides,
      List<String> exclusions,
      double growthUm,
      double itcUm,
      List<Double> rates,
      int box,
      double threshold) {
    this(
        name,
        version,
        source,
        level,
        spacing,
        maskValue,
        anyMaskValue,
        slides,
        exclusions,
        false,
        OptionalInt.empty(),
        growthUm,
        itcUm,
        rates,
        box,
        threshold);
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what + " is out of range");
    }
  }

  /** Name and version, e.g. {@code monai-48 1}, and what was changed: {@code , level 5}. */
  public String title() {
    return name + " " + version;
  }

  /** Whether a slide of that name does not count. */
  public boolean excludes(String slide) {
    Set<String> names = new HashSet<>();
    exclusions.forEach(each -> names.add(each.toLowerCase(Locale.ROOT)));
    return names.contains(slide.toLowerCase(Locale.ROOT));
  }

  /** Whether a value of a mask is tumour. */
  public boolean isTumour(int value, Compat compat) {
    return switch (compat) {
      case MONAI -> value == maskValue;
      case CORRECT -> anyMaskValue ? value != 0 : value == maskValue;
    };
  }

  /** Micrometres of a mask cell of a slide whose level-0 pixel has that size. */
  public double cellUm(double slideSpacing) {
    return spacing.orElse(slideSpacing) * Math.scalb(1.0, level);
  }

  /** At another level, which the title says. */
  public Protocol withLevel(int other) {
    return with(other == level ? "" : ", level " + other, other, spacing, exclusions);
  }

  /** With another spacing, which the title says. */
  public Protocol withSpacing(OptionalDouble other) {
    String said =
        other.isPresent() ? ", spacing " + other.getAsDouble() : ", each slide's own spacing";
    return with(other.equals(spacing) ? "" : said, level, other, exclusions);
  }

  /** With other exclusions, which the title says unless the rules ask for them. */
  public Protocol withExclusions(List<String> other) {
    boolean same = exclusionsFromUser || Set.copyOf(other).equals(Set.copyOf(exclusions));
    return with(same ? "" : ", own exclusions", level, spacing, other);
  }

  private Protocol with(
      String said, int otherLevel, OptionalDouble otherSpacing, List<String> others) {
    return new Protocol(
        name,
        version + said,
        source,
        otherLevel,
        otherSpacing,
        maskValue,
        anyMaskValue,
        slides,
        others,
        exclusionsFromUser,
        expectedSlides,
        growthUm,
        itcUm,
        rates,
        box,
        threshold);
  }
}
