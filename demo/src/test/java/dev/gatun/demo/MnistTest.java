package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Real handwriting, where it is at hand.
class MnistTest {
  // Surefire runs a module's tests in the module's folder, or names it.
  private static final Path MNIST =
      Path.of(System.getProperty("basedir", "")).resolve("../../shared/data/mnist");

  @Test
  void learnsToReadHandwriting() {
    assumeTrue(Files.isDirectory(MNIST), "needs data outside the project: " + MNIST);
    List<String> lines =
        Cli.lines("train", "--data", MNIST, "--samples", 5000, "--epochs", 2, "--hidden", "64");
    assertEquals("data     %s: 4000 to train, 1000 to test".formatted(MNIST), lines.getFirst());
    double accuracy = Double.parseDouble(lines.getLast().replace("test accuracy ", ""));
    assertTrue(accuracy > 0.85, lines.toString());
  }
}
