package dev.gatun.demo;

import dev.gatun.backend.Backends;
import dev.gatun.demo.data.DataSplit;
import dev.gatun.demo.data.DrawnDigits;
import dev.gatun.demo.data.MnistFolder;
import dev.gatun.demo.model.Activation;
import dev.gatun.demo.model.ImageTensors;
import dev.gatun.demo.model.MlpShape;
import dev.gatun.demo.model.ModelFile;
import dev.gatun.demo.model.Normalization;
import dev.gatun.demo.model.Trainer;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.nn.data.TensorDataset;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.tensor.Generator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatun train`: a multilayer perceptron learns to read digits.
@Command(
    name = "train",
    description = "Train a network to read digits, and examine it with digits it never saw.")
final class TrainCommand implements Callable<Integer> {
  private static final int MIN_CLASSES = 10;
  private static final int MAX_LAYER = 1 << 16;

  /// Of five images, four train and one tests.
  private static final int MIN_SAMPLES = 5;

  private static final int MAX_SAMPLES = 1_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder of files in MNIST's format, gzip or not.",
        "Without it the program draws a set of digits itself."
      })
  private @Nullable Path data;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Draw or use only this many images, 4 of 5 to train.")
  private @Nullable Integer samples;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the data; ${DEFAULT-VALUE} unless given.")
  private int epochs = 10;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images of one step; ${DEFAULT-VALUE} unless given.")
  private int batch = 64;

  @Mixin private OptimizerOptions optimizer = new OptimizerOptions();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      split = ",",
      description = "Sizes of the hidden layers; 256,128 unless given.")
  private List<Integer> hidden = List.of(256, 128);

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "relu, sigmoid or tanh; ${DEFAULT-VALUE} unless given.")
  private Activation activation = Activation.RELU;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds train equal networks; ${DEFAULT-VALUE} unless given.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Save the network as safetensors, for gatun predict.")
  private @Nullable Path out;

  @Mixin private BackendOptions backend = new BackendOptions();

  TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    check();
    backend.choose();
    DataSplit split = data == null ? drawn() : MnistFolder.read(data);
    train(samples == null ? split : split.limit(samples));
    return 0;
  }

  private void check() throws IOException {
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch", batch);
    int count = samples == null ? DrawnDigits.DEFAULT_COUNT : samples;
    if (count < MIN_SAMPLES || count > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "--samples must be %d to %d, got %d".formatted(MIN_SAMPLES, MAX_SAMPLES, count));
    }
    for (int size : hidden) {
      if (size < 1 || size > MAX_LAYER) {
        throw new IllegalArgumentException(
            "--hidden takes sizes of 1 to %d, got %d".formatted(MAX_LAYER, size));
      }
    }
    optimizer.check();
    if (out != null) {
      checkWritable(out);
    }
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be 1 or more, got %d".formatted(option, value));
    }
  }

  /// Before the training, not after it.
  private static void checkWritable(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("--out is in no existing folder: " + file);
    }
    if (Files.isDirectory(file)) {
      throw new IOException("--out is a folder: " + file);
    }
  }

  private DataSplit drawn() {
    int count = samples == null ? DrawnDigits.DEFAULT_COUNT : samples;
    return DrawnDigits.split(count, DrawnDigits.DEFAULT_SEED);
  }

  private void train(DataSplit split) throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    int classes = Math.max(split.train().classes(), split.test().classes());
    MlpShape shape =
        MlpShape.of(split.train().imageSize(), hidden, Math.max(MIN_CLASSES, classes), activation);
    Generator generator = Generator.seeded(seed);
    try (var _ = Scope.open("train");
        Sequential network = shape.build(generator)) {
      describe(print, split, shape);
      double accuracy = run(print, split, network, generator);
      if (out != null) {
        ModelFile.save(out, shape, network);
        print.println("saved " + out);
      }
      print.printf(Locale.ROOT, "test accuracy %.4f%n", accuracy);
      print.flush();
    }
  }

  private double run(PrintWriter print, DataSplit split, Sequential network, Generator generator) {
    Normalization normalization = Normalization.of(split.train());
    ImageTensors train = ImageTensors.of(split.train(), normalization);
    ImageTensors test = ImageTensors.of(split.test(), normalization);
    DataLoader loader =
        new DataLoader(new TensorDataset(train.images(), train.labels()), batch, generator, false);
    TrainingDisplay display =
        new TrainingDisplay(print, TrainingDisplay.isTerminal(), epochs, split.train().count());
    try (Optimizer steps = optimizer.create(network.parameters())) {
      Trainer trainer = new Trainer(network, steps, loader, epochs);
      double accuracy = run(trainer, display, network, test);
      // From here on it takes plain pixels.
      normalization.foldInto(network);
      return accuracy;
    }
  }

  private double run(
      Trainer trainer, TrainingDisplay display, Sequential network, ImageTensors test) {
    double accuracy = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Trainer.Epoch result = display.show(epoch, trainer);
      if (Double.isNaN(result.loss()) || Double.isInfinite(result.loss())) {
        throw new IllegalArgumentException(
            "the loss is %s after epoch %d; try a smaller --lr".formatted(result.loss(), epoch));
      }
      accuracy = Trainer.accuracy(network, test);
      display.tell(epoch, result, accuracy);
    }
    return accuracy;
  }

  private void describe(PrintWriter print, DataSplit split, MlpShape shape) {
    print.printf(
        "data     %s: %d to train, %d to test%n",
        split.name(), split.train().count(), split.test().count());
    print.printf("network  %s%n", shape);
    print.printf("learning %s, batch %d, seed %d%n", optimizer, batch, seed);
    print.printf(
        "backend  %s, %d threads%n", BackendOptions.nameOf(backend.choose()), Backends.threads());
    print.flush();
  }
}
