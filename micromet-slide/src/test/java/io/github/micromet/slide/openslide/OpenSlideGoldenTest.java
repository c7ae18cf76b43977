// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.RegionGolden;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that only libopenslide reads: the library of the host, through our reader, gives the pixels
 * that libopenslide 4.0.1 gave when the goldens were made. Measured with 3.4.1: no difference. One
 * is JPEG, the other JPEG 2000.
 */
class OpenSlideGoldenTest {
  @ParameterizedTest
  @ValueSource(strings = {"tcga-cr-7395-j2k-33005", "hamamatsu-dapi"})
  void regionsEqualThoseOfLibopenslideFour(String name) throws IOException {
    List<RegionGolden> goldens = RegionGolden.of(name);
    assertThat(goldens).hasSizeGreaterThan(5);
    try (Slide slide = HostOpenSlide.open(goldens.get(0).slide(), SlideOptions.DEFAULT)) {
      for (RegionGolden golden : goldens) {
        assertThat(golden.difference(slide.read(golden.at())))
            .as("%s of %s by %s", golden.at(), name, slide.info().reader())
            .isLessThanOrEqualTo(RegionGolden.JPEG_TOLERANCE);
      }
    }
  }
}
