// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.FrocJson;
import io.github.micromet.eval.LesionResult;
import io.github.micromet.eval.SlideBootstrap;
import io.github.micromet.eval.SlideBootstrap.Comparison;
import io.github.micromet.eval.SlideCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Two evaluations of the same slides, side by side. */
final class FrocComparison {
  private static final int FEWEST_DRAWS = 100;

  private FrocComparison() {}

  static String text(Path first, Path second, int draws, long seed) {
    if (draws < FEWEST_DRAWS) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--draws " + draws,
          "are too few to compare two evaluations",
          "Give " + FEWEST_DRAWS + " or more; the default is " + SlideBootstrap.DRAWS + ".");
    }
    FrocJson.Read a = read(first);
    FrocJson.Read b = read(second);
    check(a, b, first, second);
    Comparison compared =
        SlideBootstrap.compare(
            a.slides(), b.slides(), a.rates(), draws, seed, SlideBootstrap.CONFIDENCE);
    return String.format(
        Locale.ROOT,
        """
        %d slides, %s, compat %s
        A  %.4f  %s
        B  %.4f  %s
        B - A  %+.4f, 95 %% interval %+.4f to %+.4f, p %.4f (slides drawn again in pairs, %d times, seed %d)
        These slides would show a difference of %.4f with 80 %% probability (two-sided, 5 %%).
        """,
        a.slides().size(),
        a.protocol(),
        a.compat(),
        compared.scoreA(),
        first,
        compared.scoreB(),
        second,
        compared.difference(),
        compared.interval().low(),
        compared.interval().high(),
        compared.p(),
        draws,
        seed,
        compared.smallest());
  }

  private static FrocJson.Read read(Path given) {
    return FrocJson.read(Files.isDirectory(given) ? given.resolve(FrocJson.NAME) : given);
  }

  private static void check(FrocJson.Read a, FrocJson.Read b, Path first, Path second) {
    List<String> slidesA = a.slides().stream().map(SlideCount::slide).toList();
    List<String> slidesB = b.slides().stream().map(SlideCount::slide).toList();
    if (!a.protocol().equals(b.protocol())
        || !a.compat().equals(b.compat())
        || !a.rates().equals(b.rates())) {
      throw refused(
          first,
          second,
          "were evaluated by other rules: "
              + a.protocol()
              + ", "
              + a.compat()
              + " against "
              + b.protocol()
              + ", "
              + b.compat());
    }
    for (String rule : a.rules().keySet()) {
      String one = a.rules().get(rule);
      String other = b.rules().getOrDefault(rule, "nothing");
      if (!one.equals(other)) {
        throw refused(
            first, second, "were evaluated by other rules: " + rule + " " + one + ", " + other);
      }
    }
    if (!slidesA.equals(slidesB)) {
      List<String> odd = slidesA.stream().filter(name -> !slidesB.contains(name)).limit(1).toList();
      throw refused(
          first,
          second,
          "have other slides ("
              + slidesA.size()
              + " and "
              + slidesB.size()
              + (odd.isEmpty() ? "" : ", only the first has " + odd.get(0))
              + ")");
    }
    for (int i = 0; i < slidesA.size(); i++) {
      if (!truth(a.slides().get(i)).equals(truth(b.slides().get(i)))) {
        throw refused(first, second, "have other truth for " + slidesA.get(i));
      }
    }
  }

  /** Its lesions, whatever was found of them. */
  private static List<LesionResult> truth(SlideCount slide) {
    return slide.lesions().stream()
        .map(
            lesion ->
                new LesionResult(
                    lesion.slide(),
                    lesion.label(),
                    lesion.size(),
                    lesion.target(),
                    0,
                    lesion.longestUm(),
                    lesion.areaUm2(),
                    lesion.x0(),
                    lesion.y0()))
        .toList();
  }

  private static MicrometException refused(Path first, Path second, String problem) {
    return new MicrometException(
        ErrorKind.USAGE,
        first + " and " + second,
        problem,
        "Evaluate both with the same protocol, slides and truth.");
  }
}
