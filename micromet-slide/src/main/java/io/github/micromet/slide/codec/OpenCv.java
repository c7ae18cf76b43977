// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** The calls that decode with OpenCV's own libjpeg-turbo and libwebp. Threads: stateless. */
final class OpenCv {
  private OpenCv() {}

  /** Loads the library when first asked; the callers own the threads, so OpenCV gets none. */
  private static final class Library {
    static {
      setNumThreads(1);
    }

    static void load() {}
  }

  /**
   * Loads OpenCV if it is not loaded yet.
   *
   * @throws MicrometException if this machine cannot
   */
  static void load() {
    try {
      Library.load();
    } catch (LinkageError e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          "OpenCV",
          "cannot be loaded on this machine: " + e.getMessage(),
          "`micromet doctor` says what is missing.",
          e);
    }
  }

  /**
   * Decodes a whole JPEG or WebP stream whose header was found to say width x height.
   *
   * @param stored direct, from position to limit
   * @param rgb direct, from its position: height x width x 3 uint8
   */
  static void decode(ByteBuffer stored, int width, int height, ByteBuffer rgb)
      throws CodecException {
    load();
    try (PointerScope scope = new PointerScope();
        Pointer bytes = new BytePointer(stored).position(stored.position());
        Pointer pixels = new BytePointer(rgb).position(rgb.position());
        Mat in = new Mat(1, stored.remaining(), CV_8UC1, bytes);
        Mat out = new Mat(height, width, CV_8UC3, pixels);
        Mat result = imdecode(in, IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION, out)) {
      // Pixels of another size or type would have been put into memory of their own.
      if (result.empty() || result.rows() != height || result.cols() != width) {
        throw new CodecException(
            "the decoder refused its " + stored.remaining() + " bytes (cut short or damaged?)");
      }
      if (result.data().address() != pixels.address() + pixels.position()) {
        throw new CodecException("the decoder found another layout than 8-bit RGB");
      }
    } catch (RuntimeException e) { // a C++ exception arrives as one
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CodecException("the decoder failed: " + first, e);
    }
  }

  /**
   * Decodes a whole file of any format that OpenCV knows.
   *
   * @return as large as the file says
   */
  static RgbImage decode(byte[] file) throws CodecException {
    load();
    try (PointerScope scope = new PointerScope();
        Pointer bytes = new BytePointer(file);
        Mat in = new Mat(1, file.length, CV_8UC1, bytes);
        Mat result = imdecode(in, IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION)) {
      if (result.empty() || !result.isContinuous()) {
        throw new CodecException(
            "the decoder refused its " + file.length + " bytes (cut short or damaged?)");
      }
      RgbImage picture = new RgbImage(result.cols(), result.rows());
      ByteBuffer rgb = result.createBuffer();
      picture.rgb().put(rgb);
      return picture;
    } catch (RuntimeException e) { // a C++ exception arrives as one
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CodecException("the decoder failed: " + first, e);
    }
  }
}
