package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.demo.data.DataSplit;
import dev.gatun.demo.data.DrawnDigits;
import dev.gatun.demo.data.MnistFolder;
import dev.gatun.demo.model.Activation;
import dev.gatun.demo.model.ImageTensors;
import dev.gatun.demo.model.MlpShape;
import dev.gatun.demo.model.Normalization;
import dev.gatun.demo.model.Trainer;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Plan;
import dev.gatun.nn.PlanAccuracy;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.nn.data.TensorDataset;
import dev.gatun.nn.optim.Adam;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.WeightPrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What weights of fewer bits cost a network that reads handwriting, or where that is not at hand,
/// drawn digits.
class PlanAccuracyTest {
  // Surefire runs a module's tests in the module's folder, or names it.
  private static final Path MNIST =
      Path.of(System.getProperty("basedir", "")).resolve("../../shared/data/mnist");

  private static final int SAMPLES = 3000;
  private static final int EPOCHS = 6;

  @Test
  void fewerBitsCostLittle() throws IOException {
    DataSplit data =
        Files.isDirectory(MNIST)
            ? MnistFolder.read(MNIST).limit(SAMPLES)
            : DrawnDigits.split(SAMPLES, DrawnDigits.DEFAULT_SEED);
    Normalization normalization = Normalization.of(data.train());
    MlpShape shape = MlpShape.of(data.train().imageSize(), List.of(64), 10, Activation.RELU);
    try (var _ = Scope.open("test");
        Sequential network = shape.build(Generator.seeded(1))) {
      train(network, ImageTensors.of(data.train(), normalization));
      ImageTensors examples = ImageTensors.of(data.test(), normalization);
      double accuracy = Trainer.accuracy(network, examples);
      assertTrue(accuracy > 0.8, () -> "accuracy " + accuracy);
      check(network, WeightPrecision.BF16, examples, accuracy, 0.005);
      check(network, WeightPrecision.INT8, examples, accuracy, 0.01);
    }
  }

  private static void train(Sequential network, ImageTensors examples) {
    var optimizer = new Adam(network.parameters(), 2e-3);
    var dataset = new TensorDataset(examples.images(), examples.labels());
    var batches = new DataLoader(dataset, 64, Generator.seeded(2), false);
    Trainer trainer = new Trainer(network, optimizer, batches, EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Trainer.Epoch _ = trainer.epoch((_, _) -> {});
    }
    network.eval();
  }

  private static void check(
      Sequential network,
      WeightPrecision weights,
      ImageTensors examples,
      double accuracy,
      double most) {
    try (Plan plan = Plan.compile(network, Plan.Options.of(256).weights(weights), 28 * 28)) {
      PlanAccuracy lost = plan.compare(examples.images());
      long rows = examples.images().size(0);
      assertEquals(rows, lost.rows());
      assertTrue(lost.largestError() > 0, lost::toString);
      assertTrue(lost.largestError() < 0.02 * lost.largestValue(), lost::toString);
      assertTrue(lost.agreement() >= 1 - most, lost::toString);
      double after = accuracy(plan, examples, rows);
      assertEquals(accuracy, after, most, () -> weights + ": " + lost);
      System.out.printf(
          "%s weights: accuracy %.4f instead of %.4f; %s%n", weights, after, accuracy, lost);
    }
  }

  private static double accuracy(Plan plan, ImageTensors examples, long rows) {
    double hits = 0;
    for (long from = 0; from < rows; from += plan.maxBatch()) {
      long count = Math.min(plan.maxBatch(), rows - from);
      hits +=
          plan.run(examples.images().narrow(0, from, count))
              .argmax(1)
              .eq(examples.labels().narrow(0, from, count))
              .sum()
              .item();
    }
    return hits / rows;
  }
}
