package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.OpCatalog.Entry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation of the catalogue as a [Program]: traced on zeros and ones, it computes on the
/// values of the case what the operation does, bit for bit, twice.
@SuppressWarnings("MustBeClosedChecker") // what is not closed was never made
class TracedOpsTest {
  /// Operations that look at elements to find out a size, a place or what to do next.
  private static final Pattern READS =
      Pattern.compile(
          "at-mask-.*|put(Add)?-mask.*|(at|put|putAdd)-(apart|broadcast|columns|leading|middle|none|points|rows|scalar|transposed|with).*"
              + "|(batchNorm|instanceNorm)-(eval|given).*|bincount.*|bucketize.*|searchsorted.*"
              + "|cond-.*|cum(max|min)-.*|det.*|logdet.*|slogdet.*|solve(-(batched|vectors?))?|lstsq.*|eigvalsh|svdvals.*"
              + "|matrixNorm-(-2|2|nuc).*|matrixRank|embedding-frequency.*|embeddingRenorm.*"
              + "|embeddingBag-(max|mean).*|embeddingBag-sum(-[flnp].*)?|embeddingBag-weights(-padding)?|histc.*|nonzero.*|quantile-(3d|edge|several).*"
              + "|take|unique.*");

  static Stream<Entry> entries() {
    return OpCatalog.entries().filter(entry -> !entry.golden().inputs().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void computesAsTheOperationDoes(Entry entry) {
    try (var _ = Scope.open();
        var _ = InferenceMode.open()) {
      List<Tensor> inputs =
          entry.golden().inputs().values().stream().map(CatalogInputs::tensor).toList();
      List<Tensor> examples = inputs.stream().map(TracedOpsTest::other).toList();
      if (READS.matcher(entry.row().name()).matches()) {
        var refused =
            assertThrows(
                IllegalStateException.class, () -> Program.trace(entry::apply, examples).close());
        assertTrue(
            String.valueOf(refused.getMessage()).startsWith("trace: "), refused.getMessage());
        return;
      }
      List<Tensor> expected = entry.apply(inputs.stream().map(Tensor::copy).toList());
      try (Program program = Program.trace(entry::apply, examples)) {
        for (int run = 0; run < 2; run++) {
          List<Tensor> results = program.run(inputs);
          for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).toDoubleArray(), results.get(i).toDoubleArray());
          }
        }
      }
    }
  }

  private static Tensor other(Tensor x) {
    return x.dtype() == DType.F64 ? x.mul(0.875) : x;
  }
}
