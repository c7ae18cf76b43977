// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.train.group.Rendezvous;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "launch",
    description = {
      "Train in several processes as one.",
      "With torchrun's flags, e.g. micromet launch --nproc_per_node 2 train ...",
      "Each process takes its share of the regions; gradients are averaged over all of them."
    })
final class LaunchCommand implements Callable<Integer> {
  private static final String HERE = "127.0.0.1";
  private static final int TORCHRUN_PORT = 29_500;

  @Option(
      names = {"--nproc_per_node", "--nproc-per-node"},
      paramLabel = "N",
      required = true,
      description = "Processes on this machine.")
  private int processes;

  @Option(
      names = {"--nnodes"},
      paramLabel = "N",
      defaultValue = "1",
      description = "Machines (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = {"--node_rank", "--node-rank"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Which machine this is, from 0 (default: ${DEFAULT-VALUE}).")
  private int node;

  @Option(
      names = {"--master_addr", "--master-addr"},
      paramLabel = "HOST",
      description = "The machine 0, as the others reach it (default: this one).")
  private Optional<String> address;

  @Option(
      names = {"--master_port", "--master-port"},
      paramLabel = "PORT",
      description =
          "A free port of machine 0 (default: any on one machine, "
              + TORCHRUN_PORT
              + " on several).")
  private Optional<Integer> port;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "The command that each process runs: train and its options.")
  private List<String> words = List.of();

  private final Console console;

  LaunchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    List<Rank> ranks = new ArrayList<>();
    String meeting = Integer.toString(port.orElseGet(this::anyPort));
    for (int local = 0; local < processes; local++) {
      int rank = node * processes + local;
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put(Rendezvous.ADDRESS, address.orElse(HERE));
      environment.put(Rendezvous.PORT, meeting);
      environment.put(Rendezvous.RANK, Integer.toString(rank));
      environment.put(Rendezvous.SIZE, Integer.toString(nodes * processes));
      environment.put(Rendezvous.LOCAL_RANK, Integer.toString(local));
      environment.put(Rendezvous.LOCAL_SIZE, Integer.toString(processes));
      ranks.add(new Rank(rank, local == 0, environment));
    }
    try (Ranks running = Ranks.start(program(), ranks, console)) {
      return running.await();
    }
  }

  private void check() {
    if (!words.get(0).equals("train")) {
      throw wrong("launch", "starts train, not '" + words.get(0) + "'");
    }
    if (processes < 1 || nodes < 1 || node < 0 || node >= nodes) {
      throw wrong(
          "launch",
          processes + " processes on machine " + node + " of " + nodes + " cannot be started");
    }
    if (nodes > 1 && address.isEmpty()) {
      throw wrong("--master_addr", "is needed with --nnodes " + nodes);
    }
  }

  /** This same program: Java, its options, the classes, and the words. */
  private List<String> program() {
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    program.addAll(List.of("-cp", System.getProperty("java.class.path"), Micromet.class.getName()));
    program.addAll(words);
    return program;
  }

  private int anyPort() {
    if (nodes > 1) {
      return TORCHRUN_PORT;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          "launch",
          "no port is free on the loopback interface (" + e.getMessage() + ")",
          "Name one: --master_port PORT.",
          e);
    }
  }

  private static MicrometException wrong(String subject, String problem) {
    return new MicrometException(
        ErrorKind.USAGE, subject, problem, "`micromet launch --help` lists the options.");
  }
}
