// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.grid.Band;
import io.github.micromet.grid.CellBlock;
import io.github.micromet.map.MapRows;
import io.github.micromet.net.Engine;
import io.github.micromet.net.ModelContract.Activation;
import io.github.micromet.patch.BatchReader;
import io.github.micromet.patch.PlannedBatch;
import io.github.micromet.patch.ReadPlan;
import io.github.micromet.patch.Window;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.run.Progress;
import io.github.micromet.slide.Slide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs the network over the windows of some bands. Batches are formed in plan order and never cross
 * a band, so a band's values do not depend on which worker had it, on how many there are, or on the
 * other bands.
 *
 * <p>Threads: one call at a time; inside, one reader runs ahead of the workers that compute,
 * bounded by the batches of a pool. The first failure stops all and is rethrown. Workers and
 * buffers live as long as this scorer, for all slides of a run: libtorch keeps a workspace for each
 * thread that ever computed, also after its end.
 */
final class BandScorer implements AutoCloseable {
  private final Engine engine;
  private final BatchPool pool;
  private final int workers;
  private final ExecutorService threads;

  /**
   * @param engine shared by the workers; not closed by this scorer
   * @param window edge of a window in pixels
   * @param batch windows computed together
   * @param workers threads that compute
   */
  BandScorer(Engine engine, int window, int batch, int workers) {
    this.engine = engine;
    this.pool = new BatchPool(batchesInFlight(workers), batch, window);
    this.workers = workers;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            workers,
            work -> {
              Thread thread = new Thread(work, "score-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** One being read and one waiting for each worker, beside the one each computes. */
  static int batchesInFlight(int workers) {
    return 2 * workers + 1;
  }

  /**
   * Scores whole bands.
   *
   * @param rows told of each band once, as soon as all its windows are scored, from a worker's
   *     thread, one at a time; bands without windows come too, all zero
   * @param stop asked between batches; once true, what is running ends and nothing new begins
   * @return true if every band was scored, false if stopped before
   */
  boolean score(
      Slide slide,
      ReadPlan plan,
      List<Band> bands,
      Consumer<MapRows> rows,
      Progress progress,
      BooleanSupplier stop) {
    Map<Band, Tally> tallies = new HashMap<>();
    for (Band band : bands) {
      Tally tally = new Tally(band, plan.grid().columns(), plan.in(band).size());
      tallies.put(band, tally);
      if (tally.left.get() == 0) {
        rows.accept(tally.rows);
      }
    }
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (BatchReader reader = new BatchReader(slide, plan, bands, pool.capacity(), 1, pool)) {
      Object turn = new Object();
      Runnable work =
          () -> {
            try {
              compute(reader, tallies, rows, turn, progress, stop);
            } catch (Throwable t) {
              failure.compareAndSet(null, t);
              reader.fail(t);
            }
          };
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(threads.submit(work));
      }
      join(running, failure);
    }
    if (failure.get() != null) {
      throw rethrown(failure.get());
    }
    return tallies.values().stream().allMatch(tally -> tally.left.get() == 0);
  }

  private void compute(
      BatchReader reader,
      Map<Band, Tally> tallies,
      Consumer<MapRows> rows,
      Object turn,
      Progress progress,
      BooleanSupplier stop)
      throws InterruptedException {
    float[] logits = new float[0];
    while (!stop.getAsBoolean()) {
      Optional<PlannedBatch> next = reader.next();
      if (next.isEmpty()) {
        return;
      }
      try (PlannedBatch planned = next.get()) {
        int side = engine.outputsPerSide(planned.pixels().size());
        int needed = planned.windows().size() * side * side;
        if (logits.length < needed) {
          logits = new float[needed];
        }
        engine.logits(planned.pixels(), logits);
        Tally tally = tallies.get(planned.band());
        if (tally.add(planned.windows(), side, logits, engine.contract().activation())) {
          synchronized (turn) {
            rows.accept(tally.rows);
          }
        }
        progress.advance(planned.windows().size());
      }
    }
  }

  private static void join(List<Future<?>> running, AtomicReference<Throwable> failure) {
    boolean interrupted = false;
    for (Future<?> worker : running) {
      while (!worker.isDone()) {
        try {
          worker.get();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, e);
        } catch (ExecutionException e) {
          failure.compareAndSet(null, e.getCause());
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  /** A band on its way: its values, and how many windows are still to come. */
  private static final class Tally {
    private final MapRows rows;
    private final AtomicInteger left;

    Tally(Band band, int columns, int windows) {
      rows = new MapRows(band, columns, new double[band.rows() * columns]);
      left = new AtomicInteger(windows);
    }

    /** Puts one batch in place; true when it was the band's last. */
    boolean add(List<Window> windows, int side, float[] logits, Activation activation) {
      for (int i = 0; i < windows.size(); i++) {
        CellBlock cells = windows.get(i).fills();
        if (cells.rows() != side || cells.columns() != side) {
          throw new IllegalStateException(
              "a window fills " + cells + " but the network gives " + side + " x " + side);
        }
        for (int k = 0; k < side * side; k++) {
          int row = cells.row() + k / side - rows.band().firstRow();
          int column = cells.column() + k % side;
          rows.values()[row * rows.columns() + column] = activation.of(logits[i * side * side + k]);
        }
      }
      return left.addAndGet(-windows.size()) == 0;
    }
  }
}
