// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideFormat;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Whatever the host's libopenslide knows: Hamamatsu, Leica, MIRAX, Philips, Ventana and more.
 * Threads: stateless.
 */
public final class OpenSlideFormat implements SlideFormat {
  private final OpenSlideLibrary library;

  public OpenSlideFormat(OpenSlideLibrary library) {
    this.library = Objects.requireNonNull(library);
  }

  /** With the library of this machine, which is loaded here. */
  public OpenSlideFormat() {
    this(OpenSlideLibrary.host());
  }

  @Override
  public String name() {
    return "openslide";
  }

  @Override
  public Verdict examine(ByteSource file) {
    Optional<Path> path = file.file();
    if (path.isEmpty()) {
      return new Verdict.No("libopenslide reads local files only");
    }
    if (library.api().isEmpty()) {
      return new Verdict.No(library.description());
    }
    String vendor = library.api().get().openslide_detect_vendor(path.get().toString());
    return vendor == null
        ? new Verdict.No(library.readerName() + " does not recognise it")
        : new Verdict.Yes();
  }

  /**
   * {@inheritDoc}
   *
   * @throws CorruptSlideException if the library is absent or refuses the file
   */
  @Override
  public Slide open(ByteSource file, SlideOptions options) throws IOException {
    try {
      Path path = file.file().orElseThrow(() -> refused(file, "it is no local file"));
      OpenSlideApi api = library.api().orElseThrow(() -> refused(file, library.description()));
      OpenSlideHandle handle = new OpenSlideHandle(api, path);
      try {
        return new OpenSlideSlide(handle, file, library.readerName(), options);
      } catch (RuntimeException | IOException e) {
        handle.close();
        throw e;
      }
    } catch (RuntimeException | IOException e) {
      file.close();
      throw e;
    }
  }

  private static CorruptSlideException refused(ByteSource file, String why) {
    return new CorruptSlideException(file.name(), "libopenslide cannot open it: " + why, "");
  }
}
