// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.net.weights.TensorRef.StorageRef;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Safetensors: eight bytes of length (little-endian), a JSON header of names, types, shapes and
 * offsets, then the elements, little-endian and row-major.
 */
final class Safetensors {
  private static final String METADATA = "__metadata__";
  private static final long MOST_HEADER_BYTES = 100_000_000; // the format's own limit
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Safetensors() {}

  /** What a file holds. */
  record Content(StateDict state, Map<String, String> metadata) {}

  /** Whether a file that begins with these sixteen bytes is one. */
  static boolean recognises(ByteBuffer start, long fileBytes) {
    if (start.limit() < 10) {
      return false;
    }
    long header = start.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    return header >= 2 && header <= fileBytes - 8 && start.get(8) == '{';
  }

  static Content read(Path file, Budget budget) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long headerBytes = read(channel, 0, 8).getLong(0);
      if (headerBytes < 2 || headerBytes > Math.min(channel.size() - 8, MOST_HEADER_BYTES)) {
        throw Refusal.damaged("its header claims " + headerBytes + " bytes");
      }
      budget.take(headerBytes, "its header");
      JsonNode header = parse(read(channel, 8, (int) headerBytes).array());
      long start = 8 + headerBytes;
      Map<String, WeightTensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : header.properties()) {
        if (!field.getKey().equals(METADATA)) {
          tensors.put(field.getKey(), tensor(channel, start, field, budget));
        }
      }
      Map<String, String> metadata = new LinkedHashMap<>();
      header
          .path(METADATA)
          .properties()
          .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
      return new Content(StateDict.of(tensors), metadata);
    }
  }

  private static JsonNode parse(byte[] header) throws IOException {
    try {
      JsonNode node = JSON.readTree(header);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // Said below: the parser's own message is about bytes that nobody sees.
    }
    throw Refusal.damaged("its header is no JSON object");
  }

  private static WeightTensor tensor(
      FileChannel channel, long start, Map.Entry<String, JsonNode> field, Budget budget)
      throws IOException {
    String name = field.getKey();
    JsonNode node = field.getValue();
    String typeName = node.path("dtype").asText();
    ElementType type =
        ElementType.ofSafetensors(typeName)
            .orElseThrow(
                () ->
                    new Refusal(
                        name + " has elements of type '" + typeName + "'",
                        "Save it with float32, float64, float16, bfloat16 or integer tensors."));
    long[] shape = longs(name, node.path("shape"));
    long[] offsets = longs(name, node.path("data_offsets"));
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[1] < offsets[0]
        || offsets[1] > channel.size() - start
        || offsets[1] - offsets[0] > Integer.MAX_VALUE - 16) {
      throw Refusal.damaged(
          name
              + " lies at "
              + node.path("data_offsets")
              + " of "
              + (channel.size() - start)
              + " bytes");
    }
    long bytes = offsets[1] - offsets[0];
    TensorRef ref =
        new TensorRef(
            new StorageRef(type, name, bytes / type.bytes()), 0, shape, rowMajor(name, shape));
    if ((long) ref.elements(name) * type.bytes() != bytes) {
      throw Refusal.damaged(
          name
              + " is "
              + WeightTensor.shapeText(shape)
              + " "
              + typeName
              + " in "
              + bytes
              + " bytes");
    }
    budget.take(bytes + ref.elements(name) * 8L, name);
    return ref.read(name, read(channel, start + offsets[0], (int) bytes));
  }

  private static long[] rowMajor(String name, long[] shape) {
    long[] stride = new long[shape.length];
    long step = 1;
    try {
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        stride[axis] = step;
        step = Math.multiplyExact(step, shape[axis]);
      }
    } catch (ArithmeticException e) {
      throw Refusal.damaged(name + " is " + WeightTensor.shapeText(shape));
    }
    return stride;
  }

  private static long[] longs(String name, JsonNode array) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      if (!array.get(i).canConvertToLong() || !array.get(i).isIntegralNumber()) {
        throw Refusal.damaged(name + " has a size " + array.get(i));
      }
      values[i] = array.get(i).longValue();
    }
    return values;
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }
}
