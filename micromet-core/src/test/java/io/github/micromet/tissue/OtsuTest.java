// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OtsuTest {
  private static final int CROP = 24 * 24;

  @Test
  void bytesHaveScikitImagesThresholds() {
    JsonNode expected = GoldenJson.read("otsu/thresholds.json").get("uint8");
    byte[] crops = Golden.bytes(Golden.file("otsu/crops-uint8.npy"));

    assertThat(expected).hasSize(crops.length / CROP);
    for (int i = 0; i < expected.size(); i++) {
      long[] histogram = new long[256];
      for (int at = i * CROP; at < (i + 1) * CROP; at++) {
        histogram[crops[at] & 0xff]++;
      }
      assertThat(Otsu.ofBytes(histogram)).as("crop %d", i).isEqualTo(expected.get(i).intValue());
    }
  }

  @Test
  void floatsHaveScikitImagesThresholdsToTheLastBit() {
    JsonNode expected = GoldenJson.read("otsu/thresholds.json").get("float");
    double[] crops = Golden.doubles(Golden.file("otsu/crops-float.npy"));

    assertThat(expected).hasSize(crops.length / CROP);
    for (int i = 0; i < expected.size(); i++) {
      double[] crop = Arrays.copyOfRange(crops, i * CROP, (i + 1) * CROP);
      assertThat(Otsu.of(crop)).as("crop %d", i).isEqualTo(expected.get(i).doubleValue());
    }
  }

  @Test
  void theWeightsAreFloat32() {
    // threshold_otsu(hist=...) of scikit-image 0.26 gives 16; with float64 weights it were 18.
    long[] histogram = new long[256];
    histogram[16] = 16_777_216;
    histogram[18] = 50_331_651;
    histogram[20] = 16_777_219;
    assertThat(Otsu.ofBytes(histogram)).isEqualTo(16);
  }

  @Test
  void theProductOfWeightsIsFloat32BeforeItMeetsTheMeans() {
    // Again scikit-image 0.26; with a float64 product of the same float32 weights it were 8.
    int[] counts = {
      16074, 6800, 9210, 1088, 6197, 5225, 7240, 1881, 2824, 16205,
      16205, 2824, 1881, 7240, 5225, 6196, 1088, 9210, 6800, 16074
    };
    long[] histogram = new long[256];
    for (int i = 0; i < counts.length; i++) {
      histogram[i] = counts[i];
    }
    assertThat(Otsu.ofBytes(histogram)).isEqualTo(10);
  }
}
