package dev.gatun.bench.compare;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;

/// Results as plots.
final class Charts {
  private static final int DOTS_PER_INCH = 144;

  /// A few rows with tiny work are tens of times faster, and would hide all others.
  private static final double HIGHEST = 2;

  private Charts() {}

  /// Writes each plot as SVG and as PNG.
  ///
  /// @return the files
  static List<Path> write(Results results, String base) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int threads : results.threads()) {
      XYChart products = products(results, threads);
      if (!products.getSeriesMap().isEmpty()) {
        files.addAll(write(products, base + "-gemm-" + threads));
      }
      CategoryChart ratios = ratios(results, threads);
      if (!ratios.getSeriesMap().isEmpty()) {
        files.addAll(write(ratios, base + "-ratio-" + threads));
        files.addAll(write(means(results, threads), base + "-peers-" + threads));
      }
    }
    return files;
  }

  private static List<Path> write(Chart<?, ?> chart, String name) throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(chart, name, VectorGraphicsFormat.SVG);
    BitmapEncoder.saveBitmapWithDPI(chart, name, BitmapFormat.PNG, DOTS_PER_INCH);
    return List.of(Path.of(name + ".svg"), Path.of(name + ".png"));
  }

  /// GFLOP/s of square F32 products over their size.
  static XYChart products(Results results, int threads) {
    XYChart chart =
        new XYChartBuilder()
            .width(960)
            .height(560)
            .title("Product of two N×N float32 matrices, " + count(threads))
            .xAxisTitle("N")
            .yAxisTitle("GFLOP/s")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setMarkerSize(6);
    for (Subject subject : results.subjects(threads)) {
      List<Double> sizes = new ArrayList<>();
      List<Double> speeds = new ArrayList<>();
      for (Workload workload : results.workloads(threads)) {
        if (workload instanceof Gemm gemm && gemm.isSquare() && !gemm.doubles()) {
          results
              .cell(subject, workload, threads)
              .ifPresent(cell -> {
                sizes.add((double) gemm.n());
                speeds.add(gemm.flops() / cell.median());
              });
        }
      }
      if (!sizes.isEmpty()) {
        var series = chart.addSeries(subject.title(), sizes, speeds);
        series.setLineWidth(subject.kind() == Subject.Kind.GATUN ? 3.5f : 1.5f);
      }
    }
    return chart;
  }

  /// Speed relative to the fastest other library, a bar for each workload and backend.
  static CategoryChart ratios(Results results, int threads) {
    List<Workload> workloads =
        results.workloads(threads).stream()
            .filter(workload -> results.fastestPeer(workload, threads).isPresent())
            .toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1280)
            .height(640)
            .title("Speed relative to the fastest other library of each row, " + count(threads))
            .yAxisTitle("above 1: Gatun is faster than all of them; cut off at 2")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLabelRotation(90);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(HIGHEST);
    List<String> names = workloads.stream().map(Workload::name).toList();
    for (Subject subject : results.subjects(threads)) {
      if (subject.kind() == Subject.Kind.GATUN && !names.isEmpty()) {
        List<Double> ratios =
            workloads.stream()
                .map(workload -> results.ratio(subject, workload, threads).orElse(0.0))
                .map(ratio -> Math.min(ratio, HIGHEST))
                .toList();
        chart.addSeries(subject.title(), names, ratios);
      }
    }
    return chart;
  }

  /// Speed relative to each other library, the geometric mean over the rows that both have.
  static CategoryChart means(Results results, int threads) {
    List<Subject> peers =
        results.subjects(threads).stream()
            .filter(subject -> subject.kind() == Subject.Kind.PEER)
            .toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(960)
            .height(560)
            .title("Speed relative to each other library, geometric mean, " + count(threads))
            .yAxisTitle("above 1: Gatun is faster")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLabelRotation(45);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setYAxisMin(0.0);
    for (Subject subject : results.subjects(threads)) {
      if (subject.kind() == Subject.Kind.GATUN) {
        chart.addSeries(
            subject.title(),
            peers.stream().map(Subject::title).toList(),
            peers.stream()
                .map(peer -> results.meanRatio(subject, peer, threads).orElse(0))
                .toList());
      }
    }
    return chart;
  }

  private static void style(Styler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setAntiAlias(true);
  }

  private static String count(int threads) {
    return threads == 1 ? "one thread" : threads + " threads";
  }
}
