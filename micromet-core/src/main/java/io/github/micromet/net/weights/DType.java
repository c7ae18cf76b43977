// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

/** What a tensor's elements become in memory; other element types are converted to one of these. */
public enum DType {
  /** Also for float16, bfloat16 and float64 in the file. */
  FLOAT32,
  /** Also for the narrower integers and booleans in the file. */
  INT64
}
