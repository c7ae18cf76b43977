// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * True lesions of one slide as numbered cells: the tumour grown by a distance, its holes filled,
 * what touches (diagonally too) one lesion.
 *
 * <p>Source: MONAI 1.5 {@code compute_multi_instance_mask} and {@code compute_isolated_tumor_cells}
 * (scipy's distance_transform_edt and binary_fill_holes, scikit-image's label with connectivity 2
 * and regionprops), which are the CAMELYON16 challenge's Evaluation_FROC. Labels run from 1 in
 * row-major order of each lesion's first cell.
 *
 * <p>Threads: immutable, safe for many.
 */
public final class LesionMask {
  private final int rows;
  private final int columns;
  private final GrownTumour box;
  private final int[] labels; // the box's rows x columns, row-major; 0 is no lesion
  private final List<Blob> blobs;
  private final boolean phantom;

  /**
   * One lesion in cells.
   *
   * @param label from 1
   * @param cells its area
   * @param majorAxis 4 times the root of the larger eigenvalue of its cells' covariance, in cells,
   *     as scikit-image's axis_major_length: one cell has 0
   * @param middleRow mean row of its cells, a cell's own middle being its index
   * @param middleColumn mean column of its cells
   * @param itc whether it counts as isolated tumour cells
   */
  public record Blob(
      int label, int cells, double majorAxis, double middleRow, double middleColumn, boolean itc) {}

  private LesionMask(
      int rows, int columns, GrownTumour box, int[] labels, List<Blob> blobs, boolean phantom) {
    this.rows = rows;
    this.columns = columns;
    this.box = box;
    this.labels = labels;
    this.blobs = List.copyOf(blobs);
    this.phantom = phantom;
  }

  /**
   * Finds the lesions.
   *
   * @param tumour which values of the mask (0..255) are tumour
   * @param growth in cells: a cell nearer than this to a tumour cell belongs to the lesion
   * @param itc in cells: a lesion whose major axis is shorter is isolated tumour cells
   * @param compat {@link Compat#MONAI} gives a mask without tumour the reference's phantom lesion
   */
  public static LesionMask of(
      TumourMask mask, IntPredicate tumour, double growth, double itc, Compat compat) {
    GrownTumour grown = GrownTumour.of(mask, tumour, growth);
    boolean phantom = false;
    if (compat == Compat.MONAI && grown.isEmpty() && holdsNone(mask, tumour)) {
      grown = GrownTumour.phantom(mask, growth);
      phantom = !grown.isEmpty();
    }
    Labels.fillHoles(grown);
    int[] labels = new int[grown.near().length];
    int count = Labels.label(grown, labels);
    return new LesionMask(
        mask.rows(), mask.columns(), grown, labels, blobs(grown, labels, count, itc), phantom);
  }

  /** The truth of a slide that has no tumour by the protocol: no lesion anywhere. */
  public static LesionMask normal() {
    return new LesionMask(
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        new GrownTumour(0, 0, 0, 0, new byte[0]),
        new int[0],
        List.of(),
        false);
  }

  /** Lesions that are numbered already: rows x columns labels, row-major, without gaps. */
  static LesionMask ofLabels(int rows, int columns, int[] labels, BitSet itc) {
    GrownTumour box = new GrownTumour(0, 0, rows, columns, new byte[labels.length]);
    int count = Arrays.stream(labels).max().orElse(0);
    List<Blob> blobs =
        blobs(box, labels, count, 0).stream()
            .map(
                b ->
                    new Blob(
                        b.label(),
                        b.cells(),
                        b.majorAxis(),
                        b.middleRow(),
                        b.middleColumn(),
                        itc.get(b.label())))
            .toList();
    return new LesionMask(rows, columns, box, labels, blobs, false);
  }

  /** The same lesions on a slide whose size is not known. */
  LesionMask unbounded() {
    return new LesionMask(Integer.MAX_VALUE, Integer.MAX_VALUE, box, labels, blobs, phantom);
  }

  /** Whether the cell lies on the mask. */
  public boolean covers(long row, long column) {
    return row >= 0 && row < rows && column >= 0 && column < columns;
  }

  /** The lesion of a cell; 0 for none and outside the mask. */
  public int labelAt(long row, long column) {
    long r = row - box.top();
    long c = column - box.left();
    if (r < 0 || r >= box.rows() || c < 0 || c >= box.columns()) {
      return 0;
    }
    return labels[(int) r * box.columns() + (int) c];
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The lesions by label; the phantom too. */
  public List<Blob> blobs() {
    return blobs;
  }

  /** Whether the only lesion is the one that the reference sees in a mask without tumour. */
  public boolean isPhantom() {
    return phantom;
  }

  private static boolean holdsNone(TumourMask mask, IntPredicate tumour) {
    return mask.counts().keySet().stream().noneMatch(tumour::test) && !tumour.test(0);
  }

  private static List<Blob> blobs(GrownTumour box, int[] labels, int count, double itc) {
    int[] cells = new int[count + 1];
    double[] row = new double[count + 1];
    double[] column = new double[count + 1];
    for (int at = 0; at < labels.length; at++) {
      cells[labels[at]]++;
      int atRow = at / box.columns();
      row[labels[at]] += atRow;
      column[labels[at]] += at % box.columns();
    }
    for (int label = 1; label <= count; label++) {
      row[label] /= cells[label];
      column[label] /= cells[label];
    }
    // Second moments about the mean: about the corner they would lose digits on large slides.
    double[][] moments = new double[count + 1][3];
    for (int at = 0; at < labels.length; at++) {
      int label = labels[at];
      if (label > 0) {
        int atRow = at / box.columns();
        double down = atRow - row[label];
        double right = at % box.columns() - column[label];
        moments[label][0] += down * down;
        moments[label][1] += down * right;
        moments[label][2] += right * right;
      }
    }
    List<Blob> blobs = new ArrayList<>();
    for (int label = 1; label <= count; label++) {
      double axis = majorAxis(moments[label], cells[label]);
      blobs.add(
          new Blob(
              label,
              cells[label],
              axis,
              box.top() + row[label],
              box.left() + column[label],
              axis < itc));
    }
    return blobs;
  }

  private static double majorAxis(double[] moments, int cells) {
    double down = moments[0] / cells;
    double mixed = moments[1] / cells;
    double right = moments[2] / cells;
    double larger = (down + right) / 2 + Math.hypot((down - right) / 2, mixed);
    return 4 * Math.sqrt(Math.max(0, larger));
  }
}
