// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The slides that are open now: at most so many, each once; the one unused for longest is closed
 * first. Each has its part of the memory for tiles.
 *
 * <p>Threads: safe for many; one opens a slide while the others that want it wait for it, and those
 * that want another do not.
 */
final class OpenSlides implements AutoCloseable {
  /** A slide that somebody reads; closing it says that it is done. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private final Slide slide;

    private Lease(Entry entry, Slide slide) {
      this.entry = entry;
      this.slide = slide;
    }

    Slide slide() {
      return slide;
    }

    @Override
    public void close() {
      done(entry);
    }
  }

  private static final class Entry {
    private final Path file;
    private int users; // by the map
    private Slide slide; // by this

    private Entry(Path file) {
      this.file = file;
    }
  }

  private final int most;
  private final SlideOptions options;
  private final LinkedHashMap<Path, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, Integer> faults = new TreeMap<>(); // of slides closed; by entries

  /**
   * @param most slides open at once; at least as many as threads that read
   * @param cacheBytes of decoded tiles, of all together
   */
  OpenSlides(int most, long cacheBytes) {
    this.most = most;
    this.options = SlideOptions.DEFAULT.withCacheBytes(cacheBytes / most);
  }

  /** The slide, opened if it is not. */
  Lease lease(Path file) {
    Entry entry;
    synchronized (entries) {
      entry = entries.computeIfAbsent(file, Entry::new);
      entry.users++;
      closeUnused(most);
    }
    boolean opened = false;
    try {
      synchronized (entry) {
        if (entry.slide == null) {
          entry.slide = Slides.open(file, options);
        }
        opened = true;
        return new Lease(entry, entry.slide);
      }
    } finally {
      if (!opened) {
        done(entry);
      }
    }
  }

  private void done(Entry entry) {
    synchronized (entries) {
      entry.users--;
    }
  }

  /** With the lock held, so that nobody opens again what is not closed yet. */
  private void closeUnused(int left) {
    Iterator<Entry> eldest = entries.values().iterator();
    while (entries.size() > left && eldest.hasNext()) {
      Entry entry = eldest.next();
      if (entry.users == 0) {
        eldest.remove();
        close(entry);
      }
    }
  }

  private void close(Entry entry) {
    synchronized (entry) {
      if (entry.slide != null) {
        int corrupt = entry.slide.faults().size();
        if (corrupt > 0) {
          faults.merge(entry.file.toString(), corrupt, Math::max);
        }
        entry.slide.close();
      }
    }
  }

  /** Slides open now. */
  int open() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /** Tiles that could not be decoded, by slide; of all once this is closed. */
  Map<String, Integer> faults() {
    synchronized (entries) {
      Map<String, Integer> all = new TreeMap<>(faults);
      for (Entry entry : entries.values()) {
        synchronized (entry) {
          if (entry.slide != null && !entry.slide.faults().isEmpty()) {
            all.merge(entry.file.toString(), entry.slide.faults().size(), Math::max);
          }
        }
      }
      return all;
    }
  }

  /** Closes all that nobody reads. */
  @Override
  public void close() {
    synchronized (entries) {
      closeUnused(0);
    }
  }
}
