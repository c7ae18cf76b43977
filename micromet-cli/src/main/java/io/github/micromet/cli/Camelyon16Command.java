// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.Camelyon16;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "camelyon16",
    description = {
      "Check a download of CAMELYON16.",
      "`micromet camelyon16 check DIR`: are the 159 normal, 111 tumour and 129 test slides there, do they open, are the annotations"
          + " there? The hashes are those of checksums.md5, which is part of the download."
    })
final class Camelyon16Command implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "check", description = "What to do; there is only check.")
  private String task;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "The download, however its folders are laid out.")
  private Path folder;

  @Option(
      names = "--md5",
      description = "Also read every file whole and compare it with DIR/**/checksums.md5.")
  private boolean md5;

  private final Console console;

  Camelyon16Command(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!task.equals("check")) {
      throw new MicrometException(
          ErrorKind.USAGE, task, "is nothing that camelyon16 does", "Say check.");
    }
    Camelyon16.Check check = Camelyon16.check(folder, md5);
    check.lines().forEach(console.out()::println);
    return check.complete() ? 0 : ErrorKind.INPUT.exitCode();
  }
}
