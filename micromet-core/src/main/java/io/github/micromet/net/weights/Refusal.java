// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

/** Why a checkpoint is not taken; {@link Weights#load} adds the file and makes it an error. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  Refusal(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  /** A file that breaks the rules of its own format. */
  static Refusal damaged(String problem) {
    return new Refusal(problem, "The file is damaged or was made to be: copy it again.");
  }

  String remedy() {
    return remedy;
  }
}
