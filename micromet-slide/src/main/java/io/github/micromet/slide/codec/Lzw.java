// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

/**
 * TIFF's LZW (TIFF 6.0 section 13). Our own because no kept library offers it by itself: the string
 * table is positions in the output, so it costs no memory a string.
 */
final class Lzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int TABLE = 4096;

  private Lzw() {}

  /**
   * Unpacks until {@code needed} bytes, the end code or the end of the input.
   *
   * @return the bytes written, at most {@code needed}
   * @throws CodecException if a code names no string
   */
  static int unpack(byte[] in, int length, byte[] out, int needed) throws CodecException {
    int[] start = new int[TABLE];
    int[] size = new int[TABLE];
    int next = FIRST;
    int width = 9;
    int lastStart = 0;
    int lastSize = 0; // 0: no string since the last clear
    int bits = 0;
    int have = 0;
    int at = 0;
    int done = 0;
    while (done < needed) {
      while (have < width) {
        if (at == length) {
          return done;
        }
        bits = bits << 8 | in[at++] & 0xff;
        have += 8;
      }
      int code = bits >>> (have - width) & (1 << width) - 1;
      have -= width;
      if (code == END) {
        return done;
      }
      if (code == CLEAR) {
        next = FIRST;
        width = 9;
        lastSize = 0;
        continue;
      }
      int from = done;
      if (code < CLEAR) {
        out[done++] = (byte) code;
      } else if (code < next) {
        done = copy(out, start[code], size[code], done, needed);
      } else if (code == next && lastSize > 0) {
        done = copy(out, lastStart, lastSize + 1, done, needed);
      } else {
        throw new CodecException("its LZW code " + code + " at byte " + at + " names no string");
      }
      if (lastSize > 0 && next < TABLE) {
        start[next] = lastStart;
        size[next++] = lastSize + 1;
      }
      if (next > (1 << width) - 2 && width < 12) { // one code early, as all TIFF writers do
        width++;
      }
      lastStart = from;
      lastSize = done - from;
    }
    return done;
  }

  /** Forwards, byte by byte: the string may reach into what it writes. */
  private static int copy(byte[] out, int from, int size, int to, int needed) {
    int end = Math.min(to + size, needed);
    for (int i = to, j = from; i < end; i++, j++) {
      out[i] = out[j];
    }
    return end;
  }
}
