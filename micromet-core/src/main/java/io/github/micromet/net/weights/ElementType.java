// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** An element type as files name it, and its conversion to {@link DType}. */
enum ElementType {
  FLOAT("FloatStorage", "F32", 4),
  DOUBLE("DoubleStorage", "F64", 8),
  HALF("HalfStorage", "F16", 2),
  BFLOAT16("BFloat16Storage", "BF16", 2),
  LONG("LongStorage", "I64", 8),
  INT("IntStorage", "I32", 4),
  SHORT("ShortStorage", "I16", 2),
  CHAR("CharStorage", "I8", 1),
  BYTE("ByteStorage", "U8", 1),
  BOOL("BoolStorage", "BOOL", 1);

  private final String storageClass;
  private final String safetensorsName;
  private final int bytes;

  ElementType(String storageClass, String safetensorsName, int bytes) {
    this.storageClass = storageClass;
    this.safetensorsName = safetensorsName;
    this.bytes = bytes;
  }

  static Optional<ElementType> ofStorageClass(String name) {
    return Arrays.stream(values()).filter(type -> type.storageClass.equals(name)).findFirst();
  }

  static Optional<ElementType> ofSafetensors(String name) {
    return Arrays.stream(values()).filter(type -> type.safetensorsName.equals(name)).findFirst();
  }

  int bytes() {
    return bytes;
  }

  DType dtype() {
    return switch (this) {
      case FLOAT, DOUBLE, HALF, BFLOAT16 -> DType.FLOAT32;
      case LONG, INT, SHORT, CHAR, BYTE, BOOL -> DType.INT64;
    };
  }

  /** The element at a byte position, for the types that become float32. */
  float floatAt(ByteBuffer data, int at) {
    return switch (this) {
      case FLOAT -> data.getFloat(at);
      case DOUBLE -> (float) data.getDouble(at);
      case HALF -> halfToFloat(data.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(data.getShort(at) << 16);
      case LONG, INT, SHORT, CHAR, BYTE, BOOL -> throw new IllegalStateException("an integer type");
    };
  }

  /** The element at a byte position, for the types that become int64. */
  long longAt(ByteBuffer data, int at) {
    return switch (this) {
      case LONG -> data.getLong(at);
      case INT -> data.getInt(at);
      case SHORT -> data.getShort(at);
      case CHAR -> data.get(at);
      case BYTE -> Byte.toUnsignedLong(data.get(at));
      case BOOL -> data.get(at) == 0 ? 0 : 1;
      case FLOAT, DOUBLE, HALF, BFLOAT16 -> throw new IllegalStateException("a real type");
    };
  }

  // Java 17 has no Float.float16ToFloat. IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits.
  private static float halfToFloat(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}
