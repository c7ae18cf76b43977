// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.github.micromet.slide.CorruptSlideException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One file open in libopenslide. A handle is dead after its first error (openslide.h, "Error
 * Handling"), so each error ends in a new handle and the file goes on.
 *
 * <p>Threads: safe for many readers; a reader that met an error waits for the others, reopens, and
 * lets them go on.
 */
final class OpenSlideHandle implements AutoCloseable {
  private final OpenSlideApi api;
  private final Path file;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private Pointer slide; // guarded by lock; null once closed

  /**
   * @throws CorruptSlideException if the library refuses the file
   */
  OpenSlideHandle(OpenSlideApi api, Path file) {
    this.api = api;
    this.file = file;
    this.slide = open();
  }

  private Pointer open() {
    Pointer opened = api.openslide_open(file.toString());
    if (opened == null) {
      throw corrupt("libopenslide does not open it");
    }
    String error = api.openslide_get_error(opened);
    if (error != null) {
      api.openslide_close(opened);
      throw corrupt("libopenslide does not open it: " + error);
    }
    return opened;
  }

  CorruptSlideException corrupt(String problem) {
    return new CorruptSlideException(
        file.getFileName().toString(), problem, "Give another copy of the file.");
  }

  /** One call into the library with the live handle. */
  interface Call<T> {
    T on(OpenSlideApi api, Pointer slide);
  }

  /** Calls what cannot fail: what was read when the file was opened. */
  <T> T ask(Call<T> call) {
    Lock reading = lock.readLock();
    reading.lock();
    try {
      return call.on(api, live());
    } finally {
      reading.unlock();
    }
  }

  /**
   * Calls what reads the file, beside other readers. An error may be another reader's: whoever must
   * know calls again {@link #alone}.
   *
   * @return the error's words, or empty; after an error the file has been reopened
   * @throws CorruptSlideException if it cannot be reopened
   */
  Optional<String> shared(Call<?> call) {
    return attempt(call, lock.readLock());
  }

  /** As {@link #shared}, but with no other reader on the handle, so an error is this call's own. */
  Optional<String> alone(Call<?> call) {
    return attempt(call, lock.writeLock());
  }

  private Optional<String> attempt(Call<?> call, Lock held) {
    Pointer used;
    String error;
    held.lock();
    try {
      used = live();
      call.on(api, used);
      error = api.openslide_get_error(used);
      if (error != null && lock.isWriteLockedByCurrentThread()) {
        replace(used); // before another reader meets the dead handle
      }
    } finally {
      held.unlock();
    }
    if (error != null) {
      replace(used);
    }
    return Optional.ofNullable(error);
  }

  private void replace(Pointer dead) {
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      // Another reader of the same handle may have been here first.
      if (dead.equals(live())) {
        Pointer fresh = open();
        api.openslide_close(dead);
        slide = fresh;
      }
    } finally {
      writing.unlock();
    }
  }

  private Pointer live() {
    if (slide == null) {
      throw new IllegalStateException(file.getFileName() + " is closed");
    }
    return slide;
  }

  SortedMap<String, String> properties() {
    return ask(
        (openslide, handle) -> {
          SortedMap<String, String> all = new TreeMap<>();
          for (String name : strings(openslide.openslide_get_property_names(handle))) {
            String value = openslide.openslide_get_property_value(handle, name);
            all.put(name, value == null ? "" : value);
          }
          return all;
        });
  }

  List<String> associatedNames() {
    return ask(
        (openslide, handle) -> strings(openslide.openslide_get_associated_image_names(handle)));
  }

  private static List<String> strings(Pointer array) {
    List<String> all = new ArrayList<>();
    if (array != null) {
      for (String each : array.getStringArray(0, "UTF-8")) {
        all.add(each);
      }
    }
    return all;
  }

  /** A buffer of width x height premultiplied ARGB ints, outside the heap. */
  static Memory argb(long width, long height) {
    return new Memory(Math.multiplyExact(Math.multiplyExact(width, height), 4L));
  }

  @Override
  public void close() {
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      if (slide != null) {
        api.openslide_close(slide);
        slide = null;
      }
    } finally {
      writing.unlock();
    }
  }
}
