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

/**
 * A step at which numbers may turn out to be no numbers any more.
 *
 * @param step of that epoch, from 1
 * @param regions of this process in that step
 */
record Diverged(int epoch, int step, double rate, List<LabelledRegion> regions) {
  private static final int REGIONS_TOLD = 4;

  /**
   * The loss of the step is NaN or infinite; its weights were not changed.
   *
   * @param here whether the loss of this process is, or only another's
   */
  MicrometException loss(boolean here) {
    return failure(
        here
            ? "the loss is not a number any more, with the regions "
                + names()
                + (step > 1 ? " and the weights of the step before" : "")
            : "the loss of another process is not a number any more");
  }

  /**
   * Nothing that is not finite is kept.
   *
   * @throws MicrometException of kind USAGE if a weight is infinite or NaN after the step
   */
  void check(List<NamedTensor> parameters) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      for (NamedTensor parameter : parameters) {
        // Where the sum is finite all are: cheaper than asking each.
        if (!Double.isFinite(parameter.tensor().sum().item_double())
            && !parameter.tensor().isfinite().all().item_bool()) {
          throw failure(parameter.name() + " is not finite any more, after the regions " + names());
        }
      }
    }
  }

  private String names() {
    String names =
        regions.stream()
            .limit(REGIONS_TOLD)
            .map(region -> DataSource.text(region.place()))
            .collect(Collectors.joining(", "));
    int more = regions.size() - REGIONS_TOLD;
    return names + (more > 0 ? " and " + more + " more" : "");
  }

  private MicrometException failure(String problem) {
    return new MicrometException(
        ErrorKind.USAGE,
        "epoch " + epoch + ", step " + step,
        problem,
        "Give a lower --lr than "
            + rate
            + ", and look at the images; checkpoints from before are kept as they were.");
  }
}
