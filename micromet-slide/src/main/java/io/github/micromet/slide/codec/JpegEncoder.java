// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** One tile to a whole baseline JPEG: YCbCr 4:2:0, standard Huffman tables. Threads: stateless. */
public final class JpegEncoder {
  private JpegEncoder() {}

  /**
   * Encodes all pixels, valid or not; the same pixels give the same bytes.
   *
   * @param quality 1..100, libjpeg's scale
   * @return a JFIF stream with its tables
   */
  public static byte[] encode(RgbImage tile, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("JPEG quality is 1..100, not " + quality);
    }
    OpenCv.load();
    try (PointerScope scope = new PointerScope();
        Mat bgr = new Mat(tile.height(), tile.width(), CV_8UC3);
        BytePointer extension = new BytePointer(".jpg");
        BytePointer encoded = new BytePointer();
        IntPointer parameters =
            new IntPointer(
                IMWRITE_JPEG_QUALITY,
                quality,
                IMWRITE_JPEG_SAMPLING_FACTOR,
                IMWRITE_JPEG_SAMPLING_FACTOR_420,
                IMWRITE_JPEG_OPTIMIZE,
                0,
                IMWRITE_JPEG_PROGRESSIVE,
                0)) {
      bgr.<ByteBuffer>createBuffer().put(swapped(tile));
      if (!imencode(extension, bgr, encoded, parameters)) {
        throw new IllegalStateException(
            "OpenCV cannot encode a tile of " + tile.width() + " x " + tile.height());
      }
      byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
      encoded.get(bytes);
      return bytes;
    }
  }

  /** OpenCV's encoder wants blue first. */
  private static byte[] swapped(RgbImage tile) {
    byte[] bytes = new byte[tile.width() * tile.height() * 3];
    tile.rgb().get(bytes);
    for (int i = 0; i < bytes.length; i += 3) {
      byte red = bytes[i];
      bytes[i] = bytes[i + 2];
      bytes[i + 2] = red;
    }
    return bytes;
  }
}
