// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.NamedTensor;
import io.github.micromet.train.label.LabelledRegion;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** A training whose numbers are no numbers any more. */
final class Diverged {
  private static final int REGIONS_TOLD = 4;

  private Diverged() {}

  /**
   * The loss of a step is NaN or infinite; its weights were not changed.
   *
   * @param step of that epoch, from 1
   * @param regions of this process in that step
   * @param here whether the loss of this process is, or only another's
   */
  static MicrometException loss(
      int epoch, int step, double rate, List<LabelledRegion> regions, boolean here) {
    String names =
        regions.stream()
            .limit(REGIONS_TOLD)
            .map(region -> DataSource.text(region.place()))
            .collect(Collectors.joining(", "));
    int more = regions.size() - REGIONS_TOLD;
    return failure(
        "epoch " + epoch + ", step " + step,
        here
            ? "the loss is not a number any more, with the regions "
                + names
                + (more > 0 ? " and " + more + " more" : "")
            : "the loss of another process is not a number any more",
        rate);
  }

  /**
   * Nothing that is not finite is kept.
   *
   * @throws MicrometException of kind USAGE if a weight is infinite or NaN
   */
  static void check(List<NamedTensor> parameters, int epoch, int steps, double rate) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      for (NamedTensor parameter : parameters) {
        if (!parameter.tensor().isfinite().all().item_bool()) {
          throw failure(
              "epoch " + epoch + ", after step " + steps,
              parameter.name() + " is not finite any more",
              rate);
        }
      }
    }
  }

  private static MicrometException failure(String subject, String problem, double rate) {
    return new MicrometException(
        ErrorKind.USAGE,
        subject,
        problem,
        "Give a lower --lr than "
            + rate
            + ", and look at the images; checkpoints from before are kept as they were.");
  }
}
