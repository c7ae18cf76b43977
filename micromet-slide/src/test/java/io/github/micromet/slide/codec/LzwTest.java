// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LzwTest {
  @Test
  void theExampleOfTheTiffSpecificationUnpacks() throws CodecException {
    // TIFF 6.0, page 58: 7 7 7 8 8 7 7 6 6, codes 256 7 258 8 8 258 6 6 257.
    byte[] packed = codes(256, 7, 258, 8, 8, 258, 6, 6, 257);
    byte[] out = new byte[9];

    assertThat(Lzw.unpack(packed, packed.length, out, 9)).isEqualTo(9);
    assertThat(out).containsExactly(7, 7, 7, 8, 8, 7, 7, 6, 6);
  }

  @Test
  void anythingPackedUnpacksAgain() throws CodecException {
    SplittableRandom random = new SplittableRandom(Long.getLong("micromet.seed", 20261124L));
    for (int kinds : new int[] {1, 2, 7, 256}) {
      for (int length : new int[] {1, 2, 600, 70_000}) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
          bytes[i] = (byte) random.nextInt(kinds);
        }
        byte[] packed = pack(bytes);
        byte[] out = new byte[length];

        assertThat(Lzw.unpack(packed, packed.length, out, length)).isEqualTo(length);
        assertThat(out).isEqualTo(bytes);
      }
    }
  }

  @Test
  void aStreamCutShortGivesWhatItHas() throws CodecException {
    byte[] packed = pack("mitosis mitosis mitosis".getBytes(StandardCharsets.US_ASCII));
    byte[] out = new byte[100];

    assertThat(Lzw.unpack(packed, 5, out, 100)).isEqualTo(3);
    assertThat(Lzw.unpack(packed, packed.length, out, 100)).isEqualTo(23);
  }

  @Test
  void moreThanTheTileIsNeverWritten() throws CodecException {
    byte[] packed = pack(new byte[10_000]);
    byte[] out = new byte[50];
    out[49] = 99;

    assertThat(Lzw.unpack(packed, packed.length, out, 49)).isEqualTo(49);
    assertThat(out[49]).isEqualTo((byte) 99);
  }

  @Test
  void aCodeOfNoStringIsRefused() {
    byte[] packed = codes(256, 7, 300);

    assertThatThrownBy(() -> Lzw.unpack(packed, packed.length, new byte[9], 9))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("code 300");
    byte[] first = codes(256, 258);
    assertThatThrownBy(() -> Lzw.unpack(first, first.length, new byte[9], 9))
        .isInstanceOf(CodecException.class);
  }

  /** Codes of 9 bits. */
  private static byte[] codes(int... codes) {
    Bits bits = new Bits();
    for (int code : codes) {
      bits.put(code, 9);
    }
    return bits.end();
  }

  /** The encoder of TIFF 6.0, page 61, which clears its table when it is full. */
  private static byte[] pack(byte[] bytes) {
    Bits bits = new Bits();
    Map<String, Integer> table = new HashMap<>();
    int width = 9;
    int next = 258;
    bits.put(256, width);
    String prefix = "";
    for (byte b : bytes) {
      String longer = prefix + (char) (b & 0xff);
      if (longer.length() == 1 || table.containsKey(longer)) {
        prefix = longer;
        continue;
      }
      bits.put(code(prefix, table), width);
      table.put(longer, next++);
      prefix = String.valueOf((char) (b & 0xff));
      // The decoder's table lags by one, and widths change one code early.
      if (next == (1 << width)) {
        width++;
      }
      if (next == 4094) {
        bits.put(256, width);
        table.clear();
        next = 258;
        width = 9;
      }
    }
    bits.put(code(prefix, table), width);
    if (next + 1 == (1 << width)) {
      width++;
    }
    bits.put(257, width);
    return bits.end();
  }

  private static int code(String text, Map<String, Integer> table) {
    return text.length() == 1 ? text.charAt(0) : table.get(text);
  }

  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long held;
    private int count;

    void put(int code, int width) {
      held = held << width | code;
      count += width;
      while (count >= 8) {
        out.write((int) (held >> (count - 8)));
        count -= 8;
      }
    }

    byte[] end() {
      if (count > 0) {
        out.write((int) (held << (8 - count)));
      }
      return out.toByteArray();
    }
  }
}
