// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.CoordinateTiles;
import io.github.micromet.grid.Band;
import io.github.micromet.grid.Grid;
import io.github.micromet.map.MapRows;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.net.Engine;
import io.github.micromet.net.ModelContract;
import io.github.micromet.patch.ReadPlan;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.run.Progress;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.tile.TileGrid;
import io.github.micromet.tissue.TissueMask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BandScorerTest {
  private static final int WINDOW = 224;

  private final List<BandScorer> scorers = new ArrayList<>();
  private Slide slide;
  private ReadPlan plan;
  private List<Band> bands;

  @BeforeEach
  void open() {
    slide = TileGrid.of(CoordinateTiles.of(1500, 1100, 7, 128), SlideOptions.DEFAULT);
    Grid grid = Grid.ofLevel(slide.info().level(6));
    BitSet tissue = new BitSet();
    for (int i = 0; i < grid.cells(); i++) {
      // Two whole rows without tissue make a band without windows.
      tissue.set(i, i % 3 != 0 && i / grid.columns() / 2 != 3);
    }
    plan = ReadPlan.patches(new TissueMask(grid, tissue, List.of()), slide.info(), 0, WINDOW);
    bands = plan.grid().bands(2);
  }

  private BandScorer scorer(Engine engine, int window, int batch, int workers) {
    BandScorer scorer = new BandScorer(engine, window, batch, workers);
    scorers.add(scorer);
    return scorer;
  }

  @AfterEach
  void close() {
    scorers.forEach(BandScorer::close);
    slide.close();
  }

  private ProbabilityMap map(int batch, int workers) {
    ProbabilityMap map = new ProbabilityMap(plan.grid());
    boolean complete =
        scorer(new MeanEngine(), WINDOW, batch, workers)
            .score(slide, plan, bands, rows -> rows.into(map), Progress.NONE, () -> false);
    assertThat(complete).isTrue();
    return map;
  }

  @Test
  void eachCellHoldsTheProbabilityOfItsOwnWindowAndTheRestIsZero() {
    ProbabilityMap map = map(5, 2);
    ProbabilityMap expected = new ProbabilityMap(plan.grid());
    plan.windows()
        .forEach(
            window -> {
              RgbImage pixels = slide.read(new Region(window.x0(), window.y0(), 0, WINDOW, WINDOW));
              float logit = MeanEngine.logit(pixels.rgb(), 0, WINDOW * WINDOW * 3);
              expected.set(
                  window.fills().row(),
                  window.fills().column(),
                  ModelContract.Activation.SIGMOID.of(logit));
            });
    assertThat(map.toArray()).containsExactly(expected.toArray());
  }

  @Test
  void theNumberOfWorkersChangesNothing() {
    assertThat(map(4, 1).toArray()).containsExactly(map(4, 5).toArray());
  }

  @Test
  void aBandAloneGivesTheRowsItHasInTheWhole() {
    ProbabilityMap whole = map(4, 2);
    for (Band band : bands) {
      List<MapRows> rows = new ArrayList<>();
      scorer(new MeanEngine(), WINDOW, 4, 2)
          .score(slide, plan, List.of(band), rows::add, Progress.NONE, () -> false);
      assertThat(rows).singleElement().extracting(MapRows::band).isEqualTo(band);
      ProbabilityMap alone = new ProbabilityMap(plan.grid());
      rows.get(0).into(alone);
      for (int row = band.firstRow(); row < band.firstRow() + band.rows(); row++) {
        for (int column = 0; column < plan.grid().columns(); column++) {
          assertThat(alone.at(row, column)).isEqualTo(whole.at(row, column));
        }
      }
    }
  }

  @Test
  void everyBandIsToldOnceAlsoOneWithoutWindows() {
    List<Band> told = Collections.synchronizedList(new ArrayList<>());
    scorer(new MeanEngine(), WINDOW, 4, 3)
        .score(slide, plan, bands, rows -> told.add(rows.band()), Progress.NONE, () -> false);
    assertThat(told).containsExactlyInAnyOrderElementsOf(bands);
    assertThat(bands).anyMatch(band -> plan.in(band).isEmpty());
  }

  @Test
  void whatAWorkerThrowsIsThrownAndEveryThreadEnds() {
    Engine broken = new CountingEngine(3);
    assertThatThrownBy(
            () ->
                scorer(broken, WINDOW, 4, 3)
                    .score(slide, plan, bands, rows -> {}, Progress.NONE, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the third batch");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("reader-"));
  }

  @Test
  void onceStoppedNothingNewBegins() {
    CountingEngine engine = new CountingEngine(Integer.MAX_VALUE);
    boolean complete =
        scorer(engine, WINDOW, 4, 1)
            .score(slide, plan, bands, rows -> {}, Progress.NONE, () -> engine.calls.get() >= 2);
    assertThat(complete).isFalse();
    assertThat(engine.calls).hasValue(2);
  }

  @Test
  void workersLiveForAllSlidesOfARun() {
    // libtorch keeps a workspace for each thread that ever computed.
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Engine engine =
        new MeanEngine() {
          @Override
          public void logits(PixelBatch in, float[] out) {
            threads.add(Thread.currentThread());
            super.logits(in, out);
          }
        };
    BandScorer scorer = scorer(engine, WINDOW, 4, 2);
    for (int i = 0; i < 5; i++) {
      scorer.score(slide, plan, bands, rows -> {}, Progress.NONE, () -> false);
    }
    assertThat(threads).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void afterAFailureTheNextSlideIsScored() {
    CountingEngine once = new CountingEngine(3);
    BandScorer scorer = scorer(once, WINDOW, 4, 2);
    assertThatThrownBy(
            () -> scorer.score(slide, plan, bands, rows -> {}, Progress.NONE, () -> false))
        .hasMessage("the third batch");
    assertThat(scorer.score(slide, plan, bands, rows -> {}, Progress.NONE, () -> false)).isTrue();
  }

  /** Fails at one call; counts them all. */
  private static final class CountingEngine extends MeanEngine {
    private final AtomicInteger calls = new AtomicInteger();
    private final int failing;

    CountingEngine(int failing) {
      this.failing = failing;
    }

    @Override
    public void logits(PixelBatch in, float[] out) {
      if (calls.incrementAndGet() == failing) {
        throw new IllegalStateException("the third batch");
      }
      super.logits(in, out);
    }
  }
}
