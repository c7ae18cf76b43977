// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of labels as little-endian int32, row by row: what conformance/oracle/froc.py keeps. */
final class LabelHash {
  private LabelHash() {}

  static String of(LesionMask lesions) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer line = ByteBuffer.allocate(lesions.columns() * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < lesions.rows(); row++) {
        line.clear();
        for (int column = 0; column < lesions.columns(); column++) {
          line.putInt(lesions.labelAt(row, column));
        }
        digest.update(line.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
