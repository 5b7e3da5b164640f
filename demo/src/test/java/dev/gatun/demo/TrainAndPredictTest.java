package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.demo.data.DrawnDigits;
import dev.gatun.demo.data.LabeledImages;
import dev.gatun.io.Npy;
import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainAndPredictTest {
  private static final int COUNT = 50;

  @TempDir private static Path folder;

  private static Path model = Path.of("");
  private static List<String> output = List.of();

  @BeforeAll
  static void trainsOnce() {
    model = folder.resolve("model.safetensors");
    output = Cli.lines("train", "--samples", 2500, "--epochs", 6, "--hidden", "64", "--out", model);
  }

  private static double accuracy(List<String> lines) {
    String last = lines.getLast();
    assertTrue(last.matches("test accuracy [01]\\.\\d{4}"), last);
    return Double.parseDouble(last.substring("test accuracy ".length()));
  }

  @Test
  void learnsFromDigitsThatItDraws() {
    assertTrue(accuracy(output) > 0.75, output.toString());
    assertEquals(6, output.stream().filter(line -> line.startsWith("epoch ")).count());
    assertTrue(
        output
            .get(4)
            .matches(
                "epoch 1/6 {2}loss \\d\\.\\d{4} {2}test accuracy 0\\.\\d{4} {2}\\d+ samples/s"),
        output.get(4));
  }

  @Test
  void summarizesWhatItTrained() {
    List<String> lines = Cli.lines("summary", model, "--batch", 2);
    assertEquals("layer        output  parameters     memory    FLOPs", lines.getFirst());
    assertTrue(
        lines.contains("  0: Linear  [2,64]      50,240  196.3 KiB  200,704"), lines.toString());
    assertTrue(lines.contains("FLOPs: 203,264 (101,632 multiply-adds)"), lines.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw"})
  void learnsWithEveryOptimizer(String optimizer) {
    List<String> lines =
        Cli.lines(
            "train",
            "--samples",
            1000,
            "--epochs",
            4,
            "--hidden",
            "32",
            "--batch",
            "16",
            "--optimizer",
            optimizer,
            "--activation",
            "tanh");
    assertTrue(accuracy(lines) > 0.4, lines.toString());
  }

  @Test
  void trainsEqualNetworksFromEqualSeeds() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Path other = folder.resolve("other");
    for (Path file : List.of(first, second)) {
      List<String> _ = Cli.lines("train", "--samples", 100, "--epochs", 1, "--out", file);
    }
    List<String> _ =
        Cli.lines("train", "--samples", 100, "--epochs", 1, "--seed", "2", "--out", other);
    assertEquals(-1, Files.mismatch(first, second));
    assertTrue(Files.mismatch(first, other) >= 0);
  }

  @Test
  void refusesToGoOnWithoutALoss() {
    String line =
        Cli.refusal(
            "train", "--samples", 500, "--epochs", 3, "--lr", "1000", "--hidden", "64,64,64");
    assertTrue(line.contains("try a smaller --lr"), line);
  }

  @Test
  void savesWhatPyTorchCallsASequential() throws IOException {
    assertEquals("784,64,10", Safetensors.metadata(model).get("gatun.layers"));
    assertEquals("relu", Safetensors.metadata(model).get("gatun.activation"));
    assertEquals("pt", Safetensors.metadata(model).get("format"));
    assertEquals(
        List.of("0.bias", "0.weight", "2.bias", "2.weight"),
        Safetensors.load(model).keySet().stream().sorted().toList());
  }

  @Test
  void predictsWhatTheNetworkComputes() throws IOException {
    LabeledImages digits = DrawnDigits.draw(COUNT, DrawnDigits.DEFAULT_SEED);
    try (var _ = Scope.open("test")) {
      Tensor bytes = Tensor.of(digits.pixels(), COUNT, 784);
      Tensor x = bytes.to(DType.F32).div(255);
      float[] fromBytes = scores(bytes);
      assertArrayEquals(fromBytes, scores(x), 1e-5f);
      assertArrayEquals(fromBytes, scores(x.reshape(COUNT, 28, 28)), 1e-5f);
      Map<String, Tensor> state = Safetensors.load(model);
      Tensor hidden = x.linear(weight(state, "0.weight"), weight(state, "0.bias")).relu();
      Tensor y = hidden.linear(weight(state, "2.weight"), weight(state, "2.bias"));
      assertArrayEquals(y.toFloatArray(), fromBytes, 1e-4f);
      long right = 0;
      long[] found = y.argmax(1).toLongArray();
      for (int i = 0; i < COUNT; i++) {
        right += found[i] == digits.labels()[i] ? 1 : 0;
      }
      // These were learned from.
      assertTrue(right > 0.8 * COUNT, right + " right");
    }
  }

  @Test
  void predictsAsWellAsTrainingSaid() throws IOException {
    LabeledImages test = DrawnDigits.split(2500, DrawnDigits.DEFAULT_SEED).test();
    try (var _ = Scope.open("test")) {
      float[] scores = scores(Tensor.of(test.pixels(), test.count(), 784));
      long[] found = Tensor.of(scores, test.count(), 10).argmax(1).toLongArray();
      double right = 0;
      for (int i = 0; i < found.length; i++) {
        right += found[i] == test.labels()[i] ? 1 : 0;
      }
      // Rounding may decide where two scores are nearly equal.
      assertEquals(accuracy(output), right / test.count(), 0.0041);
    }
  }

  @Test
  void predictsASingleRow() throws IOException {
    try (var _ = Scope.open("test")) {
      assertEquals(10, scores(Tensor.zeros(784)).length);
      assertEquals("[10]", outputShape(Tensor.zeros(784)));
      assertEquals("[1,10]", outputShape(Tensor.zeros(28, 28)));
      assertEquals("[3,10]", outputShape(Tensor.zeros(3, 784)));
      assertEquals("[0,10]", outputShape(Tensor.zeros(0, 784)));
    }
  }

  @Test
  void refusesAnArrayThatDoesNotFit() throws IOException {
    Path input = folder.resolve("wide.npy");
    try (var _ = Scope.open("test")) {
      Npy.save(input, Tensor.zeros(3, 20));
    }
    assertEquals(
        "gatun predict: input does not fit the network: %s is tensor [3,20], the network takes [N,784]"
            .formatted(input),
        Cli.refusal(
            "predict", "--model", model, "--input", input, "--output", folder.resolve("y")));
    assertEquals(
        "gatun predict: --output is needed for an array: " + input,
        Cli.refusal("predict", "--model", model, "--input", input));
  }

  @Test
  void readsAPictureOfADigit() throws IOException {
    LabeledImages digits = DrawnDigits.draw(COUNT, DrawnDigits.DEFAULT_SEED);
    int right = 0;
    for (int i = 0; i < COUNT; i++) {
      List<String> lines = Cli.lines("predict", "--model", model, "--input", png(digits, i));
      assertEquals(11, lines.size());
      double sum =
          lines.stream()
              .skip(1)
              .mapToDouble(line -> Double.parseDouble(line.substring(3, 9)))
              .sum();
      assertEquals(1, sum, 1e-3);
      right += lines.getFirst().equals("digit " + digits.labels()[i]) ? 1 : 0;
    }
    // Scaled and centered, most digits are still what they were.
    assertTrue(right > 0.5 * COUNT, right + " right");
  }

  @Test
  void refusesAFileThatIsNoModel() throws IOException {
    Path input = folder.resolve("x.npy");
    Path plain = folder.resolve("plain.safetensors");
    Path text = Files.writeString(folder.resolve("text.safetensors"), "this is no model file");
    Path cut = folder.resolve("cut.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 100));
    try (var _ = Scope.open("test")) {
      Npy.save(input, Tensor.zeros(784));
      Safetensors.save(plain, Map.of("w", Tensor.zeros(2)), Map.of());
    }
    assertTrue(refusal(plain, input).contains("no gatun.layers and gatun.activation"));
    assertTrue(refusal(text, input).contains("text.safetensors"));
    assertTrue(refusal(cut, input).contains("cut.safetensors"));
  }

  @Test
  void refusesAModelThatIsNotWhatItSays() throws IOException {
    Path input = folder.resolve("z.npy");
    Path file = folder.resolve("liar.safetensors");
    try (var _ = Scope.open("test")) {
      Npy.save(input, Tensor.zeros(784));
      Map<String, Tensor> state = Map.of("0.weight", Tensor.zeros(2, 2));
      for (String layers : List.of("784,1000000000,10", "2", "x,y", "", "2,-2")) {
        Safetensors.save(file, state, Map.of("gatun.layers", layers, "gatun.activation", "relu"));
        assertTrue(refusal(file, input).contains("liar.safetensors"));
      }
      Safetensors.save(file, state, Map.of("gatun.layers", "2,2", "gatun.activation", "swish"));
      assertTrue(refusal(file, input).contains("gatun.activation 'swish'"));
      Safetensors.save(file, state, Map.of("gatun.layers", "2,2", "gatun.activation", "relu"));
      assertTrue(refusal(file, input).contains("0.bias"));
    }
  }

  private static String refusal(Path file, Path input) {
    return Cli.refusal(
        "predict", "--model", file, "--input", input, "--output", folder.resolve("no.npy"));
  }

  private static Tensor weight(Map<String, Tensor> state, String name) {
    Tensor weight = state.get(name);
    return weight == null ? Tensor.zeros(0) : weight;
  }

  private static float[] scores(Tensor input) throws IOException {
    outputShape(input);
    return Npy.load(folder.resolve("y.npy")).toFloatArray();
  }

  private static String outputShape(Tensor input) throws IOException {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.save(x, input);
    String line = Cli.lines("predict", "--model", model, "--input", x, "--output", y).getFirst();
    assertTrue(line.startsWith(y + ": "), line);
    return line.substring((y + ": ").length());
  }

  private static Path png(LabeledImages digits, int index) throws IOException {
    BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 784; i++) {
      int ink = Byte.toUnsignedInt(digits.pixels()[index * 784 + i]);
      picture.getRaster().setSample(i % 28, i / 28, 0, 255 - ink);
    }
    Path file = folder.resolve("digit.png");
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }
}
