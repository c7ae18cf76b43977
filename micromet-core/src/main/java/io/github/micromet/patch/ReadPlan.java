// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import io.github.micromet.grid.Band;
import io.github.micromet.grid.CellBlock;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.TileFault;
import io.github.micromet.tissue.TissueMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to read of a slide: windows of one size at one level, in row-major order of the cells they
 * fill. The only thing in which one mode of inference differs from another.
 *
 * @param grid whose cells the windows fill
 * @param level to read
 * @param windowSize edge of each window in pixels of that level
 * @param windows in row-major order of their first cell
 */
public record ReadPlan(Grid grid, int level, int windowSize, List<Window> windows) {
  private static final int SPARE_TILES = 4;

  public ReadPlan {
    windows = List.copyOf(windows);
    int last = -1;
    for (Window window : windows) {
      int index = grid.index(window.fills().row(), window.fills().column());
      if (index <= last || window.size() != windowSize) {
        throw new IllegalArgumentException("windows have one size and are in row-major order");
      }
      last = index;
    }
  }

  /**
   * One window on each tissue cell, centred as the reference centres it; windows at the border may
   * be negative or overrun.
   *
   * <p>Source: MONAI MaskedPatchWSIDataset._evaluate_patch_locations.
   *
   * @param level to read
   * @param window edge in pixels of that level
   */
  public static ReadPlan patches(TissueMask mask, SlideInfo info, int level, int window) {
    Grid grid = mask.grid();
    double size0 = window * info.level(level).downsample();
    List<Window> windows = new ArrayList<>(mask.count());
    for (int at = mask.next(0); at >= 0; at = mask.next(at + 1)) {
      int row = at / grid.columns();
      int column = at % grid.columns();
      long x0 = grid.windowX0(column, size0);
      long y0 = grid.windowY0(row, size0);
      windows.add(new Window(x0, y0, window, CellBlock.single(row, column)));
    }
    return new ReadPlan(grid, level, window, windows);
  }

  /** As the other, from the slide's corner. */
  public static ReadPlan sliding(
      SlideInfo info, int level, int window, Stride stride, Optional<TissueMask> tissue) {
    return sliding(info, level, window, stride, 0, 0, tissue);
  }

  /**
   * Windows at regular steps, only those that lie wholly in the slide (what remains at the right
   * and the bottom is not covered); a slide lower or narrower than a window has one place on that
   * axis. The grid has one cell per place, of the step's size, centred on its window's centre.
   *
   * <p>Source: MONAI SlidingPatchWSIDataset and iter_patch_position(padded=False).
   *
   * @param level to read
   * @param window edge in pixels of that level
   * @param firstX0 where the first window begins; may be negative
   * @param firstY0 likewise
   * @param tissue if present, only windows whose centre lies in it
   * @throws IllegalArgumentException if no window begins inside the slide
   */
  public static ReadPlan sliding(
      SlideInfo info,
      int level,
      int window,
      Stride stride,
      long firstX0,
      long firstY0,
      Optional<TissueMask> tissue) {
    double size0 = window * info.level(level).downsample();
    Axis x = Axis.of(firstX0, info.width(), size0, stride);
    Axis y = Axis.of(firstY0, info.height(), size0, stride);
    // Where one axis has a single place its step says nothing; cells are square.
    double cellPx = x.places() > 1 ? x.step() : y.step();
    double half = size0 / 2;
    Grid grid =
        new Grid(
            Grid.side(y.places(), x.places()),
            Grid.side(x.places(), y.places()),
            cellPx,
            firstX0 + half - cellPx / 2,
            firstY0 + half - cellPx / 2);
    List<Window> windows = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        long x0 = firstX0 + column * x.step();
        long y0 = firstY0 + row * y.step();
        if (tissue.isEmpty() || tissue.get().holds(x0 + half, y0 + half)) {
          windows.add(new Window(x0, y0, window, CellBlock.single(row, column)));
        }
      }
    }
    return new ReadPlan(grid, level, window, windows);
  }

  /** The places of one axis of a sliding plan. */
  private record Axis(long places, long step) {
    static Axis of(long first, long length, double size0, Stride stride) {
      double size = Math.min(size0, length);
      long step = stride.step(size);
      long end = length - (long) Math.rint(size) + 1;
      if (first >= end) {
        throw new IllegalArgumentException(
            "no window of " + size0 + " pixels from " + first + " on fits in " + length);
      }
      return new Axis((end - first + step - 1) / step, step);
    }
  }

  /** The windows whose first cell lies in a band, in order. */
  public List<Window> in(Band band) {
    return windows.subList(firstFrom(band.firstRow()), firstFrom(band.firstRow() + band.rows()));
  }

  private int firstFrom(int row) {
    int low = 0;
    int high = windows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (windows.get(middle).fills().row() < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The windows that have pixels of a tile that could not be decoded. */
  public List<Window> touching(TileFault fault, SlideInfo info) {
    if (fault.level() != level) {
      return List.of();
    }
    double size0 = windowSize * info.level(level).downsample();
    return windows.stream()
        .filter(w -> w.x0() < fault.x0() + fault.width0() && w.x0() + size0 > fault.x0())
        .filter(w -> w.y0() < fault.y0() + fault.height0() && w.y0() + size0 > fault.y0())
        .toList();
  }

  /**
   * Bytes of decoded tiles to keep so that, read in this order, no tile is decoded twice, if the
   * one unused longest goes first: about one row of tiles times the rows that a window touches,
   * only where there are windows; and an eighth more, for readers that run ahead of each other and
   * for what a cache needs beside the pixels.
   */
  public long cacheBytes(SlideInfo info) {
    Level at = info.level(level);
    long tiles = TileDemand.of(this, at);
    return (tiles + tiles / 8 + SPARE_TILES) * at.tileWidth() * at.tileHeight() * 3L;
  }
}
