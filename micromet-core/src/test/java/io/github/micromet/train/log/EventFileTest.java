// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_764_037_800_250L), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void theBytesAreThoseOfTensorBoardsOwnWriter() throws IOException {
    byte[] png = new byte[200];
    for (int i = 0; i < png.length; i++) {
      png[i] = (byte) i;
    }
    try (EventFile file = EventFile.create(folder, CLOCK, 0)) {
      file.scalar("train_loss", 1, 0.7057);
      file.scalar("train_loss", 300, Double.NaN);
      file.scalar("train_loss", 5_000_000_000L, -1.5e-30);
      file.image("samples/00 tumour é", 1, 224, png);
    }
    assertThat(Files.readAllBytes(only()))
        .isEqualTo(Files.readAllBytes(Golden.file("events/new.tfevents")));
  }

  @Test
  void aResumedTrainingsFileTellsReadersToForgetLaterStepsOfOlderOnes() throws IOException {
    try (EventFile file = EventFile.create(folder, CLOCK, 50)) {
      file.scalar("train_loss", 51, 0.25);
    }
    assertThat(Files.readAllBytes(only()))
        .isEqualTo(Files.readAllBytes(Golden.file("events/resumed.tfevents")));
    assertThat(EventFileReader.events(only()))
        .containsExactly("0 brain.Event:2", "51 start", "51 train_loss=0.25");
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  @Test
  void twoFilesOfOneSecondHaveTwoNames() throws IOException {
    EventFile.create(folder, CLOCK, 0).close();
    EventFile.create(folder, CLOCK, 0).close();

    String pid = Long.toString(ProcessHandle.current().pid());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted())
          .satisfiesExactly(
              a ->
                  assertThat(a)
                      .matches("events\\.out\\.tfevents\\.1764037800\\..+\\." + pid + "\\.0"),
              b ->
                  assertThat(b)
                      .matches("events\\.out\\.tfevents\\.1764037800\\..+\\." + pid + "\\.1"));
    }
  }

  @Test
  void checksumsAreCrc32cOfTheKnownVectors() {
    byte[] zeros = new byte[32];
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) -1);
    byte[] rising = new byte[32];
    for (int i = 0; i < 32; i++) {
      rising[i] = (byte) i;
    }
    // RFC 3720, appendix B.4, and the check value of the CRC catalogue.
    vector(zeros, 0x8a9136aa);
    vector(ones, 0x62a8ab43);
    vector(rising, 0x46dd794e);
    vector("123456789".getBytes(StandardCharsets.US_ASCII), 0xe3069283);
  }

  private static void vector(byte[] data, int crc) {
    assertThat(EventFileReader.crc32c(data)).isEqualTo(crc);
    int unmasked = EventFile.maskedCrc(data, 0, data.length) - 0xa282ead8;
    assertThat(unmasked >>> 17 | unmasked << 15).isEqualTo(crc);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> EventFile.create(folder.resolve("no"), CLOCK, 0))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("tfevents");
  }
}
