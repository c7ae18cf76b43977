// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import io.github.micromet.net.weights.TensorRef.StorageRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickle of a checkpoint as data. A pickle is a program; this machine knows the
 * instructions that build containers, numbers and strings, and five names that build tensors.
 * Anything else is refused by its name before it has any effect.
 *
 * <p>Results: {@code Map<Object, Object>} in the file's order, {@code List}, {@code Object[]} for a
 * tuple, {@link TensorRef}, {@link ModuleObject}, {@code String}, {@code Number}, {@code Boolean},
 * {@code null} for None.
 */
final class TensorPickle extends Unpickler {
  private static final String SCRIPT_CLASSES = "__torch__.";

  /** A name the pickle asked for, out of those allowed. */
  private record Global(String name) {}

  /** An object of a TorchScript archive: its attributes in order, none of its code. */
  record ModuleObject(Map<Object, Object> attributes) {}

  private final boolean scriptClasses;

  private TensorPickle(boolean scriptClasses) {
    this.scriptClasses = scriptClasses;
  }

  /**
   * @param scriptClasses whether the objects of a TorchScript archive may appear
   * @throws Refusal for anything but tensors and containers, and for a damaged pickle
   */
  static Object read(byte[] pickle, boolean scriptClasses) {
    try {
      return new TensorPickle(scriptClasses).load(new ByteArrayInputStream(pickle));
    } catch (IOException
        | PickleException
        | ClassCastException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | NullPointerException
        | IllegalArgumentException e) {
      throw Refusal.damaged("its pickle breaks off or is inconsistent");
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    switch (opcode) {
      case 'c' -> stack.add(allowed(line() + "." + line()));
      case 0x93 -> stackGlobal();
      case 'R' -> reduce();
      case 0x81 -> newObject();
      case 'b' -> build();
      case 's' -> setItems(Arrays.asList(stack.pop(), stack.pop()), true);
      case 'u' -> setItems(stack.pop_all_since_marker(), false);
      case 'X' -> {
        requireLength();
        return super.dispatch(opcode);
      }
      // PROTO FRAME STOP MARK ) t 1 2 3-tuples ] a e } integers float None booleans, memo, storage
      case 0x80, 0x95, '.', '(', ')', 't', 0x85, 0x86, 0x87, ']', 'a', 'e', '}', 'J', 'K', 'M' -> {
        return super.dispatch(opcode);
      }
      case 0x8a, 0x8c, 'G', 'N', 0x88, 0x89, 'q', 'r', 0x94, 'h', 'j', 'Q' -> {
        return super.dispatch(opcode);
      }
      default ->
          throw refused(String.format(Locale.ROOT, "the pickle instruction 0x%02x", opcode & 0xff));
    }
    return NO_RETURN_VALUE;
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    if (parts.length != 5 || !"storage".equals(parts[0])) {
      throw refused("a reference that is no storage");
    }
    String name = ((Global) parts[1]).name();
    ElementType type =
        ElementType.ofStorageClass(name.substring("torch.".length()))
            .orElseThrow(() -> refused(name));
    return new StorageRef(type, (String) parts[2], ((Number) parts[4]).longValue());
  }

  private Global allowed(String name) {
    boolean storage =
        name.startsWith("torch.")
            && ElementType.ofStorageClass(name.substring("torch.".length())).isPresent();
    boolean module = scriptClasses && name.startsWith(SCRIPT_CLASSES);
    return switch (name) {
      case "collections.OrderedDict",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_parameter",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag" ->
          new Global(name);
      default -> {
        if (!storage && !module) {
          throw refused(name);
        }
        yield new Global(name);
      }
    };
  }

  private void stackGlobal() {
    String name = (String) stack.pop();
    stack.add(allowed(stack.pop() + "." + name));
  }

  private void reduce() {
    Object[] arguments = (Object[]) stack.pop();
    String function = ((Global) stack.pop()).name();
    stack.add(
        switch (function) {
          case "collections.OrderedDict" -> orderedDict(arguments);
          case "torch._utils._rebuild_tensor_v2" ->
              new TensorRef(
                  (StorageRef) arguments[0],
                  ((Number) arguments[1]).longValue(),
                  longs(arguments[2]),
                  longs(arguments[3]));
          case "torch._utils._rebuild_parameter",
              "torch.jit._pickle.build_intlist",
              "torch.jit._pickle.build_doublelist",
              "torch.jit._pickle.build_boollist",
              "torch.jit._pickle.build_tensorlist",
              "torch.jit._pickle.restore_type_tag" ->
              arguments[0];
          default -> throw refused("a call of " + function);
        });
  }

  private Map<Object, Object> orderedDict(Object[] arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.length > 0) {
      for (Object pair : (List<?>) arguments[0]) {
        List<?> both = pair instanceof List<?> list ? list : Arrays.asList((Object[]) pair);
        map.put(key(both.get(0)), both.get(1));
      }
    }
    return map;
  }

  private void newObject() {
    stack.pop();
    Global type = (Global) stack.pop();
    if (!type.name().startsWith(SCRIPT_CLASSES)) {
      throw refused("an object of " + type.name());
    }
    stack.add(new ModuleObject(new LinkedHashMap<>()));
  }

  /**
   * State given to an object: a module's attributes; an ordered dict's own (_metadata) are dropped.
   */
  private void build() {
    Object state = stack.pop();
    Object target = stack.peek();
    if (target instanceof ModuleObject module) {
      if (state instanceof Map<?, ?> attributes) {
        attributes.forEach((name, value) -> module.attributes().put(key(name), value));
      }
    } else if (!(target instanceof Map)) {
      throw refused("state for something that is no dictionary");
    }
  }

  // The base class goes through a HashMap here and loses the order of the state dict.
  private void setItems(List<Object> flat, boolean valueFirst) {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) stack.peek();
    for (int i = 0; i < flat.size(); i += 2) {
      int keyAt = valueFirst ? i + 1 : i;
      map.put(key(flat.get(keyAt)), flat.get(valueFirst ? i : i + 1));
    }
  }

  /** Keys are strings and numbers: a container as key could hash without end. */
  private static Object key(Object key) {
    if (key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key;
    }
    throw refused("a dictionary key that is neither text nor number");
  }

  private static long[] longs(Object sizes) {
    Object[] tuple = sizes instanceof List<?> list ? list.toArray() : (Object[]) sizes;
    long[] result = new long[tuple.length];
    for (int i = 0; i < tuple.length; i++) {
      result[i] = ((Number) tuple[i]).longValue();
    }
    return result;
  }

  /**
   * A length that the rest of the pickle cannot fill would be allocated first by the base class.
   */
  private void requireLength() throws IOException {
    input.mark(4);
    long length = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      length |= (long) (input.read() & 0xff) << shift;
    }
    input.reset();
    if (length > input.available()) {
      throw Refusal.damaged("its pickle announces " + length + " bytes and ends before them");
    }
  }

  private String line() throws IOException {
    List<Byte> bytes = new ArrayList<>();
    for (int b = input.read(); b != '\n'; b = input.read()) {
      if (b < 0 || bytes.size() > 1000) {
        throw Refusal.damaged("its pickle breaks off in a name");
      }
      bytes.add((byte) b);
    }
    StringBuilder text = new StringBuilder();
    bytes.forEach(b -> text.append((char) (b & 0xff)));
    return text.toString();
  }

  private static Refusal refused(String what) {
    return new Refusal(
        "holds " + what + ", which is neither a tensor nor a container and is not loaded",
        "Save the state dict alone: torch.save(net.state_dict(), PATH).");
  }
}
