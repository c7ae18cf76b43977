// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.lesion.LesionOutlines;
import io.github.micromet.lesion.ProbNms;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.net.ModelContract;
import io.github.micromet.patch.ReadPlan;
import io.github.micromet.run.Progress;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.tissue.TissueDetector;
import io.github.micromet.tissue.TissueMask;
import io.github.micromet.tissue.TissueRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main path by hand; docs/walk.md quotes what stands between the snippet marks. */
class WalkTest {
  @Test
  void fromPixelsToDetectionsByHand() {
    Path file = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
    ModelContract contract = ModelContract.REFERENCE;
    MeanEngine engine = new MeanEngine();

    // snippet: slide
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      RgbImage corner = slide.read(new Region(0, 0, 0, 224, 224));
      // end

      // snippet: tissue
      TissueMask tissue = TissueDetector.detect(slide, new TissueRule.Otsu(6, false));
      // end

      // snippet: plan
      ReadPlan plan = ReadPlan.patches(tissue, slide.info(), 0, contract.window());
      // end

      // snippet: score
      ProbabilityMap map = new ProbabilityMap(plan.grid());
      try (BandScorer scorer = new BandScorer(engine, contract.window(), 16, 2)) {
        scorer.score(
            slide, plan, plan.grid().bands(16), rows -> rows.into(map), Progress.NONE, () -> false);
      }
      // end

      // snippet: lesions
      List<Detection> detections = ProbNms.detect(map, 0.5, 48, 6);
      List<Lesion> lesions = LesionOutlines.of(map, 0.5, slide.info());
      // end

      assertThat(corner.isAllValid()).isTrue();
      assertThat(plan.windows()).hasSize(tissue.count());
      assertThat(detections).isNotEmpty();
      assertThat(lesions).isNotEmpty();
      Detection best = detections.get(0);
      assertThat(map.at(best.row(), best.column())).isEqualTo(best.probability());
    }
  }
}
