package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.lr.LRScheduler;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import dev.gatun.testing.PyTorchTable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `PYTORCH.md` beside the public API and beside PyTorch's names: what it names exists, and what
/// exists on either side is in it.
class PyTorchTableTest {
  /// Where classes that the page names may be.
  private static final List<Class<?>> PACKAGES =
      List.of(
          Module.class,
          Optimizer.class,
          LRScheduler.class,
          DataLoader.class,
          Safetensors.class,
          Tensor.class,
          DType.class);

  /// Those whose every class must be named.
  private static final List<Class<?>> WHOLE =
      List.of(Module.class, Optimizer.class, DataLoader.class);

  /// Classes of which every method must be named, beside those that cannot be made.
  private static final List<Class<?>> API =
      List.of(
          Module.class,
          Sequential.class,
          ModuleList.class,
          ModuleDict.class,
          ParameterList.class,
          ParameterDict.class,
          Parameter.class,
          LazyModule.class);

  /// Methods that say nothing beyond what [Module], [Tensor] or [Object] say of them.
  private static final Set<String> COMMON =
      Set.of("forward", "iterator", "extraRepr", "describe", "toString", "equals", "hashCode");

  /// What people build with every day, which must not be missing, whatever the page says.
  private static final Map<String, String> INDISPENSABLE =
      Map.of(
          "torch.nn.",
          """
          Linear Bilinear Identity Flatten Unflatten Embedding EmbeddingBag Conv1d Conv2d
          Conv3d ConvTranspose2d MaxPool1d MaxPool2d AvgPool1d AvgPool2d AdaptiveAvgPool1d
          AdaptiveAvgPool2d AdaptiveMaxPool2d BatchNorm1d BatchNorm2d LayerNorm GroupNorm
          InstanceNorm2d RMSNorm Dropout Dropout2d RNN LSTM GRU RNNCell LSTMCell GRUCell
          MultiheadAttention TransformerEncoderLayer TransformerEncoder PixelShuffle Upsample
          CosineSimilarity ReLU ReLU6 LeakyReLU PReLU ELU SELU CELU GELU SiLU Mish Hardtanh
          Hardswish Hardsigmoid Sigmoid LogSigmoid Tanh Tanhshrink Softplus Softsign
          Softshrink Softmax LogSoftmax Softmin GLU Threshold Sequential ModuleList ModuleDict
          ParameterList ParameterDict LazyLinear L1Loss SmoothL1Loss HuberLoss MSELoss
          CrossEntropyLoss NLLLoss BCELoss BCEWithLogitsLoss KLDivLoss PoissonNLLLoss
          GaussianNLLLoss HingeEmbeddingLoss MarginRankingLoss TripletMarginLoss
          CosineEmbeddingLoss MultiMarginLoss\
          """,
          "torch.nn.functional.",
          """
          scaled_dot_product_attention one_hot normalize linear bilinear embedding
          embedding_bag conv1d conv2d conv3d conv_transpose2d max_pool1d max_pool2d avg_pool1d
          avg_pool2d adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool2d batch_norm
          layer_norm group_norm instance_norm dropout dropout2d pixel_shuffle interpolate
          cosine_similarity relu relu6 leaky_relu prelu elu selu celu gelu silu mish hardtanh
          hardswish hardsigmoid sigmoid logsigmoid tanh tanhshrink softplus softsign
          softshrink softmax log_softmax softmin glu threshold l1_loss smooth_l1_loss
          huber_loss mse_loss cross_entropy nll_loss binary_cross_entropy
          binary_cross_entropy_with_logits kl_div poisson_nll_loss gaussian_nll_loss
          hinge_embedding_loss margin_ranking_loss triplet_margin_loss cosine_embedding_loss
          multi_margin_loss\
          """,
          "torch.optim.",
          "SGD Adam AdamW NAdam RAdam Adamax Adagrad Adadelta RMSprop LBFGS",
          "torch.utils.data.",
          "Dataset TensorDataset DataLoader random_split Sampler RandomSampler SequentialSampler",
          "torch.optim.lr_scheduler.",
          """
          StepLR MultiStepLR ExponentialLR CosineAnnealingLR CosineAnnealingWarmRestarts
          OneCycleLR LinearLR ReduceLROnPlateau LambdaLR SequentialLR\
          """);

  private static PyTorchTable table() throws IOException {
    return PyTorchTable.read(Path.of("PYTORCH.md"));
  }

