package dev.gatun.demo.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonWriterTest {
  private static final Comparison COMPARISON =
      new Comparison(
          new Machine("A CPU", 8, "An OS", "25"),
          List.of(
              new Measurement("matmul 8", "vector", 8, 512, 2),
              new Measurement("training step", "vector", 8, 1_234_000, 55.5),
              new Measurement("matmul 8", "scalar", 1, 20_480, 0.05)),
          Map.of("openblas", "library not found"));

  @Test
  void printsATable() {
    StringWriter text = new StringWriter();
    ComparisonWriter.table(COMPARISON, new PrintWriter(text, true));
    assertEquals(
        """
        A CPU, 8 cores, An OS
        Java 25

                                                  vector                  scalar
        median, GFLOP/s                        8 threads               1 threads
        matmul 8                        512 ns      2.00      20.48 µs      0.05
        training step                  1.23 ms     55.50                       -

        no openblas: library not found
        """,
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void passesMeasurementsBetweenProcesses() throws IOException {
    for (Measurement each : COMPARISON.results()) {
      assertEquals(each, Measurement.parse(each.line()));
    }
    assertThrows(IOException.class, () -> Measurement.parse("WARNING: something"));
    assertThrows(IOException.class, () -> Measurement.parse("a\tb\tc\td\te"));
  }
}
