package dev.gatun.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Workload SMALL = Workload.named("gemm 8");
  private static final Workload RELU = Workload.named("relu 1M");

  private static Results results() {
    return new Results(
        Map.of("machine", "A machine"),
        Map.of("EJML", "ejml-1"),
        List.of(
            new Cell("Gatun openblas", 1, "gemm 8", List.of(50.0, 70.0, 60.0)),
            new Cell("Gatun openblas", 1, "gemm 16", List.of(100.0)),
            new Cell("Gatun openblas", 1, "relu 1M", List.of(1e5, 3e5)),
            new Cell("cblas", 1, "gemm 8", List.of(40.0)),
            new Cell("EJML", 1, "gemm 8", List.of(120.0)),
            new Cell("ONNX Runtime", 1, "gemm 8", List.of(2400.0)),
            new Cell("ONNX Runtime", 1, "relu 1M", List.of(1e5)),
            new Cell("Gatun openblas", 2, "relu 1M", List.of(1e5))));
  }

  @Test
  void theMedianIsInTheMiddle() {
    Cell cell = results().cells().getFirst();
    assertEquals(60, cell.median());
    assertEquals(2e5, results().cells().get(2).median());
  }

  @Test
  void onlyOtherLibrariesAreFastest() {
    Results results = results();
    assertEquals("EJML", results.fastestPeer(SMALL, 1).map(Cell::subject).orElseThrow());
    assertEquals(Optional.empty(), results.fastestPeer(RELU, 2));
    assertEquals(2.0, results.ratio(Subject.titled("Gatun openblas"), SMALL, 1).orElseThrow());
    assertEquals(Optional.empty(), results.ratio(Subject.titled("Gatun vector"), SMALL, 1));
    assertEquals(List.of(1, 2), results.threads());
  }

  @Test
  void jsonKeepsEverything(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("results.json");
    ResultsFile.write(results(), file);
    assertEquals(results(), ResultsFile.read(file));
    Files.writeString(file, "[]");
    assertThrows(IOException.class, () -> ResultsFile.read(file));
  }

  @Test
  void tablesShowTimesAndRatios() {
    String text = Tables.markdown(results());
    assertTrue(text.startsWith("- machine: A machine\n- versions: EJML ejml-1\n\n"), text);
    assertEquals(
        """
        One thread.

        |  | Gatun openblas | C | fastest other library |
        |---|---:|---:|---:|
        | gemm 8 | 60.0 ns (×2.00) | 40.0 ns | EJML 120 ns |
        | gemm 16 | 100 ns | – | – |
        | relu 1M | 200 µs (×0.50) | – | ONNX Runtime 100 µs |
        | geometric mean of × | ×1.00 |  |  |

        2 threads.

        |  | Gatun openblas | C | fastest other library |
        |---|---:|---:|---:|
        | relu 1M | 100 µs | – | – |

        Every other library; the fastest in bold.

        One thread.

        |  | ONNX Runtime | EJML |
        |---|---:|---:|
        | gemm 8 | 2.40 µs | **120 ns** |
        | gemm 16 | – | – |
        | relu 1M | **100 µs** | – |
        | Gatun openblas, geometric mean of × | ×4.47 | ×2.00 |
        """,
        text.substring(text.indexOf("One thread.")));
  }

  @Test
  void plotsAreWrittenTwice(@TempDir Path folder) throws IOException {
    List<Path> files = Charts.write(results(), folder.resolve("plot").toString());
    assertEquals(
        List.of(
            "plot-gemm-1.svg",
            "plot-gemm-1.png",
            "plot-ratio-1.svg",
            "plot-ratio-1.png",
            "plot-peers-1.svg",
            "plot-peers-1.png"),
        files.stream().map(file -> file.getFileName().toString()).toList());
    assertTrue(Files.readString(files.getFirst()).contains("<svg"));
    assertTrue(ImageIO.read(files.get(3).toFile()).getWidth() > 1000);
  }

  @Test
  void plotsHaveALineOrBarsForEachColumn() {
    var lines = Charts.products(results(), 1).getSeriesMap();
    assertEquals(
        List.of("Gatun openblas", "cblas", "ONNX Runtime", "EJML"), List.copyOf(lines.keySet()));
    double[] speeds = Objects.requireNonNull(lines.get("Gatun openblas")).getYData();
    assertEquals(2.0 * 8 * 8 * 8 / 60, speeds[0], 1e-9);
    var bars = Charts.ratios(results(), 1).getSeriesMap();
    assertEquals(List.of("Gatun openblas"), List.copyOf(bars.keySet()));
    assertEquals(
        List.of(2.0, 0.5),
        List.copyOf(Objects.requireNonNull(bars.get("Gatun openblas")).getYData()));
  }
}
