// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are killed with SIGKILL")
class GlooGroupTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Map<String, String> ENVIRONMENT =
      Map.of("MASTER_ADDR", "127.0.0.1", "MASTER_PORT", "29500", "RANK", "3", "WORLD_SIZE", "4");

  @Test
  void torchrunsVariablesSayWhereToMeet() {
    assertThat(Rendezvous.of(ENVIRONMENT, TIMEOUT))
        .contains(new Rendezvous("127.0.0.1", 29500, 3, 4, 0, 1, Optional.empty(), TIMEOUT));
    assertThat(Rendezvous.of(Map.of(), TIMEOUT)).isEmpty();
    assertThat(Rendezvous.of(with("WORLD_SIZE", "1"), TIMEOUT)).isEqualTo(Optional.empty());
  }

  @Test
  void theInterfaceIsTheNamedOneOrTheWayToRankZero() {
    assertThat(Rendezvous.of(with("GLOO_SOCKET_IFNAME", "eth7"), TIMEOUT))
        .hasValueSatisfying(met -> assertThat(met.networkInterface()).contains("eth7"));
    assertThat(GlooGroup.ownAddress("127.0.0.1", 29500))
        .hasValueSatisfying(own -> assertThat(own.isLoopbackAddress()).isTrue());
    assertThat(GlooGroup.ownAddress("no-such-host.invalid", 29500)).isEmpty();
  }

  @Test
  void aRankBeyondTheSizeIsRefusedWithBothNumbers() {
    assertThatThrownBy(() -> Rendezvous.of(with("RANK", "4"), TIMEOUT))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessage("RANK: is '4', not a whole number from 0 to 3");
    assertThatThrownBy(() -> Rendezvous.of(with("MASTER_PORT", "http"), TIMEOUT))
        .hasMessageContaining("'http'");
    assertThatThrownBy(() -> Rendezvous.of(with("MASTER_ADDR", " "), TIMEOUT))
        .hasMessageContaining("MASTER_ADDR: is not set");
  }

  @Test
  void twoProcessesAddAndTheOneThatIsLeftFailsWithWords() throws Exception {
    int port = freePort();
    Member first = new Member(port, 0);
    Member second = new Member(port, 1);
    assertThat(first.line()).isEqualTo("joined");
    assertThat(second.line()).isEqualTo("joined");
    first.ask();
    second.ask();
    assertThat(first.line()).isEqualTo("sums 3.0 20.0");
    assertThat(second.line()).isEqualTo("sums 3.0 20.0");

    first.ask(); // waits for the second
    second.process.destroyForcibly().waitFor();

    assertThat(first.line())
        .startsWith("RESOURCE rank 0 of 2: another process is lost, or was silent for 60 s (")
        .doesNotContain(".cc:");
    assertThat(first.process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(first.process.exitValue()).isEqualTo(4);
  }

  @Test
  void aProcessThatNeverComesEndsTheWaitAfterTheTimeout() throws IOException {
    Rendezvous lonely =
        new Rendezvous(
            "127.0.0.1", freePort(), 1, 2, 1, 2, Optional.empty(), Duration.ofMillis(300));

    assertThatThrownBy(() -> GlooGroup.join(lonely))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining("rank 1 of 2: cannot meet the others at 127.0.0.1:" + lonely.port());
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> other = new java.util.HashMap<>(ENVIRONMENT);
    other.put(name, value);
    return other;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A process and its lines. */
  private static final class Member {
    private final Process process;
    private final BufferedReader lines;

    Member(int port, int rank) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                  "-cp",
                  System.getProperty("java.class.path"),
                  GroupMember.class.getName(),
                  Long.toString(TIMEOUT.toSeconds())));
      builder
          .environment()
          .putAll(
              Map.of(
                  Rendezvous.ADDRESS,
                  "127.0.0.1",
                  Rendezvous.PORT,
                  Integer.toString(port),
                  Rendezvous.RANK,
                  Integer.toString(rank),
                  Rendezvous.SIZE,
                  "2"));
      process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      lines =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** Asks for a sum. */
    void ask() throws IOException {
      process.getOutputStream().write('s');
      process.getOutputStream().flush();
    }

    /** The next line that is not the JVM's or a library's own. */
    String line() throws IOException {
      String line = lines.readLine();
      while (line != null && !line.matches("(joined|sums|[A-Z]+ rank) ?.*")) {
        line = lines.readLine();
      }
      return String.valueOf(line);
    }
  }
}
