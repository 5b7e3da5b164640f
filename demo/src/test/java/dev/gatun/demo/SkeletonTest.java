package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Safetensors;
import dev.gatun.io.TensorFile;
import dev.gatun.io.TensorInfo;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.BatchNorm2d;
import dev.gatun.nn.Conv1d;
import dev.gatun.nn.Conv2d;
import dev.gatun.nn.ConvTranspose2d;
import dev.gatun.nn.Embedding;
import dev.gatun.nn.GRU;
import dev.gatun.nn.GRUCell;
import dev.gatun.nn.LSTM;
import dev.gatun.nn.LoadReport;
import dev.gatun.nn.Module;
import dev.gatun.nn.MultiheadAttention;
import dev.gatun.nn.NormOptions;
import dev.gatun.nn.PReLU;
import dev.gatun.nn.RMSNorm;
import dev.gatun.nn.RNN;
import dev.gatun.nn.RecurrentOptions;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.TransformerEncoderLayer;
import dev.gatun.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is printed compiles, and the file that it was guessed from loads into it.
class SkeletonTest {
  @TempDir private Path folder;

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String name, String code) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  private Module compiled(String name, String code) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String classPath =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    List<String> options = List.of("-d", folder.toString(), "-cp", classPath, "-proc:none");
    boolean ok =
        compiler
            .getTask(messages, null, null, options, null, List.of(new Source(name, code)))
            .call();
    assertTrue(ok, () -> messages + "\n" + code);
    URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Module.class.getClassLoader());
    return (Module) loader.loadClass(name).getDeclaredConstructor().newInstance();
  }

  private void loadsInto(Map<String, Tensor> tensors, String... expected) throws Exception {
    Path file = folder.resolve("m.safetensors");
    Safetensors.save(file, tensors, Map.of());
    Cli printed = Cli.run("inspect", file, "--skeleton", "--name", "Net");
    assertEquals(0, printed.status(), printed.err());
    for (String line : expected) {
      assertTrue(printed.out().contains(line), () -> line + " is not in\n" + printed.out());
    }
    try (Module net = compiled("Net", printed.out())) {
      LoadReport report = net.load(file);
      assertTrue(report.isComplete(), report::toString);
      assertEquals(tensors.size(), report.loaded().size() + report.tied().size());
      for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
        assertEquals(
            each.getValue().to(DType.F64).sum().item(),
            Objects.requireNonNull(net.stateDict().get(each.getKey())).to(DType.F64).sum().item());
      }
    }
  }

  private static void linear(Map<String, Tensor> tensors, String name, long in, long out) {
    tensors.put(name + ".weight", Tensor.full((double) in, out, in));
    tensors.put(name + ".bias", Tensor.full((double) out, out));
  }

  @Test
  void nestsBlocksListsAndParameters() throws Exception {
    try (var _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (int i = 0; i < 2; i++) {
        linear(tensors, "encoder.blocks." + i + ".mlp.0", 4, 8);
        linear(tensors, "encoder.blocks." + i + ".mlp.2", 8, 4);
        tensors.put("encoder.blocks." + i + ".norm.weight", Tensor.ones(4));
        tensors.put("encoder.blocks." + i + ".norm.bias", Tensor.zeros(4));
      }
      linear(tensors, "class", 4, 2);
      linear(tensors, "class_", 2, 2);
      tensors.put("scale", Tensor.scalar(2));
      tensors.put("steps", Tensor.of(new long[] {7}, 1));
      tensors.put("head.weight", Tensor.ones(3, 2));
      tensors.put("a\"b\\u0041.bias", Tensor.ones(3, 2));
      loadsInto(
          tensors,
          "new Linear(4, 8)",
          "new Identity()",
          "new BlocksBlock(),",
          "new LayerNorm(4)",
          "private final Linear class_ = child(\"class\", new Linear(4, 2));",
          "private final Linear class__ =",
          "new Linear(2, 3, false)); // or Embedding",
          "parameter(\"scale\", Tensor.zeros(DType.F32))",
          "buffer(\"steps\", Tensor.zeros(DType.I64, 1))");
    }
  }

  /// The layers that names and shapes tell, as the library itself names their tensors.
  @Test
  void knowsTheLayersOfTheLibrary() throws Exception {
    Map<String, Module> layers = new LinkedHashMap<>();
    layers.put("conv", new Conv2d(3, 8, 3));
    layers.put("flat", new Conv2d(Conv2d.Options.of(8, 4, 1, 5).bias(false)));
    layers.put("audio", new Conv1d(2, 4, 7));
    layers.put("upconv", new ConvTranspose2d(4, 6, 2));
    layers.put("bn", new BatchNorm2d(8));
    layers.put("bare", new BatchNorm2d(NormOptions.batch(8).affine(false)));
    layers.put("token_embedding", new Embedding(11, 4));
    layers.put("rms", new RMSNorm(4));
    layers.put("act", new PReLU());
    layers.put("lstm", new LSTM(RecurrentOptions.of(4, 5).numLayers(2).bidirectional(true)));
    layers.put("gru", new GRU(RecurrentOptions.of(4, 5).bias(false)));
    layers.put("rnn", new RNN(4, 5));
    layers.put("cell", new GRUCell(4, 5));
    layers.put("attention", new MultiheadAttention(128, 4));
    layers.put("plain", new MultiheadAttention(MultiheadAttention.Options.of(6, 2).bias(false)));
    layers.put("encoder", new TransformerEncoderLayer(8, 2));
    try (Sequential net = new Sequential(layers)) {
      loadsInto(
          net.stateDict(),
          "new Conv2d(3, 8, 3)",
          "new Conv2d(Conv2d.Options.of(8, 4, 1, 5).bias(false))",
          "new Conv1d(2, 4, 7)",
          "new ConvTranspose2d(4, 6, 2)",
          "new BatchNorm2d(8)",
          "new BatchNorm2d(NormOptions.batch(8).affine(false))",
          "new Embedding(11, 4)",
          "new RMSNorm(4)",
          "new PReLU(1)",
          "new LSTM(RecurrentOptions.of(4, 5).numLayers(2).bidirectional(true))",
          "new GRU(RecurrentOptions.of(4, 5).bias(false))",
          "new RNN(RecurrentOptions.of(4, 5))",
          "new GRUCell(4, 5)",
          "new MultiheadAttention(128, 2)",
          "new MultiheadAttention(MultiheadAttention.Options.of(6, 1).bias(false))",
          "private final Encoder encoder");
    }
  }

  @Test
  void readsWhatASequentialLeaves() throws Exception {
    try (var _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      linear(tensors, "0", 4, 8);
      linear(tensors, "2", 8, 1);
      loadsInto(tensors, "private final Linear layer0 = child(\"0\", new Linear(4, 8));");
    }
  }

  @Test
  void keepsTheOrderOfTheFile() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (var _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      linear(tensors, "z", 1, 1);
      linear(tensors, "a", 1, 1);
      Safetensors.save(file, tensors, Map.of());
    }
    try (TensorFile opened = TensorFile.open(file)) {
      assertEquals("z.weight", opened.list().stream().map(TensorInfo::name).findFirst().get());
    }
    String out = Cli.run("inspect", file, "--skeleton").out();
    assertTrue(out.contains("public final class Model extends Module"), out);
    assertTrue(out.indexOf("Linear z") < out.indexOf("Linear a"), out);
  }
}
