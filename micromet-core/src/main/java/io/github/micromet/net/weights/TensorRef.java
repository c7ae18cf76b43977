// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.nio.ByteBuffer;

/**
 * A tensor as a file describes it: elements of a storage, reached by strides.
 *
 * @param offset first element
 * @param shape sizes, outermost first
 * @param stride elements between neighbours of each axis
 */
record TensorRef(StorageRef storage, long offset, long[] shape, long[] stride) {

  /** A run of elements; {@code count} as the file claims it. */
  record StorageRef(ElementType type, String key, long count) {}

  TensorRef {
    if (shape.length != stride.length || shape.length > 16 || offset < 0) {
      throw Refusal.damaged(
          "a tensor has "
              + shape.length
              + " sizes, "
              + stride.length
              + " strides, offset "
              + offset);
    }
  }

  /**
   * Elements of this tensor, at most those of its storage: a view that repeats elements is no
   * weight.
   */
  int elements(String name) {
    long count = 1;
    long last = offset;
    try {
      for (int axis = 0; axis < shape.length; axis++) {
        if (shape[axis] < 0 || stride[axis] < 0) {
          throw new ArithmeticException();
        }
        count = Math.multiplyExact(count, shape[axis]);
        last = Math.addExact(last, Math.multiplyExact(Math.max(shape[axis] - 1, 0), stride[axis]));
      }
    } catch (ArithmeticException e) {
      throw outside(name);
    }
    if (count > Math.min(storage.count(), Integer.MAX_VALUE)
        || count > 0 && last >= storage.count()) {
      throw outside(name);
    }
    return Math.toIntExact(count);
  }

  private Refusal outside(String name) {
    return Refusal.damaged(
        name
            + " is "
            + WeightTensor.shapeText(shape)
            + " with strides "
            + WeightTensor.shapeText(stride)
            + " from element "
            + offset
            + " of a storage of "
            + storage.count());
  }

  /** Copies the elements out, row-major. {@code data} holds the whole storage. */
  WeightTensor read(String name, ByteBuffer data) {
    int count = elements(name);
    ElementType type = storage.type();
    if (storage.count() > data.limit() / type.bytes()) {
      throw Refusal.damaged(
          name
              + ": its storage has "
              + data.limit()
              + " bytes, not "
              + storage.count()
              + " elements");
    }
    if (type == ElementType.FLOAT && count > 0 && rowMajor()) {
      float[] run = new float[count];
      data.slice((int) offset * Float.BYTES, count * Float.BYTES)
          .order(data.order())
          .asFloatBuffer()
          .get(run);
      return WeightTensor.ofFloats(run, shape);
    }
    float[] floats = new float[type.dtype() == DType.FLOAT32 ? count : 0];
    long[] longs = new long[type.dtype() == DType.INT64 ? count : 0];
    long[] index = new long[shape.length];
    long at = offset;
    for (int i = 0; i < count; i++) {
      int position = Math.toIntExact(at * type.bytes());
      if (type.dtype() == DType.FLOAT32) {
        floats[i] = type.floatAt(data, position);
      } else {
        longs[i] = type.longAt(data, position);
      }
      at = next(index, at);
    }
    return type.dtype() == DType.FLOAT32
        ? WeightTensor.ofFloats(floats, shape)
        : WeightTensor.ofLongs(longs, shape);
  }

  /** Whether the elements lie in one run, in order, as PyTorch saves nearly all weights. */
  private boolean rowMajor() {
    long step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && stride[axis] != step) {
        return false;
      }
      step *= shape[axis];
    }
    return true;
  }

  /** Moves {@code index} to the next element in row-major order and says where that lies. */
  private long next(long[] index, long at) {
    long moved = at;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      moved += stride[axis];
      if (index[axis] < shape[axis]) {
        return moved;
      }
      moved -= stride[axis] * shape[axis];
      index[axis] = 0;
    }
    return moved;
  }
}
