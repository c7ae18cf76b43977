// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideFormat;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.codec.ScratchPool;
import io.github.micromet.slide.tile.TileGrid;
import java.io.IOException;
import java.util.Optional;

/**
 * What the dialects share: the container is read once to examine and once to open; a dialect says
 * which directories make the pyramid. Threads: stateless.
 */
abstract sealed class TiffFormat implements SlideFormat
    permits AperioFormat, OmeTiffFormat, GenericTiffFormat {

  /** Why the file is another format's, if it is. */
  abstract Optional<String> notMine(TiffFile file) throws TiffException, IOException;

  /**
   * Makes a pyramid of the directories.
   *
   * @throws TiffException if it cannot be made, in words
   */
  abstract Pyramid pyramid(TiffFile file) throws TiffException, IOException;

  @Override
  public final Verdict examine(ByteSource file) throws IOException {
    if (!TiffFile.hasMagic(file)) {
      return new Verdict.No("it does not start as a TIFF");
    }
    try {
      TiffFile tiff = TiffFile.read(file);
      Optional<String> refusal = refusal(tiff);
      return refusal.isPresent() ? new Verdict.No(refusal.get()) : new Verdict.Yes();
    } catch (TiffException e) {
      return new Verdict.No(e.getMessage());
    }
  }

  /** Why this format does not read the file; empty if it does, or would if it were whole. */
  final Optional<String> refusal(TiffFile tiff) throws IOException {
    try {
      Optional<String> other = notMine(tiff);
      if (other.isPresent() || tiff.broken().isPresent()) {
        return other;
      }
      for (TiffDirectory level : pyramid(tiff).levels()) {
        TiffLayout.of(level);
      }
      return Optional.empty();
    } catch (TiffException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public final Slide open(ByteSource file, SlideOptions options) throws IOException {
    ScratchPool pool = new ScratchPool();
    try {
      TiffFile tiff = TiffFile.read(file);
      if (tiff.broken().isPresent()) {
        throw new TiffException(tiff.broken().get());
      }
      return TileGrid.of(TiffOpening.tiles(tiff, name(), pyramid(tiff), pool), options);
    } catch (TiffException e) {
      file.close();
      throw new CorruptSlideException(
          file.name(), e.getMessage(), "The file is damaged or incomplete: copy it again.", e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
