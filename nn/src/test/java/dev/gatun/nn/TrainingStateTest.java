package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.SGD;
import dev.gatun.nn.optim.lr.ExponentialLR;
import dev.gatun.nn.optim.lr.LRScheduler;
import dev.gatun.nn.optim.lr.ReduceLROnPlateau;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Schedulers in checkpoints.
class TrainingStateTest {
  @TempDir private Path folder;

  /// The best metric is infinite before the first.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsTheBestMetricThatThereIsNot(boolean max) throws IOException {
    Path file = folder.resolve("plateau.safetensors");
    var options = ReduceLROnPlateau.Options.of().max(max).patience(0).factor(0.5);
    try (Module net = new Linear(2, 2);
        Optimizer optimizer = new SGD(net.parameters(), 0.5)) {
      var first = new ReduceLROnPlateau(optimizer, options);
      Map<String, Double> start = first.stateDict();
      TrainingCheckpoint.of(net).with("optimizer", optimizer).with("schedule", first).save(file, 0);
      var second = new ReduceLROnPlateau(optimizer, options);
      second.step(3);
      second.step(3);
      assertEquals(0.25, optimizer.lr());
      assertNotEquals(start, second.stateDict());
      var checkpoint =
          TrainingCheckpoint.of(net).with("optimizer", optimizer).with("schedule", second);
      assertEquals(0, checkpoint.load(file).step());
      assertEquals(start, second.stateDict());
      assertEquals(max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, second.best());
      assertEquals(0.5, optimizer.lr());
      second.step(3);
      assertEquals(3, second.best());
      assertEquals(0.5, optimizer.lr());
    }
  }

  @Test
  void goesOnInTheMiddleOfASchedule() throws IOException {
    Path file = folder.resolve("schedule.safetensors");
    try (Module net = new Linear(2, 2)) {
      try (Optimizer optimizer = new SGD(net.parameters(), 1)) {
        LRScheduler scheduler = new ExponentialLR(optimizer, 0.5);
        scheduler.step();
        scheduler.step();
        TrainingCheckpoint.of(net)
            .with("optimizer", optimizer)
            .with("schedule", scheduler)
            .save(file, 2);
      }
      try (Optimizer optimizer = new SGD(net.parameters(), 1)) {
        LRScheduler scheduler = new ExponentialLR(optimizer, 0.5);
        var checkpoint =
            TrainingCheckpoint.of(net).with("optimizer", optimizer).with("schedule", scheduler);
        assertEquals(2, checkpoint.load(file).step());
        scheduler.step();
        assertEquals(0.125, optimizer.lr());
      }
    }
  }
}
