// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.store;

import java.net.URI;
import java.util.List;

/** The files of MONAI's bundle {@code pathology_tumor_detection} 0.6.2 that lie outside of it. */
public final class PublishedModel {
  private static final String BASE =
      "https://developer.download.nvidia.com/assets/Clara/monai/tutorials/model_zoo/"
          + "model_pathology_tumor_detection_";

  /** The trained weights: what {@code detect} runs when no other model is given. */
  public static final File WEIGHTS =
      new File("models/model.pt", URI.create(BASE + "v1.pt"), "56b78ef17fd5e693a818dd947f6f232a");

  /** All of them, weights first. */
  public static final List<File> FILES =
      List.of(
          WEIGHTS,
          new File(
              "training.csv",
              URI.create(BASE + "training.csv"),
              "6e6696a5fb3cb76f15ad0d64d867e457"),
          new File(
              "validation.csv",
              URI.create(BASE + "validation.csv"),
              "dbfa883358fdd931cee5e887047dbb0a"),
          new File(
              "testing.csv", URI.create(BASE + "test.csv"), "b6f57855f6d7c38c6e4c859e8df60dd8"));

  private PublishedModel() {}

  /**
   * One published file. Its publisher gives a hash and no size.
   *
   * @param path its place in the bundle, with forward slashes
   * @param url where it is published
   * @param md5 lower-case hex, as the bundle publishes it
   */
  public record File(String path, URI url, String md5) {}
}
