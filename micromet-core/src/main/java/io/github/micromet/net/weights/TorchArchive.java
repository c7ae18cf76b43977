// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import io.github.micromet.net.weights.Checkpoint.Format;
import io.github.micromet.net.weights.TensorPickle.ModuleObject;
import io.github.micromet.net.weights.TensorRef.StorageRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip archive of {@code torch.save} and of {@code torch.jit.save}: a pickle that describes
 * tensors, and one entry of plain bytes for each storage.
 */
final class TorchArchive implements AutoCloseable {
  private static final long MOST_PICKLE_BYTES = 16 << 20; // 122 tensors take 16 kB
  private static final int MOST_TENSORS = 10_000;
  private static final int MOST_OBJECTS = 100_000;
  private static final int DEEPEST_MODULE = 64;

  private final ZipFile zip;
  private final String root; // with its slash
  private final Budget budget;
  private final ByteOrder order;
  private final Map<String, WeightTensor> tensors = new LinkedHashMap<>();
  private StorageRef lastStorage = new StorageRef(ElementType.BYTE, "", 0);
  private ByteBuffer lastBytes = ByteBuffer.allocate(0);
  private int objects;

  private TorchArchive(Path file, Budget budget) throws IOException {
    zip = open(file);
    try {
      this.budget = budget;
      root = findRoot();
      order = findOrder();
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** What an archive holds. */
  record Content(Format format, StateDict state) {}

  /** Reads all tensors. */
  static Content read(Path file, Budget budget) throws IOException {
    try (TorchArchive archive = new TorchArchive(file, budget)) {
      // torch.save writes no constants.pkl; torch.jit.save always does.
      boolean script = archive.zip.getEntry(archive.root + "constants.pkl") != null;
      byte[] pickle = archive.bytes(archive.root + "data.pkl", MOST_PICKLE_BYTES);
      Object top = TensorPickle.read(pickle, script);
      if (script) {
        archive.walk("", top, 0);
      } else {
        archive.takeStateDict(top);
      }
      if (archive.tensors.isEmpty()) {
        throw new Refusal(
            "holds no named tensors" + (script ? " (a frozen TorchScript archive?)" : ""),
            "Give a state dict, alone or under the key 'model'.");
      }
      return new Content(
          script ? Format.TORCHSCRIPT : Format.PYTORCH, StateDict.of(archive.tensors));
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new Refusal(
          "is a zip archive that cannot be read (cut short?)", "Copy or download it again.");
    }
  }

  private String findRoot() {
    List<String> roots =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith("/data.pkl"))
            .map(name -> name.substring(0, name.length() - "data.pkl".length()))
            .filter(name -> name.indexOf('/') == name.length() - 1)
            .distinct()
            .toList();
    if (roots.size() != 1) {
      throw new Refusal(
          "is a zip archive with " + roots.size() + " data.pkl, so no checkpoint of PyTorch",
          "Give a file written by torch.save or torch.jit.save.");
    }
    return roots.get(0);
  }

  private ByteOrder findOrder() throws IOException {
    String entry = root + "byteorder"; // PyTorch before 2.1 wrote none and was little-endian
    if (zip.getEntry(entry) == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String name = new String(bytes(entry, 16), StandardCharsets.US_ASCII);
    return switch (name) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw Refusal.damaged("names a byte order '" + name + "'");
    };
  }

  private byte[] bytes(String name, long most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw Refusal.damaged("has no entry " + name);
    }
    // PyTorch stores these entries plain; a compressed one could unfold to any size.
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
      throw Refusal.damaged("its entry " + name + " is compressed, which PyTorch never does");
    }
    if (entry.getSize() < 0 || entry.getSize() > most) {
      throw Refusal.damaged("its entry " + name + " has " + entry.getSize() + " bytes");
    }
    budget.take(entry.getSize(), "its entry " + name);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      if (bytes.length != entry.getSize()) {
        throw Refusal.damaged("its entry " + name + " ends after " + bytes.length + " bytes");
      }
      return bytes;
    } catch (ZipException e) {
      throw Refusal.damaged("its entry " + name + " cannot be read");
    }
  }

  /** As MONAI's CheckpointLoader: the value of the key 'model', or else the whole object. */
  private void takeStateDict(Object top) throws IOException {
    Map<?, ?> state = asMap(top);
    if (state.containsKey("model")) {
      state = asMap(state.get("model"));
    }
    for (Map.Entry<?, ?> entry : state.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof TensorRef ref)) {
        throw new Refusal(
            "has an entry '" + printable(entry.getKey()) + "' that is no tensor",
            "Give a state dict, alone or under the key 'model'.");
      }
      take(name, ref);
    }
  }

  private static Map<?, ?> asMap(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new Refusal(
        "is no dictionary of tensors", "Give a state dict, alone or under the key 'model'.");
  }

  private static String printable(Object key) {
    String text = String.valueOf(key);
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  /** A module's tensors by dotted names; what is no tensor (flags, paddings) is passed over. */
  private void walk(String name, Object value, int depth) throws IOException {
    if (++objects > MOST_OBJECTS || depth > DEEPEST_MODULE) {
      throw Refusal.damaged("its modules are nested without end");
    }
    if (value instanceof TensorRef ref) {
      take(name, ref);
    } else if (value instanceof ModuleObject module) {
      for (Map.Entry<Object, Object> attribute : module.attributes().entrySet()) {
        walk(
            name.isEmpty() ? "" + attribute.getKey() : name + "." + attribute.getKey(),
            attribute.getValue(),
            depth + 1);
      }
    }
  }

  private void take(String name, TensorRef ref) throws IOException {
    if (tensors.size() >= MOST_TENSORS) {
      throw Refusal.damaged("has more than " + MOST_TENSORS + " tensors");
    }
    StorageRef storage = ref.storage();
    if (!storage.equals(lastStorage)) {
      byte[] bytes = bytes(root + "data/" + storage.key(), Integer.MAX_VALUE - 16);
      lastBytes = ByteBuffer.wrap(bytes).order(order);
      lastStorage = storage;
    }
    long wide = storage.type().dtype() == DType.FLOAT32 ? Float.BYTES : Long.BYTES;
    budget.take(ref.elements(name) * wide, name);
    tensors.put(name, ref.read(name, lastBytes));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
