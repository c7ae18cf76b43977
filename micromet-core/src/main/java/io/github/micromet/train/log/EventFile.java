// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * One of TensorBoard's event files: records of TensorFlow's TFRecord form, each a protobuf Event.
 *
 * <p>Written here because no maintained Java writer was found: TensorFlow's own comes with an old
 * protobuf-java that does not go together with Spark's, and what is needed is these few lines.
 *
 * <p>Sources: tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto,
 * tensorflow/core/lib/io/record_writer. Each record is one write, so a process that is killed
 * leaves whole records.
 */
final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final int SESSION_START = 1;
  private static final int RGB = 3;

  private final Path file;
  private final Clock clock;
  private final FileChannel channel;

  private EventFile(Path file, Clock clock, FileChannel channel) {
    this.file = file;
    this.clock = clock;
    this.channel = channel;
  }

  /**
   * Makes a new file in the folder, under TensorFlow's name.
   *
   * @param after the step after which this file goes on; readers forget later steps of older files
   * @throws MicrometException of kind RESOURCE if it cannot be written
   */
  static EventFile create(Path folder, Clock clock, long after) {
    long second = clock.instant().getEpochSecond();
    long process = ProcessHandle.current().pid();
    for (int n = 0; ; n++) {
      String name =
          String.format(
              Locale.ROOT, "events.out.tfevents.%010d.%s.%d.%d", second, host(), process, n);
      Path file = folder.resolve(name);
      try {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        EventFile made = new EventFile(file, clock, channel);
        made.begin(after);
        return made;
      } catch (FileAlreadyExistsException e) {
        // Another file of this second and process: the next number.
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
  }

  private void begin(long after) {
    append(event(0).text(3, VERSION));
    if (after > 0) {
      append(event(after + 1).message(7, new Message().number(1, SESSION_START)));
    }
  }

  void scalar(String tag, long step, double value) {
    summary(step, new Message().text(1, tag).shortReal(2, (float) value));
  }

  void image(String tag, long step, int size, byte[] png) {
    Message image = new Message().number(1, size).number(2, size).number(3, RGB).bytes(4, png);
    summary(step, new Message().text(1, tag).message(4, image));
  }

  private void summary(long step, Message value) {
    append(event(step).message(5, new Message().message(1, value)));
  }

  private Message event(long step) {
    return new Message().real(1, clock.millis() / 1000.0).number(2, step);
  }

  private void append(Message event) {
    byte[] data = event.toBytes();
    ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
    record.put(data);
    record.putInt(maskedCrc(data, 0, data.length));
    record.flip();
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** CRC-32C, turned and shifted, as a checksum of data that holds checksums should be. */
  static int maskedCrc(byte[] data, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /** By environment variable: asking the network for a name would open a connection. */
  private static String host() {
    for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
      String name = System.getenv(variable);
      if (name != null && !name.isBlank()) {
        return name.strip().replaceAll("[^A-Za-z0-9_.-]", "_");
      }
    }
    return "localhost";
  }

  private static MicrometException failure(Path file, IOException e) {
    return new MicrometException(
        ErrorKind.RESOURCE,
        file.toString(),
        "cannot be written (" + e.getMessage() + ")",
        "Make room, or choose a folder that can be written to.",
        e);
  }

  /** What was told is on the disk after this. */
  void flush() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }
}
