package dev.gatun.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Initializers beyond a fan and a distribution, against PyTorch's or what defines them.
class StructuredInitTest {
  static Stream<Golden.Case> cases() {
    return Golden.load(StructuredInitTest.class, "init-structured.txt").cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isPyTorchs(Golden.Case c) {
    String[] name = c.name().split("-", 2);
    try (var _ = Scope.open()) {
      switch (name[0]) {
        case "dirac", "eye" -> {
          Golden.Array expected = c.output("w");
          Tensor w = Tensor.full(DType.F64, 7, expected.shape());
          int groups =
              switch (name[1]) {
                case "groups" -> 3;
                case "wide" -> 2;
                default -> 1;
              };
          assertSame(w, name[0].equals("eye") ? Init.eye_(w) : Init.dirac_(w, groups));
          Checks.assertClose(expected, w);
        }
        case "gain" -> {
          String function = name[1].substring("of-".length()).toUpperCase(Locale.ROOT);
          assertEquals(
              c.output("gain").values()[0],
              Init.calculateGain(Nonlinearity.valueOf(function)),
              1e-15);
        }
        default -> spread(c, name[1]);
      }
    }
  }

  private static void spread(Golden.Case c, String name) {
    double[] p =
        switch (name) {
          case "shifted" -> new double[] {1, 0.5, 0, 1.5};
          case "tail" -> new double[] {0, 1, 1, 3};
          default -> new double[] {0, 1, -2, 2};
        };
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      Tensor w = Tensor.empty(dtype, 200_000);
      Init.truncNormal_(w, p[0], p[1], p[2], p[3], Generator.seeded(3));
      assertEquals(c.output("mean").values()[0], w.mean().item(), 0.01);
      assertEquals(c.output("std").values()[0], w.std().item(), 0.01);
      assertTrue(w.min().item() >= p[2] && w.max().item() <= p[3]);
    }
  }

  @ParameterizedTest
  @CsvSource({"5,5", "3,7", "7,3", "1,4", "4,1"})
  void orthogonalRowsOrColumns(long rows, long columns) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      try (var _ = Scope.open()) {
        Tensor w = Tensor.empty(dtype, rows, columns);
        Init.orthogonal_(w, 2, Generator.seeded(rows + columns));
        Tensor product = rows < columns ? w.matmul(w.t()) : w.t().matmul(w);
        double[] expected =
            Tensor.eye(Math.min(rows, columns)).mul(4).to(DType.F64).toDoubleArray();
        assertArrayEquals(expected, product.toDoubleArray(), dtype == DType.F32 ? 1e-5 : 1e-12);
      }
    }
  }

  @Test
  void orthogonalFlattensWhatIsBehindTheFirstDimension() {
    try (var _ = Scope.open()) {
      Tensor w = Init.orthogonal_(Tensor.empty(DType.F64, 4, 3, 2));
      Tensor flat = w.reshape(4, 6);
      assertArrayEquals(
          Tensor.eye(4).to(DType.F64).toDoubleArray(),
          flat.matmul(flat.t()).toDoubleArray(),
          1e-12);
      assertEquals(0, Init.orthogonal_(Tensor.zeros(0, 3)).numel());
    }
  }

  /// Of random orthogonal matrices each entry has mean 0; without the signs the diagonal would not.
  @Test
  void orthogonalMatricesAreUniform() {
    Generator generator = Generator.seeded(7);
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
      try (var _ = Scope.open()) {
        sum += Init.orthogonal_(Tensor.empty(DType.F64, 3, 3), 1, generator).get(0, 0);
      }
    }
    assertEquals(0, sum / 2000, 0.06);
  }

  @Test
  void sparseColumnsHaveAsManyZeros() {
    try (var _ = Scope.open()) {
      Tensor w = Tensor.empty(DType.F64, 50, 40);
      Init.sparse_(w, 0.33, 0.5, Generator.seeded(2));
      double[] zeros = w.eq(0).to(DType.F64).sum(0).toDoubleArray();
      assertTrue(Arrays.stream(zeros).allMatch(z -> z == 17), Arrays.toString(zeros));
      double square = w.square().sum().item() / (33 * 40);
      assertEquals(0.5, Math.sqrt(square), 0.05);
      double[] rows = w.eq(0).to(DType.F64).sum(1).toDoubleArray();
      assertTrue(Arrays.stream(rows).distinct().count() > 3, "the same rows in each column");
      assertEquals(0, Init.sparse_(Tensor.ones(3, 2), 1).abs().sum().item());
    }
  }

  private static void refused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void refusesWhatHasNoStructure() {
    try (var _ = Scope.open()) {
      Tensor vector = Tensor.zeros(3);
      refused("dirac_: tensor must have 3, 4 or 5 dimensions: [3]", () -> Init.dirac_(vector));
      refused(
          "dirac_: dim 0 must be a multiple of the groups: [3,2,3] (2 groups)",
          () -> Init.dirac_(Tensor.zeros(3, 2, 3), 2));
      refused(
          "orthogonal_: tensor must have 2 dimensions or more: [3]",
          () -> Init.orthogonal_(vector));
      refused("sparse_: tensor must have 2 dimensions: [3]", () -> Init.sparse_(vector, 0.1));
      refused(
          "sparse_: sparsity must be from 0 to 1: 1.5",
          () -> Init.sparse_(Tensor.zeros(2, 2), 1.5));
      refused(
          "truncNormal_: needs std > 0 and a <= b: std 1, a 2, b -2",
          () -> Init.truncNormal_(vector, 0, 1, 2, -2, Generator.shared()));
    }
  }

  static List<Function<Generator, Tensor>> draws() {
    Supplier<Tensor> sevens = () -> Tensor.full(DType.F32, 7, 6, 4);
    return List.of(
        g -> Init.uniform_(sevens.get(), 1, 2, g),
        g -> Init.normal_(sevens.get(), 1, 2, g),
        g -> Init.xavierUniform_(sevens.get(), 1, g),
        g -> Init.truncNormal_(sevens.get(), 0, 1, -2, 2, g),
        g -> Init.orthogonal_(sevens.get(), 1, g),
        g -> Init.sparse_(sevens.get(), 0.5, 1, g));
  }

  @ParameterizedTest
  @MethodSource("draws")
  void drawsNothingWhereThatIsSkipped(Function<Generator, Tensor> draw) {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(3);
      Tensor skipped = Init.skip(() -> draw.apply(generator));
      assertArrayEquals(new float[24], skipped.toFloatArray());
      assertArrayEquals(
          draw.apply(Generator.seeded(3)).toFloatArray(), draw.apply(generator).toFloatArray());
    }
  }

  @Test
  void constantsAreSetWhereDrawingIsSkipped() {
    try (LayerNorm norm = Init.skip(() -> new LayerNorm(3));
        Linear linear = Init.skip(() -> new Linear(3, 2))) {
      assertArrayEquals(new float[] {1, 1, 1}, requireNonNull(norm.weight()).toFloatArray());
      assertArrayEquals(new float[6], linear.weight().toFloatArray());
    }
  }
}
