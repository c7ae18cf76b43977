// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/**
 * The native libtorch: there, or why not.
 *
 * <p>Threads: safe for many. Loading happens at the first question, never earlier, so that commands
 * without a tensor start at once.
 */
public final class TorchLibrary {
  private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([0-9.]+)");

  private static Status known;

  private TorchLibrary() {}

  /**
   * Whether libtorch loads on this machine.
   *
   * @param version e.g. {@code 2.10.0}; empty if it does not load
   * @param detail instruction set and oneDNN's version, or the reason in a phrase
   * @param remedy what to do; empty if it loads
   */
  public record Status(Optional<String> version, String detail, String remedy) {
    public boolean present() {
      return version.isPresent();
    }
  }

  /** Loads the library if no one has yet, with one thread for each caller. */
  public static synchronized Status status() {
    if (known == null) {
      known = load();
    }
    return known;
  }

  /**
   * As {@link #status()}, for those who cannot go on without.
   *
   * @throws MicrometException of kind RESOURCE if it does not load
   */
  static Status require() {
    Status status = status();
    if (!status.present()) {
      throw new MicrometException(ErrorKind.RESOURCE, "libtorch", status.detail(), status.remedy());
    }
    return status;
  }

  private static Status load() {
    try (PointerScope scope = new PointerScope()) {
      Loader.load(torch.class);
      // N callers with one core each: with OpenMP's own threads the barriers spin on a busy
      // machine.
      torch.set_num_threads(1);
      String detail =
          torch.get_cpu_capability().getString() + ", " + torch.get_mkldnn_version().getString();
      return new Status(Optional.of(version()), detail, "");
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
      return absent(Loader.getPlatform(), String.valueOf(e.getMessage()));
    }
  }

  static Status absent(String platform, String message) {
    if (platform.equals("linux-arm64")) {
      return new Status(
          Optional.empty(),
          "no libtorch is published for linux-arm64",
          "Slides can be read here; run detect on linux-x86_64.");
    }
    return new Status(
        Optional.empty(),
        "does not load on " + platform + " (" + firstLine(message) + ")",
        "Its files are unpacked under MICROMET_CACHE: that folder must be writable, allow execution"
            + " and have 500 MB free.");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("no reason given");
  }

  private static String version() {
    Matcher found = VERSION.matcher(torch.show_config().getString());
    return found.find() ? found.group(1) : "of unknown version";
  }
}
