// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.demo.Demo;
import io.github.micromet.demo.DemoPlan;
import io.github.micromet.demo.DemoTold;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "See the whole job on drawn slides: train, search, measure, report.",
      "The slides are no patient's tissue, so the score says nothing about real ones. The same"
          + " command goes on with a demo that was stopped."
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "demo-out",
      description = "Folder for everything (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Another seed draws other slides and other weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--full",
      description = "More slides, macro lesions, a longer training: some three times as long.")
  private boolean full;

  @Option(names = "--quick", description = "The shortest whole story; what it finds means little.")
  private boolean quick;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (full && quick) {
      throw new MicrometException(
          ErrorKind.USAGE, "--full and --quick", "exclude each other", "Give one of them.");
    }
    DemoPlan plan = full ? DemoPlan.FULL : quick ? DemoPlan.QUICK : DemoPlan.DEFAULT;
    TerminalProgress progress =
        new TerminalProgress(console.err(), console.terminal(), System::nanoTime);
    try (Interrupt interrupt = new Interrupt(console.err(), "the same command goes on from here")) {
      DemoTold told =
          new DemoTold(
              console.err()::println,
              console.out()::println,
              progress,
              interrupt::askedBetweenUnits);
      Demo.run(out, plan, seed, told);
      return 0;
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }
}
