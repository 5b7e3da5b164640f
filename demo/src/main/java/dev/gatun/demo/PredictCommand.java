package dev.gatun.demo;

import dev.gatun.demo.data.DigitPicture;
import dev.gatun.demo.model.ImageTensors;
import dev.gatun.demo.model.ModelFile;
import dev.gatun.demo.model.Predictor;
import dev.gatun.io.Npy;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatun predict`: a saved network reads one picture, or any number of inputs in an array file.
@Command(
    name = "predict",
    description = {
      "Run a network that gatun train saved: on a picture of a digit, or on an .npy array.",
      "An array is [N,features], or has one row's features in any shape; U8 is divided by 255,"
          + " other dtypes are taken as they are. The output holds the network's scores (logits)."
    })
final class PredictCommand implements Callable<Integer> {
  private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PICTURE_SIZE = 28;
  private static final int BAR_WIDTH = 40;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "What gatun train --out wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "An .npy array, or a picture of one digit (PNG).")
  private Path input = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the scores go, as .npy; needed for an array.")
  private @Nullable Path output;

  @Mixin private BackendOptions backend = new BackendOptions();

  PredictCommand() {}

  @Override
  public Integer call() throws IOException {
    boolean array = isArray();
    if (array && output == null) {
      throw new IllegalArgumentException("--output is needed for an array: " + input);
    }
    backend.choose();
    try (var _ = Scope.open("predict");
        var _ = NoGrad.open();
        ModelFile.Loaded loaded = ModelFile.load(model)) {
      Predictor predictor = new Predictor(loaded);
      Tensor scores = array ? predictor.scores(input, Npy.load(input)) : picture(predictor);
      if (output != null) {
        Npy.save(output, scores);
        print(output + ": " + Arrays.toString(scores.shape()).replace(" ", ""));
      }
    }
    return 0;
  }

  private boolean isArray() throws IOException {
    if (Files.isDirectory(input)) {
      throw new IOException("input is a folder: " + input);
    }
    try (InputStream in = Files.newInputStream(input)) {
      return input.toString().endsWith(".npy")
          || Arrays.equals(in.readNBytes(NPY_MAGIC.length), NPY_MAGIC);
    }
  }

  private Tensor picture(Predictor predictor) throws IOException {
    Tensor pixels = Tensor.of(DigitPicture.read(input), 1, PICTURE_SIZE * PICTURE_SIZE);
    Tensor scores = predictor.scores(input, ImageTensors.fromPixels(pixels));
    float[] probabilities = scores.softmax(1).toFloatArray();
    print("digit " + scores.argmax().itemLong());
    for (int i = 0; i < probabilities.length; i++) {
      String bar = "#".repeat(Math.round(BAR_WIDTH * probabilities[i]));
      print(String.format(Locale.ROOT, "%d  %.4f  %s", i, probabilities[i], bar).stripTrailing());
    }
    return scores;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
