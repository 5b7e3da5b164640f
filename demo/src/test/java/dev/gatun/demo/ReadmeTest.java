package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Safetensors;
import dev.gatun.memory.Scope;
import dev.gatun.nn.LoadReport;
import dev.gatun.nn.PlanAccuracy;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  @Test
  void showsTheCodeThatIsCompiled() throws IOException {
    String source =
        Files.readString(ROOT.resolve("demo/src/test/java/dev/gatun/demo/Snippets.java"));
    List<String> names = new ArrayList<>();
    Matcher shown = SNIPPET.matcher(readme());
    while (shown.find()) {
      names.add(shown.group(1));
      assertEquals(region(source, shown.group(1)), shown.group(2).strip(), shown.group(1));
    }
    assertEquals(List.of("mlp", "training", "loading", "plan", "int8"), names);
  }

  @Test
  void showsATrainingThatLearns() {
    try (var _ = Scope.open("readme")) {
      Generator generator = Generator.seeded(1);
      Tensor x = Tensor.randn(generator, 32, 20);
      Tensor target = Tensor.randint(generator, 0, 10, 32);
      double loss = Snippets.train(x, target);
      assertTrue(loss < 0.5, "loss after 100 steps: " + loss);
    }
  }

  @Test
  void showsALoadingThatReports(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.safetensors");
    try (var _ = Scope.open("readme");
        var net = new Snippets.MLP()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      net.stateDict().forEach((name, tensor) -> state.put(name, tensor));
      state.put("attention.mask", Tensor.ones(1));
      Safetensors.save(file, state, Map.of());
      LoadReport report = Snippets.load(net, file);
      assertTrue(report.isComplete(), report::toString);
      assertEquals(List.of("attention.mask"), report.ignored());
    }
  }

  @Test
  void showsWhatFewerBitsCost() {
    try (var _ = Scope.open("readme");
        var net = new Snippets.MLP()) {
      PlanAccuracy accuracy = Snippets.quantize(net, Tensor.randn(Generator.seeded(2), 100, 20));
      assertEquals(100, accuracy.rows());
      assertTrue(accuracy.largestError() > 0, accuracy::toString);
      assertTrue(accuracy.largestError() < 0.05 * accuracy.largestValue(), accuracy::toString);
    }
  }

  @Test
  void showsAPlanThatAnswers() {
    try (var _ = Scope.open("readme");
        var net = new Snippets.MLP();
        var _ = NoGrad.open()) {
      Tensor x = Tensor.randn(Generator.seeded(2), 3, 20);
      float[] answers = new float[30];
      Snippets.serve(net, x.segment(), MemorySegment.ofArray(answers), 3);
      assertArrayEquals(net.call(x).toFloatArray(), answers, 1e-5f);
    }
  }

  @Test
  void linksToFilesThatExist() throws IOException {
    Matcher link = LINK.matcher(readme());
    while (link.find()) {
      assertTrue(Files.exists(ROOT.resolve(link.group(1))), link.group(1));
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String region(String source, String name) {
    int from = source.indexOf("// @start region=" + name + "\n");
    int to = source.indexOf("// @end region=" + name + "\n");
    String code = source.substring(source.indexOf('\n', from) + 1, to);
    int indent = code.indexOf(code.stripLeading());
    return code.replaceAll("(?m)^ {" + indent + "}", "").strip();
  }
}
