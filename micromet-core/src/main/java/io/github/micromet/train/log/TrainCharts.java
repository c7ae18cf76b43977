// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Three charts above one another, over the same steps: loss, accuracy, learning rate. Drawn by
 * XChart.
 */
final class TrainCharts {
  private static final int WIDTH = 1000;
  private static final int[] HEIGHTS = {380, 320, 200};
  // More points than that lie closer than a pixel.
  private static final int MOST_POINTS = 2000;
  private static final Color PALE = new Color(0xB8, 0xC7, 0xDC);
  private static final Color BLUE = new Color(0x1F, 0x4E, 0x8C);
  private static final Color ORANGE = new Color(0xD0, 0x6A, 0x10);
  private static final Color GREEN = new Color(0x2E, 0x7D, 0x32);
  private static final Color GRID = new Color(0xE6, 0xE6, 0xE6);

  private TrainCharts() {}

  static BufferedImage draw(TrainingHistory history) {
    List<XYChart> charts = List.of(loss(history), accuracy(history), learningRate(history));
    int height = HEIGHTS[0] + HEIGHTS[1] + HEIGHTS[2];
    BufferedImage whole = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = whole.createGraphics();
    int y = 0;
    for (XYChart chart : charts) {
      graphics.drawImage(BitmapEncoder.getBufferedImage(chart), 0, y, null);
      y += chart.getHeight();
    }
    graphics.dispose();
    return whole;
  }

  private static XYChart loss(TrainingHistory history) {
    XYChart chart = chart("Loss, by step", HEIGHTS[0], history);
    Line each = new Line();
    for (TrainingHistory.Step step : history.steps()) {
      if (Double.isFinite(step.loss())) {
        each.add(step.step(), step.loss());
      }
    }
    // So that the line shows the trend at any length.
    int reach = Math.max(2, each.x.size() / 100);
    Line smooth = each.smoothed(reach);
    String mean = "mean of " + (2 * reach + 1) + " around it";
    add(chart, "each step", each.thinned(), PALE, 1f, SeriesMarkers.NONE);
    add(chart, mean, smooth.thinned(), BLUE, 2.2f, SeriesMarkers.NONE);
    chart.getStyler().setYAxisMin(0.0);
    return chart;
  }

  private static XYChart accuracy(TrainingHistory history) {
    XYChart chart = chart("Accuracy, by epoch", HEIGHTS[1], history);
    Line train = perEpoch(history, TrainingHistory.Epoch::trainAccuracy);
    Line valid = perEpoch(history, TrainingHistory.Epoch::validAccuracy);
    add(chart, "training (altered patches)", train, ORANGE, 1.8f, SeriesMarkers.CIRCLE);
    add(chart, "validation", valid, BLUE, 2.2f, SeriesMarkers.CIRCLE);
    double least = Math.min(least(train), least(valid));
    chart.getStyler().setYAxisMin(Math.floor(Math.min(least, 0.9) * 10) / 10);
    chart.getStyler().setYAxisMax(1.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    return chart;
  }

  private static XYChart learningRate(TrainingHistory history) {
    XYChart chart = chart("Learning rate, by epoch", HEIGHTS[2], history);
    Line rate = perEpoch(history, TrainingHistory.Epoch::learningRate);
    add(chart, "learning rate", rate, GREEN, 1.8f, SeriesMarkers.CIRCLE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("0.0E0");
    chart.setXAxisTitle("step");
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  private static Line perEpoch(
      TrainingHistory history, ToDoubleFunction<TrainingHistory.Epoch> value) {
    Line line = new Line();
    for (TrainingHistory.Epoch epoch : history.epochs()) {
      double y = value.applyAsDouble(epoch);
      if (Double.isFinite(y)) {
        line.add(epoch.step(), y);
      }
    }
    return line;
  }

  private static double least(Line line) {
    return line.y.stream().mapToDouble(Double::doubleValue).min().orElse(1);
  }

  private static XYChart chart(String title, int height, TrainingHistory history) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(height).title(title).build();
    var styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(LegendPosition.InsideNE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setXAxisMin(0.0);
    styler.setXAxisMax((double) Math.max(1, history.lastStep()));
    styler.setXAxisDecimalPattern("#,##0");
    styler.setYAxisDecimalPattern("0.00");
    return chart;
  }

  /** A chart refuses a line without points. */
  private static void add(
      XYChart chart, String name, Line line, Color colour, float width, Marker marker) {
    if (line.x.isEmpty()) {
      return;
    }
    XYSeries series = chart.addSeries(name, line.x, line.y);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarker(marker);
    series.setMarkerColor(colour);
  }

  /** Points of one line, from left to right. */
  private static final class Line {
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();

    void add(double atX, double atY) {
      x.add(atX);
      y.add(atY);
    }

    /** The mean of each point and as many as {@code reach} on both sides, fewer at the ends. */
    Line smoothed(int reach) {
      double[] sums = new double[y.size() + 1];
      for (int i = 0; i < y.size(); i++) {
        sums[i + 1] = sums[i] + y.get(i);
      }
      Line smooth = new Line();
      for (int i = 0; i < y.size(); i++) {
        int from = Math.max(0, i - reach);
        int to = Math.min(y.size(), i + reach + 1);
        smooth.add(x.get(i), (sums[to] - sums[from]) / (to - from));
      }
      return smooth;
    }

    /** Of each run of points that would fall together, the lowest and the highest. */
    Line thinned() {
      int run = (x.size() + MOST_POINTS - 1) / MOST_POINTS * 2;
      if (run <= 2) {
        return this;
      }
      Line thin = new Line();
      for (int from = 0; from < x.size(); from += run) {
        int low = from;
        int high = from;
        for (int i = from; i < Math.min(from + run, x.size()); i++) {
          low = y.get(i) < y.get(low) ? i : low;
          high = y.get(i) > y.get(high) ? i : high;
        }
        int first = Math.min(low, high);
        int second = Math.max(low, high);
        thin.add(x.get(first), y.get(first));
        if (second > first) {
          thin.add(x.get(second), y.get(second));
        }
      }
      return thin;
    }
  }
}