  @Test
  void namesClassesThatExist() throws IOException {
    Set<String> unknown = new TreeSet<>(table().types());
    unknown.removeIf(name -> !find(name).isEmpty());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void namesMethodsThatExist() throws IOException {
    Set<String> unknown = new TreeSet<>(table().signatures());
    unknown.removeIf(PyTorchTableTest::exists);
    assertEquals(Set.of(), unknown);
  }

  private static boolean exists(String signature) {
    int dot = signature.lastIndexOf('.', signature.indexOf('('));
    List<Class<?>> owners = find(dot < 0 ? "Tensor" : signature.substring(0, dot));
    return owners.stream()
        .flatMap(PyTorchTableTest::inherited)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .anyMatch(method -> PyTorchTable.signature(method).equals(signature.substring(dot + 1)));
  }

  private static Stream<Class<?>> inherited(Class<?> type) {
    Stream<Class<?>> above =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
    return Stream.concat(Stream.of(type), above.flatMap(PyTorchTableTest::inherited));
  }

  /// The class of that name, of the first package that has one.
  private static List<Class<?>> find(String name) {
    for (Class<?> neighbour : PACKAGES) {
      try {
        String full = neighbour.getPackageName() + "." + name.replace('.', '$');
        return List.of(Class.forName(full, false, Module.class.getClassLoader()));
      } catch (ClassNotFoundException _) {
        // The next one may have it.
      }
    }
    return List.of();
  }

  @Test
  void namesEveryClass() throws Exception {
    PyTorchTable table = table();
    Set<String> missing = new TreeSet<>();
    publicTypes().map(Class::getSimpleName).forEach(missing::add);
    missing.removeAll(table.types());
    table.signatures().forEach(s -> missing.remove(s.substring(0, Math.max(0, s.indexOf('.')))));
    assertEquals(Set.of(), missing);
  }

  @Test
  void namesEveryMethodOfTheApi() throws Exception {
    Set<String> missing =
        Stream.concat(API.stream(), publicTypes().filter(PyTorchTableTest::isUtility))
            .distinct()
            .flatMap(PyTorchTableTest::methods)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(table().signatures());
    assertEquals(Set.of(), missing);
  }

  /// Whether it is there for its static methods.
  private static boolean isUtility(Class<?> type) {
    return !type.isInterface()
        && !type.isEnum()
        && !Modifier.isAbstract(type.getModifiers())
        && type.getConstructors().length == 0
        && Arrays.stream(type.getMethods())
            .filter(method -> method.getDeclaringClass().getName().startsWith("dev.gatun"))
            .allMatch(method -> Modifier.isStatic(method.getModifiers()));
  }

  private static Stream<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .filter(method -> isOwn(type, method))
        .filter(method -> type == Module.class || !COMMON.contains(method.getName()))
        .map(method -> type.getSimpleName() + "." + PyTorchTable.signature(method));
  }

  /// Inherited from a class that nobody can name, or its own.
  private static boolean isOwn(Class<?> type, Method method) {
    Class<?> owner = method.getDeclaringClass();
    boolean hidden = !Modifier.isPublic(owner.getModifiers()) && owner != type;
    return owner == type || (hidden && (type == Module.class || isUtility(type)));
  }

  private static Stream<Class<?>> publicTypes() throws URISyntaxException, IOException {
    Path classes =
        Path.of(Module.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Stream.Builder<Class<?>> types = Stream.builder();
    for (Class<?> neighbour : WHOLE) {
      String folder = neighbour.getPackageName().replace('.', '/');
      try (Stream<Path> files = Files.list(classes.resolve(folder))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.matches("\\w+\\.class"))
            .flatMap(name -> find(name.replace(".class", "")).stream())
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .forEach(types);
      }
    }
    return types.build();
  }

  @Test
  void hasARowForEachNameOfPyTorch() throws IOException {
    PyTorchTable table = table();
    assertEquals(Set.of(), table.repeated());
    String text =
        Objects.requireNonNull(
            Golden.texts(PyTorchTableTest.class, "torch-names.txt").get("names"));
    List<String> names = text.lines().map(String::strip).toList();
    assertTrue(names.size() > 380, () -> names.size() + " names");
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(Set.copyOf(table.names()));
    assertEquals(Set.of(), missing);
  }

  @Test
  void saysWhyANameHasNoTwin() throws IOException {
    List<String> silent =
        table().lines().stream()
            .filter(line -> line.matches("\\| `torch[^|]*\\| +\\| +\\|"))
            .toList();
    assertEquals(List.of(), silent);
  }

  @Test
  void hasATwinForWhatPeopleUseEveryDay() throws IOException {
    Set<String> missing = new TreeSet<>();
    List<String> lines = table().lines();
    INDISPENSABLE.forEach((prefix, names) -> {
      for (String name : names.split("\\s+", -1)) {
        String row = "| `" + prefix + name + "` | `";
        if (lines.stream().noneMatch(line -> line.startsWith(row))) {
          missing.add(prefix + name);
        }
      }
    });
    assertEquals(Set.of(), missing);
  }
}
