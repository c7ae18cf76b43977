// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Places on slides as a page's pictures. A slide that cannot be read has words in their place. */
final class Gallery {
  // A picture needs few tiles, and many slides are opened one after the other.
  private static final long CACHE_BYTES = 32L << 20;

  private Gallery() {}

  /**
   * A place.
   *
   * @param slide name
   * @param x0 level-0 pixels
   * @param y0 level-0 pixels
   * @param caption plain text
   */
  record Place(String slide, double x0, double y0, String caption) {}

  /** The places as figures, in their order; each slide is opened once. */
  static String html(List<Place> places, Map<String, Path> slides) {
    String[] figures = new String[places.size()];
    List<String> names = places.stream().map(Place::slide).distinct().toList();
    for (String name : names) {
      int[] here =
          IntStream.range(0, places.size())
              .filter(i -> places.get(i).slide().equals(name))
              .toArray();
      List<Place> mine = Arrays.stream(here).mapToObj(places::get).toList();
      List<String> drawn = ofOneSlide(mine, Optional.ofNullable(slides.get(name)));
      for (int i = 0; i < here.length; i++) {
        figures[here[i]] = drawn.get(i);
      }
    }
    return "<div class=\"gallery\">\n" + String.join("", figures) + "</div>\n";
  }

  private static List<String> ofOneSlide(List<Place> places, Optional<Path> file) {
    List<String> figures = new ArrayList<>();
    if (file.isEmpty()) {
      places.forEach(place -> figures.add(without(place, "slide not given")));
      return figures;
    }
    SlideOptions options = SlideOptions.DEFAULT.withFill(Fill.WHITE).withCacheBytes(CACHE_BYTES);
    try (Slide slide = Slides.open(file.get(), options)) {
      boolean known = slide.info().mpp().isPresent();
      for (Place place : places) {
        figures.add(figure(place, Spot.dataUri(slide, place.x0(), place.y0()), known));
      }
    } catch (MicrometException e) {
      // The numbers do not need the picture: say why it is absent and go on.
      figures.clear();
      places.forEach(place -> figures.add(without(place, "not readable: " + e.problem())));
    }
    return figures;
  }

  private static String figure(Place place, String dataUri, boolean spacingKnown) {
    String alt = "Tissue around " + where(place) + " of " + place.slide();
    return "<figure><img alt=\""
        + Html.escape(alt)
        + "\" src=\""
        + dataUri
        + "\">"
        + caption(place, spacingKnown ? "" : " · spacing unknown")
        + "</figure>\n";
  }

  private static String without(Place place, String why) {
    return "<figure><div class=\"absent\">"
        + Html.escape(why)
        + "</div>"
        + caption(place, "")
        + "</figure>\n";
  }

  private static String caption(Place place, String more) {
    return "<figcaption><b>"
        + Html.escape(place.slide())
        + "</b><br>"
        + Html.escape(place.caption())
        + "<br><span class=\"faint\">"
        + where(place)
        + more
        + "</span></figcaption>";
  }

  private static String where(Place place) {
    return "x " + Math.round(place.x0()) + ", y " + Math.round(place.y0());
  }
}
