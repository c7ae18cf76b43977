// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.FalsePositive;
import io.github.micromet.eval.FrocResult;
import io.github.micromet.eval.LesionResult;
import io.github.micromet.eval.SlideScore;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An evaluation as one page that refers to nothing outside itself.
 *
 * @param result its numbers
 * @param context what it tells beside them
 */
record FrocPage(FrocResult result, FrocContext context) {
  /** So many places of each kind have pictures: a page of some 3 MB at most. */
  static final int MOST_PICTURES = 48;

  // Nothing may be fetched even if a name slipped through as markup.
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  String html() {
    StringBuilder page = new StringBuilder(1 << 16);
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\">\n<title>")
        .append(Html.escape(context.title()))
        .append("</title>\n<style>\n")
        .append(PageStyle.CSS)
        .append("</style>\n</head>\n<body>\n");
    head(page);
    curve(page);
    sizes(page);
    missed(page);
    falsePositives(page);
    slides(page);
    lesions(page);
    origin(page);
    return page.append("</body>\n</html>\n").toString();
  }

  private void head(StringBuilder page) {
    page.append("<header>\n<h1>")
        .append(Html.escape(context.title()))
        .append("</h1>\n<p class=\"faint\">Lesion detection, protocol ")
        .append(Html.escape(result.protocol()))
        .append(", compat ")
        .append(Html.escape(result.compat()))
        .append("</p>\n<p class=\"use\">Research use only, not for diagnosis.</p>\n</header>\n");
    long targets = result.lesions().stream().filter(LesionResult::target).count();
    long found = result.lesions().stream().filter(l -> l.target() && l.found()).count();
    long tumour = result.slides().stream().filter(SlideScore::tumour).count();
    long alarms = result.slides().stream().mapToLong(SlideScore::falsePositives).sum();
    page.append("<div class=\"figures\">\n");
    figure(page, Html.number(result.score(), 4), "FROC score" + Html.interval(result.interval()));
    figure(page, found + " / " + targets, "lesions that count, found at any rate");
    figure(page, Long.toString(alarms), "false positives in all");
    figure(
        page,
        Integer.toString(result.slides().size()),
        "slides, " + tumour + " with tumour, " + (result.slides().size() - tumour) + " without");
    page.append("</div>\n");
    if (Double.isNaN(result.score())) {
      page.append(
          "<p class=\"warning\">The score is not defined: no lesion in the truth counts.</p>\n");
    }
    for (String warning : result.warnings()) {
      page.append("<p class=\"warning\">").append(Html.escape(warning)).append("</p>\n");
    }
  }

  private static void figure(StringBuilder page, String number, String words) {
    page.append("<div><b>")
        .append(Html.escape(number))
        .append("</b><span>")
        .append(Html.escape(words))
        .append("</span></div>\n");
  }

  private void curve(StringBuilder page) {
    page.append("<h2>Curve</h2>\n").append(FrocChart.of(result, context.band()).svg());
    page.append("<p class=\"faint\">The score is the mean of the sensitivities at the dots.");
    context
        .band()
        .ifPresent(
            band ->
                page.append(" The band holds the sensitivity at each rate with ")
                    .append(Html.number(100 * band.confidence(), 0))
                    .append(" % confidence, each rate by itself, slides drawn again."));
    page.append("</p>\n");
    HtmlTable table = new HtmlTable(0, "false positives per slide", "sensitivity");
    for (int i = 0; i < result.rates().size(); i++) {
      table.row(
          "", Html.rate(result.rates().get(i)), Html.number(result.sensitivities().get(i), 4));
    }
    page.append(table.html());
  }

  private void sizes(StringBuilder page) {
    page.append("<h2>By size</h2>\n");
    HtmlTable table = new HtmlTable(1, "lesions", "in all", "found", "missed", "that count");
    for (LesionResult.Size size : LesionResult.Size.values()) {
      List<LesionResult> all = result.lesions().stream().filter(l -> l.size() == size).toList();
      long hit = all.stream().filter(LesionResult::found).count();
      table.row(
          "",
          words(size),
          Integer.toString(all.size()),
          Long.toString(hit),
          Long.toString(all.size() - hit),
          Long.toString(all.stream().filter(LesionResult::target).count()));
    }
    page.append(table.html());
  }

  private static String words(LesionResult.Size size) {
    return switch (size) {
      case MACRO -> "macro, over 2 mm";
      case MICRO -> "micro, over 0.2 mm";
      case ITC -> "ITC, up to 0.2 mm";
    };
  }

  private void missed(StringBuilder page) {
    List<LesionResult> missed =
        result.lesions().stream()
            .filter(lesion -> lesion.target() && !lesion.found())
            .sorted(Comparator.comparingDouble(LesionResult::longestUm).reversed())
            .toList();
    page.append("<h2>Missed lesions</h2>\n");
    if (missed.isEmpty()) {
      page.append("<p>None that counts.</p>\n");
      return;
    }
    page.append("<p class=\"faint\">Largest first")
        .append(shown(missed.size()))
        .append(edge())
        .append("</p>\n")
        .append(
            Gallery.html(
                missed.stream()
                    .limit(MOST_PICTURES)
                    .map(l -> new Gallery.Place(l.slide(), l.x0(), l.y0(), caption(l)))
                    .toList(),
                context.slides()));
  }

  private static String caption(LesionResult lesion) {
    return "lesion "
        + lesion.label()
        + ", "
        + size(lesion)
        + ", "
        + Html.number(lesion.longestUm(), 0)
        + " µm";
  }

  private static String size(LesionResult lesion) {
    return lesion.size() == LesionResult.Size.ITC
        ? "ITC"
        : lesion.size().name().toLowerCase(Locale.ROOT);
  }

  private void falsePositives(StringBuilder page) {
    List<FalsePositive> worst = result.falsePositives();
    page.append("<h2>Worst false positives</h2>\n");
    if (worst.isEmpty()) {
      page.append("<p>None.</p>\n");
      return;
    }
    page.append("<p class=\"faint\">Highest probability first")
        .append(shown(worst.size()))
        .append(edge())
        .append("</p>\n")
        .append(
            Gallery.html(
                worst.stream()
                    .limit(MOST_PICTURES)
                    .map(
                        f ->
                            new Gallery.Place(
                                f.slide(),
                                f.x0(),
                                f.y0(),
                                "probability " + Html.number(f.probability(), 4)))
                    .toList(),
                context.slides()));
  }

  private static String shown(int all) {
    return all > MOST_PICTURES ? "; " + MOST_PICTURES + " of " + all + " are shown" : "";
  }

  private static String edge() {
    return ". Each picture is " + Html.number(Spot.EDGE_UM, 0) + " µm wide.";
  }

  private void slides(StringBuilder page) {
    page.append("<h2>Slides</h2>\n");
    if (result.slides().isEmpty()) {
      page.append("<p>None.</p>\n");
      return;
    }
    HtmlTable table =
        new HtmlTable(
            1, "slide", "lesions", "that count", "found", "false positives", "highest probability");
    for (SlideScore slide : result.slides()) {
      table.row(
          slide.found() < slide.targets() ? "missed" : "",
          slide.slide(),
          Integer.toString(slide.lesions()),
          Integer.toString(slide.targets()),
          Integer.toString(slide.found()),
          Integer.toString(slide.falsePositives()),
          Html.number(slide.maxProbability(), 4));
    }
    page.append(table.html());
  }

  private void lesions(StringBuilder page) {
    page.append("<h2>Lesions</h2>\n");
    if (result.lesions().isEmpty()) {
      page.append("<p>None.</p>\n");
      return;
    }
    HtmlTable table =
        new HtmlTable(
            3, "slide", "size", "outcome", "lesion", "longest µm", "area mm²", "probability");
    for (LesionResult lesion : result.lesions()) {
      String outcome = lesion.found() ? "found" : "missed";
      table.row(
          lesion.target() ? (lesion.found() ? "" : "missed") : "uncounted",
          lesion.slide(),
          size(lesion),
          lesion.target() ? outcome : outcome + ", not counted",
          Integer.toString(lesion.label()),
          Html.number(lesion.longestUm(), 0),
          Html.number(lesion.areaUm2() / 1e6, 4),
          Html.number(lesion.found() ? lesion.probability() : Double.NaN, 4));
    }
    page.append(table.html());
  }

  private void origin(StringBuilder page) {
    pairs(page, "Parameters", "", "setting", "value", context.parameters());
    pairs(page, "Files", "hash", "file", "SHA-256", context.hashes());
    page.append("<p class=\"use\">Research use only, not for diagnosis.</p>\n");
  }

  private static void pairs(
      StringBuilder page,
      String title,
      String mark,
      String left,
      String right,
      Map<String, String> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    HtmlTable table = new HtmlTable(2, left, right);
    pairs.forEach((name, value) -> table.row("", name, value));
    page.append("<h2>").append(title).append("</h2>\n<div class=\"").append(mark).append("\">\n");
    page.append(table.html()).append("</div>\n");
  }
}
