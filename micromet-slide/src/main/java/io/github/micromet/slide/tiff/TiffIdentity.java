// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells slides apart without their pixels: SHA-256 over the file's length and, for each directory
 * in order of reading, its offset and each tag with all its values, which are the tables of tile
 * offsets and lengths too.
 */
final class TiffIdentity {
  /** The tables of a slide of 200,000 x 200,000 in tiles of 256 take 13 MB. */
  private static final long MAX_BYTES = 256L << 20;

  private static final int BLOCK = 1 << 16;

  private TiffIdentity() {}

  static String of(TiffFile file) throws TiffException, IOException {
    MessageDigest digest = sha256();
    ByteBuffer number = ByteBuffer.allocate(24);
    digest.update(number.putLong(file.bytes()).flip());
    long budget = MAX_BYTES;
    for (TiffDirectory directory : file.all()) {
      digest.update(number.clear().putLong(directory.offset()).flip());
      for (TiffDirectory.Entry entry : directory.entries()) {
        budget -= entry.bytes();
        if (entry.bytes() < 0 || budget < 0) {
          throw directory.wrong(entry.tag(), "makes more than " + MAX_BYTES + " bytes of tags");
        }
        number.clear().putInt(entry.tag()).putInt(entry.type()).putLong(entry.count());
        digest.update(number.flip());
        values(directory, entry, digest);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void values(
      TiffDirectory directory, TiffDirectory.Entry entry, MessageDigest digest)
      throws TiffException, IOException {
    for (long done = 0; done < entry.bytes(); done += BLOCK) {
      digest.update(directory.raw(entry, done, Math.min(BLOCK, entry.bytes() - done)));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
