// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes safetensors, for tests. */
final class SafetensorsFile {
  private SafetensorsFile() {}

  static void write(Path file, StateDict state, Map<String, String> metadata) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long at = 0;
    for (Map.Entry<String, WeightTensor> entry : state.tensors().entrySet()) {
      WeightTensor tensor = entry.getValue();
      boolean real = tensor.dtype() == DType.FLOAT32;
      long end = at + tensor.count() * (real ? Float.BYTES : Long.BYTES);
      header.put(
          entry.getKey(),
          Map.of(
              "dtype",
              real ? "F32" : "I64",
              "shape",
              tensor.shape(),
              "data_offsets",
              new long[] {at, end}));
      at = end;
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(header);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(buffer(Long.BYTES).putLong(json.length).array());
      out.write(json);
      for (WeightTensor tensor : state.tensors().values()) {
        out.write(bytes(tensor));
      }
    }
  }

  private static byte[] bytes(WeightTensor tensor) {
    int count = Math.toIntExact(tensor.count());
    if (tensor.dtype() == DType.FLOAT32) {
      ByteBuffer floats = buffer(count * Float.BYTES);
      floats.asFloatBuffer().put(tensor.floats());
      return floats.array();
    }
    ByteBuffer longs = buffer(count * Long.BYTES);
    longs.asLongBuffer().put(tensor.longs());
    return longs.array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
