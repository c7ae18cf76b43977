// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.formats.Slides;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "info", description = "Show what a slide is and who reads it.")
final class InfoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SLIDE", description = "The slide's file.")
  private Path file;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(
      names = "--why",
      description = "Only, for each format, whether the file is its own, or why not.")
  private boolean why;

  private final Console console;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (why) {
      return why();
    }
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      if (json) {
        console.out().println(json(slide));
      } else {
        print(slide);
      }
    }
    return 0;
  }

  private int why() {
    boolean known = false;
    List<Map<String, Object>> list = new ArrayList<>();
    for (Slides.Opinion opinion : Slides.explain(file)) {
      String words =
          opinion.verdict() instanceof Verdict.No no
              ? "no: " + no.reason()
              : known ? "yes, but the first is taken" : "yes";
      known |= opinion.verdict() instanceof Verdict.Yes;
      if (json) {
        list.add(Map.of("format", opinion.format(), "verdict", words));
      } else {
        console.out().println(String.format(Locale.ROOT, "%-14s %s", opinion.format(), words));
      }
    }
    if (json) {
      console.out().println(json(list));
    }
    return known ? 0 : ErrorKind.INPUT.exitCode();
  }

  private void print(Slide slide) {
    SlideInfo info = slide.info();
    PrintWriter out = console.out();
    out.println(slide.name());
    line("format", info.format());
    line("reader", info.reader());
    line("size", info.width() + " x " + info.height() + " pixels");
    line(
        "mpp",
        info.mpp()
            .map(mpp -> number(mpp.x()) + " x " + number(mpp.y()) + " microns per pixel")
            .orElse("not in the file (detect takes --mpp)"));
    line(
        "power",
        info.objectivePower().isPresent()
            ? number(info.objectivePower().getAsDouble()) + " x"
            : "not in the file");
    line("identity", slide.identity());
    line("beside", info.associated().isEmpty() ? "-" : String.join(", ", info.associated()));
    for (Level level : info.levels()) {
      line(
          "level " + level.index(),
          String.format(
              Locale.ROOT,
              "%d x %d, downsample %s, tiles %d x %d",
              level.width(),
              level.height(),
              number(level.downsample()),
              level.tileWidth(),
              level.tileHeight()));
    }
    info.properties()
        .forEach(
            (key, value) -> {
              if (!key.startsWith("openslide.level")) { // told above
                out.println("  " + key + " = " + oneLine(value));
              }
            });
  }

  private void line(String name, String value) {
    console.out().println(String.format(Locale.ROOT, "  %-10s %s", name, value));
  }

  private static String oneLine(String value) {
    return value.replaceAll("\\s*\\R\\s*", " | ").strip();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** Keys stand in this order; what the file does not say is null. */
  private static String json(Slide slide) {
    SlideInfo info = slide.info();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", slide.name());
    json.put("format", info.format());
    json.put("reader", info.reader());
    json.put("width", info.width());
    json.put("height", info.height());
    json.put("mppX", info.mpp().map(Mpp::x).orElse(null));
    json.put("mppY", info.mpp().map(Mpp::y).orElse(null));
    json.put(
        "objectivePower",
        info.objectivePower().isPresent() ? info.objectivePower().getAsDouble() : null);
    json.put("identity", slide.identity());
    List<Map<String, Object>> levels = new ArrayList<>();
    for (Level level : info.levels()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("index", level.index());
      one.put("width", level.width());
      one.put("height", level.height());
      one.put("downsample", level.downsample());
      one.put("tileWidth", level.tileWidth());
      one.put("tileHeight", level.tileHeight());
      levels.add(one);
    }
    json.put("levels", levels);
    json.put("associated", info.associated());
    json.put("properties", info.properties());
    return json(json);
  }

  private static String json(Object value) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
