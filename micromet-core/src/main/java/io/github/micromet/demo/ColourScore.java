// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import java.util.List;

/**
 * The best threshold on a weighed sum of {@link MeanColours}: a logistic regression, both sorts of
 * patches counting as much, so 0.5 is the threshold and confidence grows with the distance from it.
 *
 * <p>Threads: immutable.
 */
final class ColourScore {
  private static final int ROUNDS = 30; // of Newton's; it has settled after ten
  private static final double RIDGE = 1; // scikit-learn's default, C = 1

  private final double[] mean = new double[MeanColours.COUNT];
  private final double[] deviation = new double[MeanColours.COUNT];
  private final double[] weight = new double[MeanColours.COUNT + 1]; // the last is the constant

  /**
   * @param colours one row a patch
   * @param tumour one a patch; both sorts are there
   */
  ColourScore(List<double[]> colours, boolean[] tumour) {
    standardise(colours);
    double positives = 0;
    for (boolean each : tumour) {
      positives += each ? 1 : 0;
    }
    double share = positives / tumour.length;
    for (int round = 0; round < ROUNDS; round++) {
      newton(colours, tumour, 0.5 / share, 0.5 / (1 - share));
    }
  }

  private void standardise(List<double[]> colours) {
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : colours) {
        sum += row[i];
      }
      mean[i] = sum / colours.size();
      for (double[] row : colours) {
        squares += (row[i] - mean[i]) * (row[i] - mean[i]);
      }
      deviation[i] = Math.max(1e-9, Math.sqrt(squares / colours.size()));
    }
  }

  private double[] inputs(double[] row) {
    double[] inputs = new double[weight.length];
    for (int i = 0; i < mean.length; i++) {
      inputs[i] = (row[i] - mean[i]) / deviation[i];
    }
    inputs[mean.length] = 1;
    return inputs;
  }

  private void newton(List<double[]> colours, boolean[] tumour, double ofTumour, double ofOther) {
    int n = weight.length;
    double[][] system = new double[n][n + 1]; // second derivatives | first
    for (int k = 0; k < tumour.length; k++) {
      double[] x = inputs(colours.get(k));
      double p = 1 / (1 + Math.exp(-dot(x)));
      double counts = tumour[k] ? ofTumour : ofOther;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          system[i][j] += counts * Math.max(1e-6, p * (1 - p)) * x[i] * x[j];
        }
        system[i][n] += counts * ((tumour[k] ? 1 : 0) - p) * x[i];
      }
    }
    for (int i = 0; i < n - 1; i++) { // the constant is free
      system[i][i] += RIDGE;
      system[i][n] -= RIDGE * weight[i];
    }
    double[] step = solve(system);
    for (int i = 0; i < n; i++) {
      weight[i] += step[i];
    }
  }

  /** Gauss and Jordan; the matrix is positive definite, so no row need be exchanged. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int i = 0; i < n; i++) {
      double pivot = system[i][i];
      for (int j = i; j <= n; j++) {
        system[i][j] /= pivot;
      }
      for (int k = 0; k < n; k++) {
        double factor = system[k][i];
        if (k != i && factor != 0) {
          for (int j = i; j <= n; j++) {
            system[k][j] -= factor * system[i][j];
          }
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = system[i][n];
    }
    return solution;
  }

  private double dot(double[] inputs) {
    double sum = 0;
    for (int i = 0; i < inputs.length; i++) {
      sum += weight[i] * inputs[i];
    }
    return sum;
  }

  /** The logit of tumour for a window's mean colours. */
  double logit(double[] colours) {
    return dot(inputs(colours));
  }
}
