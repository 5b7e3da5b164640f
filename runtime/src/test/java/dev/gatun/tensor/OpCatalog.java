package dev.gatun.tensor;

import dev.gatun.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every operation beside the values that PyTorch computed for it: one row a golden case.
///
/// A row names its case and says how to compute it; the inputs come in the order of the file. A new
/// operation is a case in `ci/scripts/golden.py` and a row in the file of its family; layouts,
/// dtypes, gradients and broadcast operands are then tested by themselves.
final class OpCatalog {
  private OpCatalog() {}

  @FunctionalInterface
  interface Op0 {
    Tensor apply();
  }

  @FunctionalInterface
  interface Op1 {
    Tensor apply(Tensor a);
  }

  @FunctionalInterface
  interface Op2 {
    Tensor apply(Tensor a, Tensor b);
  }

  @FunctionalInterface
  interface Op3 {
    Tensor apply(Tensor a, Tensor b, Tensor c);
  }

  /// How one case is computed. At a kink the gradient is a convention and has no numeric twin;
  /// where a mask counts, another mask makes a result of another shape.
  record Row(
      String name, boolean kink, boolean counts, Function<List<Tensor>, List<Tensor>> function) {
    Row(String name, boolean kink, Function<List<Tensor>, List<Tensor>> function) {
      this(name, kink, false, function);
    }

    Row atKink() {
      return new Row(name, true, counts, function);
    }

    Row counting() {
      return new Row(name, kink, true, function);
    }
  }

  /// The rows of one golden file.
  record Family(String file, List<Row> rows) {
    Stream<Entry> entries() {
      Golden golden = Golden.load(OpCatalog.class, file);
      return rows.stream().map(row -> new Entry(file, row, golden.get(row.name)));
    }
  }

  /// A row with its golden case.
  record Entry(String file, Row row, Golden.Case golden) {
    List<Tensor> apply(List<Tensor> inputs) {
      return row.function.apply(inputs);
    }

    @Override
    public String toString() {
      return row.name; // the display name of a parameterized test
    }
  }

  static Stream<Entry> entries() {
    return Stream.of(
            ArithmeticRows.families(),
            ElementwiseRows.families(),
            PromotionRows.families(),
            PointwiseRows.families(),
            BendRows.families(),
            MathRows.families(),
            ComparisonRows.families(),
            ReductionRows.families(),
            StatisticsRows.families(),
            ScanRows.families(),
            SortRows.families(),
            CountingRows.families(),
            NormalizationRows.families(),
            ChannelNormRows.families(),
            PoolingRows.families(),
            ResampleRows.families(),
            ProductRows.families(),
            MovementRows.families(),
            IndexingRows.families(),
            IndexRows.families(),
            RearrangeRows.families(),
            ContractionRows.families(),
            LinalgRows.families(),
            RecurrentRows.families(),
            EmbeddingRows.families(),
            AttentionRows.families(),
            ConvolutionRows.families())
        .flatMap(List::stream)
        .flatMap(Family::entries);
  }

  static Family family(String op, Row... rows) {
    return new Family(op + ".txt", List.of(rows));
  }

  static Row row(String name, Op0 op) {
    return new Row(name, false, _ -> List.of(op.apply()));
  }

  static Row row(String name, Op1 op) {
    return new Row(name, false, in -> List.of(op.apply(in.get(0))));
  }

  static Row row(String name, Op2 op) {
    return new Row(name, false, in -> List.of(op.apply(in.get(0), in.get(1))));
  }

  static Row row(String name, Op3 op) {
    return new Row(name, false, in -> List.of(op.apply(in.get(0), in.get(1), in.get(2))));
  }

  /// A row with two results, values first.
  static Row pair(String name, Function<Tensor, ValuesIndices> op) {
    return new Row(
        name,
        false,
        in -> {
          ValuesIndices both = op.apply(in.get(0));
          return List.of(both.values(), both.indices());
        });
  }

  static int[] dims(int... dims) {
    return Arrays.copyOf(dims, dims.length);
  }
}
