// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The patches of conformance/oracle/augment.py. */
final class GoldenPatches {
  private GoldenPatches() {}

  /** One of the small ones: 24 x 24 x 3 uint8, a fresh array. */
  static byte[] small(String name) {
    return Golden.bytes(Golden.file("augment/" + name + ".npy"));
  }

  /** size,size,3 uint8; byte i is the top byte of splitmix64(seed * 2^32 + i). */
  static byte[] formula(int size, long seed) {
    byte[] rgb = new byte[size * size * 3];
    for (int i = 0; i < rgb.length; i++) {
      long z = (seed << 32) + i + 0x9E3779B97F4A7C15L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      rgb[i] = (byte) ((z ^ z >>> 31) >>> 56);
    }
    return rgb;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Double> doubles(JsonNode list) {
    List<Double> values = new ArrayList<>();
    list.forEach(value -> values.add(value.doubleValue()));
    return values;
  }
}
