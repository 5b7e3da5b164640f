package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.GradCheck;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Losses and distances against PyTorch: values and gradients of both orders.
class LossCatalogTest {
  /// Along one direction, which a wrong element shows in; PyTorch's gradients name it.
  private static final GradCheck.Options FAST = GradCheck.Options.DEFAULT.fastMode(true);

  /// A golden case and how it is computed.
  record Entry(Golden.Case golden, Function<Checks.Inputs, Tensor> function) {
    @Override
    public String toString() {
      return golden.name();
    }
  }

  static Stream<Entry> entries() {
    Map<String, LossRows.Row> rows = LossRows.rows();
    Stream<Entry> losses =
        Golden.load(LossCatalogTest.class, "losses.txt").cases().stream()
            .map(c -> {
              LossRows.Row whole = rows.get(c.name());
              int dash = c.name().lastIndexOf('-');
              LossRows.Row row =
                  whole != null
                      ? whole
                      : Objects.requireNonNull(rows.get(c.name().substring(0, dash)), c.name());
              Reduction reduction =
                  whole != null
                      ? Reduction.NONE
                      : Reduction.valueOf(c.name().substring(dash + 1).toUpperCase(Locale.ROOT));
              return new Entry(c, in -> row.apply(reduction, in));
            });
    return Stream.concat(losses, distances());
  }

  private static Stream<Entry> distances() {
    Golden golden = Golden.load(LossCatalogTest.class, "distances.txt");
    return golden.cases().stream().map(c -> new Entry(c, in -> distance(c.name(), in)));
  }

  private static Tensor distance(String name, Checks.Inputs in) {
    Tensor a = in.get("a");
    return switch (name) {
      case "cosineSimilarity-dim" -> F.cosineSimilarity(a, in.get("b"), -2, 0.5);
      case "cosineSimilarity-broadcast-dim" -> F.cosineSimilarity(a, in.get("b"), 0, 1e-8);
      case "pairwiseDistance-p" -> F.pairwiseDistance(a, in.get("b"), 3, 0.01, true);
      case "pdist-p" -> F.pdist(a, 3);
      case "pdist-one" -> F.pdist(a, 1);
      case "pdist", "pdist-single" -> F.pdist(a);
      case "normalize-p" -> F.normalize(a, 3, 0, 1e-12);
      case "normalize", "normalize-zero", "normalize-empty" -> F.normalize(a);
      default ->
          name.startsWith("cosine")
              ? F.cosineSimilarity(a, in.get("b"))
              : F.pairwiseDistance(a, in.get("b"));
    };
  }

  /// Those that are smooth around their inputs; small norms have the gradient of larger ones.
  static Stream<Entry> smooth() {
    return entries()
        .filter(entry -> entry.golden.hasSeed())
        .filter(
            entry -> !entry.golden.name().matches(".*(-tiny|-zero|Similarity-dim|NLLLoss-eps.*)"));
  }

  @Test
  void everyRowHasItsCases() {
    TreeSet<String> used = new TreeSet<>();
    Golden.load(LossCatalogTest.class, "losses.txt")
        .cases()
        .forEach(c -> {
          boolean whole = LossRows.rows().containsKey(c.name());
          used.add(whole ? c.name() : c.name().substring(0, c.name().lastIndexOf('-')));
        });
    assertEquals(new TreeSet<>(LossRows.rows().keySet()), used);
  }

  private static Checks.Inputs inputs(Golden.Case c, DType dtype) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    c.inputs()
        .forEach((name, array) -> {
          Tensor x = Checks.tensor(array);
          Tensor typed = x.dtype().isFloating() ? x.to(dtype) : x;
          inputs.put(name, c.grads().containsKey(name) ? typed.requiresGrad_() : typed);
        });
    return new Checks.Inputs(inputs);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void agreesWithPyTorch(Entry entry) {
    compare(entry, DType.F64, 1e-9);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void agreesInF32(Entry entry) {
    compare(entry, DType.F32, 1e-4);
  }

  private static void compare(Entry entry, DType dtype, double tolerance) {
    try (var _ = Scope.open()) {
      Golden.Case c = entry.golden;
      Checks.Inputs in = inputs(c, dtype);
      Tensor y = entry.function.apply(in);
      assertEquals(dtype, y.dtype());
      Checks.assertClose(c.output("y"), y, tolerance, tolerance);
      if (c.hasSeed()) {
        y.backward(Checks.tensor(c.seed()).to(dtype));
      }
      c.grads()
          .forEach((name, expected) ->
              Checks.assertClose(
                  expected,
                  Objects.requireNonNull(in.get(name).grad(), name),
                  tolerance,
                  tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void gradientsAreThoseOfTheFunction(Entry entry) {
    try (var _ = Scope.open()) {
      Checks.Inputs in = inputs(entry.golden, DType.F64);
      List<String> names = List.copyOf(entry.golden.grads().keySet());
      Tensor[] leaves = names.stream().map(in::get).toArray(Tensor[]::new);
      GradCheck.checkAll(FAST, _ -> List.of(entry.function.apply(in)), leaves);
      if (entry.golden.name().startsWith("CTC")) {
        return; // a first derivative only, as in PyTorch
      }
      GradCheck.checkAllSecond(
          FAST,
          given -> {
            Map<String, Tensor> all = new LinkedHashMap<>(in.tensors());
            for (int i = 0; i < names.size(); i++) {
              all.put(names.get(i), given.get(i));
            }
            return List.of(entry.function.apply(new Checks.Inputs(all)));
          },
          leaves);
    }
  }
}
