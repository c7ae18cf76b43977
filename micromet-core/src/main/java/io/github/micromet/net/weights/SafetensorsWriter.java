// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a state dict as safetensors, with strings beside it. The header names the tensors in the
 * order of the state dict; int64 elements come first, so that every tensor is aligned.
 *
 * <p>The same state and strings give the same bytes.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetensorsWriter() {}

  /**
   * Writes aside and renames.
   *
   * @param metadata e.g. the contract of a network; may be empty
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(Path target, StateDict state, Map<String, String> metadata) {
    AtomicFiles.write(target, out -> write(out, state, metadata));
  }

  private static void write(OutputStream out, StateDict state, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(state, metadata);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    for (DType dtype : new DType[] {DType.INT64, DType.FLOAT32}) {
      for (WeightTensor tensor : state.tensors().values()) {
        if (tensor.dtype() == dtype) {
          out.write(tensor.littleEndian());
        }
      }
    }
  }

  private static byte[] header(StateDict state, Map<String, String> metadata) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set("__metadata__", JSON.valueToTree(new TreeMap<>(metadata)));
    }
    long longs = 0;
    long floats = state.tensors().values().stream().mapToLong(t -> bytes(t, DType.INT64)).sum();
    for (Map.Entry<String, WeightTensor> entry : state.tensors().entrySet()) {
      WeightTensor tensor = entry.getValue();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", tensor.dtype() == DType.INT64 ? "I64" : "F32");
      node.set("shape", JSON.valueToTree(tensor.shape()));
      long start = tensor.dtype() == DType.INT64 ? longs : floats;
      long end = start + bytes(tensor, tensor.dtype());
      node.putArray("data_offsets").add(start).add(end);
      if (tensor.dtype() == DType.INT64) {
        longs = end;
      } else {
        floats = end;
      }
    }
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    JSON.writeValue(padded, header);
    while (padded.size() % ALIGNMENT != 0) {
      padded.write(' ');
    }
    return padded.toByteArray();
  }

  /** What a tensor takes of the elements of one type. */
  private static long bytes(WeightTensor tensor, DType of) {
    if (tensor.dtype() != of) {
      return 0;
    }
    return tensor.count() * (of == DType.INT64 ? Long.BYTES : Float.BYTES);
  }
}
