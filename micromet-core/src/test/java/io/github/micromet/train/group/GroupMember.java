// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.group;

import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bytedeco.pytorch.Tensor;

/** A process of a group, for tests: adds whatever its standard input asks for. */
final class GroupMember {
  private GroupMember() {}

  public static void main(String[] words) throws IOException {
    Duration timeout = Duration.ofSeconds(Long.parseLong(words[0]));
    Rendezvous rendezvous = Rendezvous.of(System.getenv(), timeout).orElseThrow();
    try (GlooGroup group = GlooGroup.join(rendezvous)) {
      say("joined");
      while (System.in.read() == 's') {
        Tensor tensor = Tensor.create(1f + group.rank(), 10f);
        group.sum(tensor);
        float[] sums = new float[2];
        new org.bytedeco.javacpp.FloatPointer(tensor.data_ptr()).get(sums);
        say("sums " + sums[0] + " " + sums[1]);
      }
    } catch (MicrometException e) {
      say(e.kind() + " " + e.getMessage());
      Runtime.getRuntime().halt(e.kind().exitCode());
    }
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.err.write(bytes, 0, bytes.length);
    System.err.flush();
  }
}
