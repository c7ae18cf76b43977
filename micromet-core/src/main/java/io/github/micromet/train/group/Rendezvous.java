// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.group;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the processes of one training meet, and which of them this is: the variables of torchrun.
 *
 * @param address host of rank 0
 * @param port on that host
 * @param rank from 0
 * @param size how many there are
 * @param localRank of those on this machine, from 0
 * @param localSize how many are on this machine
 * @param networkInterface by which this process talks, or several with commas; empty: that which
 *     leads to the address
 * @param timeout how long a silent process is waited for
 */
public record Rendezvous(
    String address,
    int port,
    int rank,
    int size,
    int localRank,
    int localSize,
    Optional<String> networkInterface,
    Duration timeout) {
  public static final String ADDRESS = "MASTER_ADDR";
  public static final String PORT = "MASTER_PORT";
  public static final String RANK = "RANK";
  public static final String SIZE = "WORLD_SIZE";
  public static final String LOCAL_RANK = "LOCAL_RANK";
  public static final String LOCAL_SIZE = "LOCAL_WORLD_SIZE";

  /** PyTorch's name for it. */
  public static final String INTERFACE = "GLOO_SOCKET_IFNAME";

  private static final int HIGHEST_PORT = 65_535;
  private static final String REMEDY =
      "`micromet launch` sets these variables; unset WORLD_SIZE to train in one process.";

  public Rendezvous {
    Objects.requireNonNull(address);
    Objects.requireNonNull(networkInterface);
    Objects.requireNonNull(timeout);
    if (size < 1 || rank < 0 || rank >= size || localRank < 0 || localRank >= localSize) {
      throw new IllegalArgumentException("rank " + rank + " of " + size);
    }
  }

  /**
   * What the environment says; empty where it says nothing of several processes.
   *
   * @throws MicrometException of kind USAGE if a variable is missing or no number of its range
   */
  public static Optional<Rendezvous> of(Map<String, String> environment, Duration timeout) {
    if (!environment.containsKey(SIZE)) {
      return Optional.empty();
    }
    int size = number(environment, SIZE, 1, Integer.MAX_VALUE);
    if (size == 1) {
      return Optional.empty();
    }
    int rank = number(environment, RANK, 0, size - 1);
    // Without launch or torchrun nobody says who else is on this machine.
    int localSize =
        environment.containsKey(LOCAL_SIZE) ? number(environment, LOCAL_SIZE, 1, size) : 1;
    int localRank =
        environment.containsKey(LOCAL_RANK) ? number(environment, LOCAL_RANK, 0, localSize - 1) : 0;
    return Optional.of(
        new Rendezvous(
            text(environment, ADDRESS),
            number(environment, PORT, 1, HIGHEST_PORT),
            rank,
            size,
            localRank,
            localSize,
            Optional.of(environment.getOrDefault(INTERFACE, "").strip())
                .filter(name -> !name.isEmpty()),
            timeout));
  }

  private static String text(Map<String, String> environment, String name) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE, name, "is not set, though " + SIZE + " is", REMEDY);
    }
    return text;
  }

  private static int number(Map<String, String> environment, String name, int least, int most) {
    String text = text(environment, name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // The same answer as for a number out of range.
    }
    throw new MicrometException(
        ErrorKind.USAGE,
        name,
        "is '" + text + "', not a whole number from " + least + " to " + most,
        REMEDY);
  }
}
