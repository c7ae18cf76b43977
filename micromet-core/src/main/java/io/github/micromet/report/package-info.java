// SPDX-License-Identifier: Apache-2.0
/** Results become what people open: GeoJSON and pictures. */
package io.github.micromet.report;
