// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchLibrary;
import io.github.micromet.report.Fonts;
import io.github.micromet.run.Machine;
import io.github.micromet.slide.codec.OpenCvLibrary;
import io.github.micromet.slide.openslide.OpenSlideLibrary;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = {
      "Say what this machine has and what is missing.",
      "Ends with code 4 when `detect` cannot run here."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Console console;
  private boolean able = true;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    say("Micromet", Version.text());
    machine();
    if (cache()) {
      libraries();
    } else {
      say("libraries", "not tried: they would be unpacked into the cache");
    }
    pictures();
    model();
    say(
        "GPU",
        Gpu.found().orElse("none (no nvidia-smi on the PATH)")
            + "; not used: all is computed on the CPU");
    console.out().println(able ? "detect can run here" : "detect cannot run here: see above");
    return able ? 0 : ErrorKind.RESOURCE.exitCode();
  }

  private void machine() {
    Machine machine = Machine.current();
    say(
        "Java",
        Runtime.version().feature()
            + " ("
            + System.getProperty("java.runtime.version")
            + ", "
            + System.getProperty("java.vendor")
            + "), "
            + System.getProperty("java.home"));
    say("system", machine.os() + ", " + machine.architecture());
    say("cores", machine.cores() + (machine.cpu().isEmpty() ? "" : ", " + machine.cpu()));
    say(
        "instructions",
        machine.instructionSets().isEmpty()
            ? "the system does not say"
            : String.join(" ", machine.instructionSets()));
    say("precision", "auto means " + Precision.AUTO.here().text() + " here");
    say(
        "heap",
        String.format(
            Locale.ROOT,
            "%d MiB (MICROMET_HEAP); libtorch's memory comes on top",
            Runtime.getRuntime().maxMemory() >> 20));
  }

  private boolean cache() {
    Path root = Caches.root(console.environment());
    Optional<String> trouble = Caches.trouble(root);
    if (trouble.isEmpty()) {
      say("cache", root + ", can be written, programs run there");
      return true;
    }
    missing("cache", root + " " + trouble.get(), "Set MICROMET_CACHE to another folder.");
    return false;
  }

  private void libraries() {
    TorchLibrary.Status torch = TorchLibrary.status();
    if (torch.present()) {
      say("libtorch", torch.version().orElseThrow() + ", " + torch.detail());
    } else {
      missing("libtorch", torch.detail(), torch.remedy());
    }
    OpenCvLibrary.Status opencv = OpenCvLibrary.status();
    if (opencv.version().isPresent()) {
      say("OpenCV", opencv.version().get());
    } else {
      missing("OpenCV", opencv.reason(), "JPEG slides cannot be read; another cache may help.");
    }
    OpenSlideLibrary openSlide = OpenSlideLibrary.host();
    say("OpenSlide", openSlide.description());
    if (openSlide.status() instanceof OpenSlideLibrary.Status.Absent) {
      hint(
          "Needed for mrxs, ndpi, scn, bif, vms, JPEG 2000 and DICOM slides only. Debian: sudo"
              + " apt-get install libopenslide0; macOS: brew install openslide.");
    }
  }

  private void pictures() {
    Optional<String> fonts = Fonts.missing();
    say("fonts", fonts.map(why -> "none: " + why).orElse("there"));
    if (fonts.isPresent()) {
      hint(
          "No pictures are drawn; all other files are written. Debian: sudo apt-get install"
              + " fontconfig fonts-dejavu-core.");
    }
  }

  private void model() {
    Path model = Models.published(console.environment());
    if (java.nio.file.Files.isRegularFile(model)) {
      say("model", model.toString());
    } else {
      say("model", "the published one is not here");
      hint("`micromet download` fetches it, or give detect --model FILE.");
    }
  }

  private void say(String what, String words) {
    console.out().println(String.format(Locale.ROOT, "%-12s %s", what, words));
  }

  private void hint(String words) {
    console.out().println(" ".repeat(13) + words);
  }

  private void missing(String what, String words, String remedy) {
    able = false;
    say(what, "MISSING: " + words);
    hint(remedy);
  }
}
