// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.weights.Checkpoint.Format;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The one door for files of weights: the format is told by the content, never by the name. */
public final class Weights {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  // torch.save before 1.6: pickled magic number 0x1950a86a20f9469cfc6c, protocol 2.
  private static final byte[] LEGACY = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");
  private static final String GIVE =
      "Give a checkpoint of PyTorch (torch.save or torch.jit.save) or a safetensors file.";

  private Weights() {}

  /**
   * Reads every tensor of a file: PyTorch's zip checkpoint (a state dict, alone or under the key
   * {@code model}), a TorchScript archive (its code is never run) or safetensors. float16, bfloat16
   * and float64 become float32; narrow integers and booleans become int64.
   *
   * @throws MicrometException of kind INPUT if it is none of these, is damaged, or holds anything
   *     but tensors and containers; the message names the file and what was found
   */
  public static Checkpoint load(Path file) {
    try {
      long bytes = Files.size(file);
      ByteBuffer start = start(file);
      Budget budget = new Budget(bytes);
      if (startsWith(start, ZIP)) {
        TorchArchive.Content content = TorchArchive.read(file, budget);
        return new Checkpoint(content.state(), sha256(file), content.format(), Map.of());
      }
      if (Safetensors.recognises(start, bytes)) {
        Safetensors.Content content = Safetensors.read(file, budget);
        return new Checkpoint(
            content.state(), sha256(file), Format.SAFETENSORS, content.metadata());
      }
      throw unknown(start, bytes);
    } catch (Refusal e) {
      throw new MicrometException(ErrorKind.INPUT, file.toString(), e.getMessage(), e.remedy(), e);
    } catch (EOFException e) {
      throw new MicrometException(
          ErrorKind.INPUT, file.toString(), "ends too early", "Copy or download it again.", e);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          Files.exists(file) ? "cannot be read (" + e.getMessage() + ")" : "there is no such file",
          GIVE,
          e);
    }
  }

  private static Refusal unknown(ByteBuffer start, long bytes) {
    if (startsWith(start, LEGACY)) {
      return new Refusal(
          "is a checkpoint of PyTorch before 1.6, not the zip archive written since",
          "Load it in PyTorch and save it again: torch.save(torch.load(PATH), PATH).");
    }
    return new Refusal("is no checkpoint (" + bytes + " bytes of something else)", GIVE);
  }

  private static ByteBuffer start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ByteBuffer.wrap(in.readNBytes(16));
    }
  }

  private static boolean startsWith(ByteBuffer start, byte[] magic) {
    return start.limit() >= magic.length
        && start.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
