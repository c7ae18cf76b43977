// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.FrocResult;
import io.github.micromet.file.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An evaluation for people: {@code report.html} and {@code froc.png}. Threads: stateless. */
public final class FrocReport {
  public static final String PAGE = "report.html";
  public static final String PICTURE = "froc.png";

  private FrocReport() {}

  /**
   * Writes the page, one file that refers to nothing outside itself, and the curve as a picture.
   * Slides that are absent or broken cost their pictures, not the page.
   *
   * @param folder is there
   * @return the files written, the page first; on a machine without a font the page alone, whose
   *     letters come from its reader
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if one cannot be written
   */
  public static List<Path> write(Path folder, FrocResult result, FrocContext context) {
    List<Path> written = new ArrayList<>();
    Path page = folder.resolve(PAGE);
    AtomicFiles.write(page, new FrocPage(result, context).html());
    written.add(page);
    if (Lettering.missing().isEmpty()) {
      Path picture = folder.resolve(PICTURE);
      ChartPng.write(picture, FrocChart.of(result, context.band()));
      written.add(picture);
    }
    return List.copyOf(written);
  }
}
