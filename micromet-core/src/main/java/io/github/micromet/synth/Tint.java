// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/**
 * The colours of haematoxylin and eosin, as drawn here. The grounds of {@link #LYMPH}, {@link
 * #FOLLICLE} and {@link #TUMOUR} are chosen so that each with its nuclei has one mean colour: a
 * tumour cannot be told by the mean of a window. SynthTest measures it.
 */
enum Tint {
  GLASS(243, 242, 244),
  LYMPH(226, 189, 218),
  FOLLICLE(203, 166, 200),
  TUMOUR(197, 166, 196),
  CLEFT(209, 169, 201),
  COLLAGEN(214, 150, 190),
  SEPTUM(224, 168, 202),
  LYMPHOCYTE(90, 64, 132),
  LYMPHOCYTE_RIM(74, 50, 116),
  CENTROBLAST(138, 108, 168),
  CENTROBLAST_RIM(112, 82, 148),
  TUMOUR_NUCLEUS(146, 114, 172),
  TUMOUR_NUCLEUS_RIM(104, 72, 142),
  NUCLEOLUS(88, 50, 122),
  SPINDLE(108, 78, 142);

  final Colour colour;

  Tint(int red, int green, int blue) {
    this.colour = new Colour(red, green, blue);
  }
}
