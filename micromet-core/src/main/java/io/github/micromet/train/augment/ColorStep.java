// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

/** The four changes of a {@link ColorJitter}, numbered as torchvision does. */
public enum ColorStep {
  BRIGHTNESS,
  CONTRAST,
  SATURATION,
  HUE
}
