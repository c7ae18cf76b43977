// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One named array of a checkpoint, row-major, on the Java heap.
 *
 * <p>Threads: immutable, safe for many.
 */
public final class WeightTensor {
  private final long[] shape;
  private final float[] floats; // empty unless FLOAT32
  private final long[] longs; // empty unless INT64
  private final DType dtype;

  private WeightTensor(long[] shape, DType dtype, float[] floats, long[] longs) {
    this.shape = shape.clone();
    this.dtype = dtype;
    this.floats = floats;
    this.longs = longs;
    long stored = dtype == DType.FLOAT32 ? floats.length : longs.length;
    if (count() != stored) {
      throw new IllegalArgumentException(shapeText() + " holds not " + stored + " elements");
    }
  }

  /** A float32 tensor; the array is kept, not copied. */
  public static WeightTensor ofFloats(float[] values, long... shape) {
    return new WeightTensor(shape, DType.FLOAT32, values, new long[0]);
  }

  /** An int64 tensor; the array is kept, not copied. */
  public static WeightTensor ofLongs(long[] values, long... shape) {
    return new WeightTensor(shape, DType.INT64, new float[0], values);
  }

  /** Sizes, outermost first; no size at all for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  public DType dtype() {
    return dtype;
  }

  /** Elements: the product of the shape. */
  public long count() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** The elements of a float32 tensor, row-major, read-only. */
  public FloatBuffer floats() {
    require(DType.FLOAT32);
    return FloatBuffer.wrap(floats).asReadOnlyBuffer();
  }

  /** The elements of an int64 tensor, row-major, read-only. */
  public LongBuffer longs() {
    require(DType.INT64);
    return LongBuffer.wrap(longs).asReadOnlyBuffer();
  }

  /** A copy of the elements of a float32 tensor, row-major. */
  public float[] floatArray() {
    require(DType.FLOAT32);
    return floats.clone();
  }

  /** The elements as files hold them: row-major, little-endian. */
  byte[] littleEndian() {
    int size = dtype == DType.FLOAT32 ? Float.BYTES : Long.BYTES;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Math.toIntExact(count()), size))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (dtype == DType.FLOAT32) {
      bytes.asFloatBuffer().put(floats);
    } else {
      bytes.asLongBuffer().put(longs);
    }
    return bytes.array();
  }

  /** As people write it: {@code 64x3x7x7}, or {@code a scalar}. */
  public String shapeText() {
    return shapeText(shape);
  }

  /** As {@link #shapeText()}, for any shape. */
  public static String shapeText(long[] shape) {
    return shape.length == 0
        ? "a scalar"
        : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }

  private void require(DType wanted) {
    if (dtype != wanted) {
      throw new IllegalStateException("a tensor of " + dtype + " has no elements of " + wanted);
    }
  }
}
