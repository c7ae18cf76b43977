// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a state dict as {@code torch.save} does, for {@code torch.load(weights_only=True)} and
 * {@code mmap=True}: a zip of stored entries, an OrderedDict of tensors pickled by protocol 2, and
 * one file of elements for each tensor, aligned to 64 bytes.
 *
 * <p>The same state gives the same bytes: nothing in the file tells when, where or by whom.
 */
public final class TorchWriter {
  private static final String FOLDER = "archive/";

  private TorchWriter() {}

  /**
   * Writes aside and renames.
   *
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(Path target, StateDict state) {
    AtomicFiles.write(target, out -> write(out, state));
  }

  private static void write(OutputStream out, StateDict state) throws IOException {
    StoredZip zip = new StoredZip(out);
    zip.add(FOLDER + "data.pkl", pickle(state));
    zip.add(FOLDER + "byteorder", ascii("little"));
    int key = 0;
    for (WeightTensor tensor : state.tensors().values()) {
      zip.add(FOLDER + "data/" + key++, tensor.littleEndian());
    }
    zip.add(FOLDER + "version", ascii("3\n"));
    zip.finish();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] pickle(StateDict state) {
    Pickle pickle = new Pickle();
    pickle.orderedDict().mark();
    int key = 0;
    for (Map.Entry<String, WeightTensor> entry : state.tensors().entrySet()) {
      pickle.text(entry.getKey());
      tensor(pickle, key++, entry.getValue());
    }
    return pickle.setItems().end();
  }

  /** _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks). */
  private static void tensor(Pickle pickle, int key, WeightTensor tensor) {
    String storage =
        switch (tensor.dtype()) {
          case FLOAT32 -> "FloatStorage";
          case INT64 -> "LongStorage";
        };
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").global("torch", storage).text(Integer.toString(key)).text("cpu");
    pickle.integer(tensor.count()).tuple().persistent();
    pickle.integer(0);
    integers(pickle, tensor.shape());
    integers(pickle, strides(tensor.shape()));
    pickle.no().orderedDict().tuple().reduce();
  }

  private static void integers(Pickle pickle, long[] values) {
    pickle.mark();
    Arrays.stream(values).forEach(pickle::integer);
    pickle.tuple();
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= shape[axis];
    }
    return strides;
  }

  /** The few operations of pickle's stack machine that tensors need. */
  private static final class Pickle {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Pickle() {
      operation(0x80).operation(2);
    }

    private Pickle operation(int code) {
      bytes.write(code);
      return this;
    }

    private Pickle mark() {
      return operation('(');
    }

    private Pickle tuple() {
      return operation('t');
    }

    private Pickle reduce() {
      return operation('R');
    }

    private Pickle persistent() {
      return operation('Q');
    }

    private Pickle setItems() {
      return operation('u');
    }

    private Pickle no() {
      return operation(0x89);
    }

    private Pickle orderedDict() {
      return global("collections", "OrderedDict").operation(')').reduce();
    }

    private Pickle global(String module, String name) {
      operation('c');
      bytes.writeBytes(ascii(module + "\n" + name + "\n"));
      return this;
    }

    private Pickle text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      operation('X').littleEndian(utf8.length);
      bytes.writeBytes(utf8);
      return this;
    }

    private Pickle integer(long value) {
      return operation('J').littleEndian(Math.toIntExact(value));
    }

    private Pickle littleEndian(int value) {
      for (int shift = 0; shift < 32; shift += 8) {
        bytes.write(value >>> shift);
      }
      return this;
    }

    private byte[] end() {
      return operation('.').bytes.toByteArray();
    }
  }
}
