// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import java.util.OptionalDouble;
import org.locationtech.jts.geom.Polygon;

/**
 * A connected area of cells above the threshold.
 *
 * @param outline in level-0 pixels, closed rings, holes as inner rings
 * @param cells in the area
 * @param maxProbability of its cells
 * @param meanProbability of its cells
 * @param areaPx in level-0 pixels
 * @param areaUm2 in square microns; empty when the slide's spacing is unknown
 * @param longestUm the longest extent of the outline in microns; empty likewise
 */
public record Lesion(
    Polygon outline,
    int cells,
    double maxProbability,
    double meanProbability,
    double areaPx,
    OptionalDouble areaUm2,
    OptionalDouble longestUm) {}
