// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.truth.Annotation.Meaning;
import io.github.micromet.truth.OutlineFault.Kind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * Looks for outlines that cannot mean what was drawn. Only those that mean tumour or not tumour
 * count. An outline whose last point is far from its first is closed, as ASAP leaves it; one that
 * only touches itself at a point encloses the same by every rule and is sound. Of the 392 outlines
 * in 14 files of CAMELYON16 as NCRF rounds them, 24 cross or overlap themselves.
 */
public final class OutlineCheck {
  private OutlineCheck() {}

  /** Outlines that enclose nothing or cross themselves, in the order of the file. */
  public static List<OutlineFault> of(TruthPolygons truth) {
    List<OutlineFault> faults = new ArrayList<>();
    for (OpenOutline open : truth.open()) {
      if (Meaning.of(open.group()) != Meaning.OTHER) {
        faults.add(open(open));
      }
    }
    for (Annotation annotation : truth.annotations()) {
      if (annotation.meaning() != Meaning.OTHER) {
        crossing(annotation).ifPresent(faults::add);
      }
    }
    return faults;
  }

  /** The same, and those that lie wholly outside a slide. */
  public static List<OutlineFault> of(TruthPolygons truth, long width, long height) {
    List<OutlineFault> faults = new ArrayList<>(of(truth));
    Envelope slide = new Envelope(0, width, 0, height);
    for (Annotation annotation : truth.annotations()) {
      Envelope at = annotation.outline().getEnvelopeInternal();
      if (annotation.meaning() != Meaning.OTHER && !slide.intersects(at)) {
        faults.add(
            new OutlineFault(
                Kind.OUTSIDE,
                annotation.name(),
                annotation.line(),
                String.format(
                    Locale.ROOT,
                    "lies outside the slide, at x %s to %s, y %s to %s of %d x %d",
                    plain(at.getMinX()),
                    plain(at.getMaxX()),
                    plain(at.getMinY()),
                    plain(at.getMaxY()),
                    width,
                    height)));
      }
    }
    return faults;
  }

  /**
   * One sentence on outlines whose groups mean nothing, which are neither painted nor cut out:
   * often a group that was never assigned. Empty if there are none.
   */
  public static Optional<String> leftOut(TruthPolygons truth) {
    List<String> groups =
        truth.annotations().stream()
            .filter(annotation -> annotation.meaning() == Meaning.OTHER)
            .map(Annotation::group)
            .toList();
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            groups.size()
                + (groups.size() == 1 ? " outline" : " outlines")
                + " left out, of group "
                + String.join(", ", new TreeSet<>(groups))
                + ": --groups says what a group means");
  }

  /**
   * Refuses the first fault.
   *
   * @param allowCrossing whether outlines that cross themselves pass
   * @throws MicrometException of kind INPUT that names file, line and annotation
   */
  public static void refuse(Path file, List<OutlineFault> faults, boolean allowCrossing) {
    for (OutlineFault fault : faults) {
      if (fault.kind() != Kind.CROSSING || !allowCrossing) {
        throw new MicrometException(
            ErrorKind.INPUT, fault.place(file), fault.problem(), remedy(fault.kind()));
      }
    }
  }

  private static String remedy(Kind kind) {
    return switch (kind) {
      case OPEN -> "Close or remove it in ASAP.";
      case CROSSING ->
          "Redraw it there, or add --allow-crossing: what it encloses twice is then not tumour.";
      case OUTSIDE -> "Give the annotation of this slide.";
    };
  }

  private static OutlineFault open(OpenOutline open) {
    return new OutlineFault(
        Kind.OPEN,
        open.name(),
        open.line(),
        "is open: a " + open.type() + " of " + open.points() + " points encloses nothing");
  }

  private static Optional<OutlineFault> crossing(Annotation annotation) {
    IsValidOp check = new IsValidOp(annotation.outline());
    check.setSelfTouchingRingFormingHoleValid(true);
    TopologyValidationError error = check.getValidationError();
    if (error == null || error.getErrorType() != TopologyValidationError.SELF_INTERSECTION) {
      return Optional.empty();
    }
    Coordinate at = error.getCoordinate();
    return Optional.of(
        new OutlineFault(
            Kind.CROSSING,
            annotation.name(),
            annotation.line(),
            "crosses itself at x " + plain(at.x) + ", y " + plain(at.y)));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(Math.rint(value * 10) / 10).stripTrailingZeros().toPlainString();
  }
}
