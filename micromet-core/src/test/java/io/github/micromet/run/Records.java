// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.grid.CellBlock;
import io.github.micromet.grid.Grid;
import io.github.micromet.net.EngineInfo;
import io.github.micromet.net.ModelContract;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.TileFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A record of a run that never was, for tests. */
public final class Records {
  private Records() {}

  public static Provenance provenance() {
    return new Provenance(
        new Software(
            "0.1.0",
            Optional.of("35a61d2"),
            "OpenJDK 64-Bit Server VM 17.0.15+6",
            new TreeMap<>(Map.of("libtorch", "2.10.0", "opencv", "4.13.0"))),
        new Machine("Linux 6.1", "amd64", "Some CPU @ 2 GHz", List.of("avx2", "fma"), 2),
        new EngineInfo("libtorch 2.10.0", "cpu", "fp32"),
        new ModelSource("model.pt", "ab".repeat(32), "pytorch", ModelContract.REFERENCE),
        Parameters.NONE.with("mode", "patch").with("batch", 16).with("threshold", 0.5),
        Parameters.NONE.with("threads", 2),
        List.of("untrained network"));
  }

  public static SlideRecord slide(String name, OptionalDouble lesionAreaUm2) {
    Grid grid = new Grid(40, 30, 64.5);
    boolean known = lesionAreaUm2.isPresent();
    return new SlideRecord(
        new SlideSource(
            name,
            "cd".repeat(32),
            123_456,
            Optional.empty(),
            "generic-tiff",
            "micromet",
            List.of(new Level(0, 1935, 2580, 1, 512, 512), new Level(1, 30, 40, 64.5, 512, 512)),
            known ? Optional.of(new Spacing(0.25, 0.25, Spacing.Origin.FILE)) : Optional.empty()),
        provenance(),
        new TissueCount(
            grid.rows(),
            grid.columns(),
            grid.cellPx(),
            500,
            known ? OptionalDouble.of(130_000.5) : OptionalDouble.empty()),
        new WindowCount(500, 500),
        List.of(
            new BadTile(
                new TileFault(0, 1, 2, 512, 1024, 512, 512, "ends 12 bytes early"),
                List.of(CellBlock.single(17, 8), CellBlock.single(17, 9)))),
        new Findings(
            2, 1, 0.875, lesionAreaUm2, known ? OptionalDouble.of(1234.5) : OptionalDouble.empty()),
        List.of("Größe nicht bekannt"),
        List.of(new OutputFile("a.npy", 9728, "ef".repeat(32))),
        new Timing("2026-11-24T12:00:00Z", 12.25, 24, 41.5, Map.of("patches", 12.0)));
  }
}
