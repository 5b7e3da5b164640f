package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said of misuse of views, indices and masks.
@ExtendWith(NoOpenScopes.class)
final class IndexErrorsTest {
  record Mistake(Class<? extends Exception> type, String message, Executable code) {
    @Override
    public String toString() {
      return message;
    }
  }

  private static Mistake shape(String message, Executable code) {
    return new Mistake(ShapeException.class, message, code);
  }

  private static Mistake index(String message, Executable code) {
    return new Mistake(IndexOutOfBoundsException.class, message, code);
  }

  private static Mistake dtype(String message, Executable code) {
    return new Mistake(DTypeException.class, message, code);
  }

  private static Mistake argument(String message, Executable code) {
    return new Mistake(IllegalArgumentException.class, message, code);
  }

  private static Tensor x(long... sizes) {
    return Tensor.zeros(sizes);
  }

  private static Tensor ints(long... values) {
    return Tensor.of(values, values.length);
  }

  static Stream<Mistake> indexing() {
    return Stream.of(
        index(
            "at: index 3 out of range for shape [3,4] (dim 0: expected -3..2)",
            () -> x(3, 4).at(Index.of(3))),
        index(
            "at: index -5 out of range for shape [3,4] (dim 1: expected -4..3)",
            () -> x(3, 4).at(Index.ellipsis(), Index.of(0, -5))),
        index(
            "put_: index 4 out of range for shape [3,4] (dim 1: expected -4..3)",
            () -> x(3, 4).put_(1, Index.all(), Index.of(ints(0, 4)))),
        shape(
            "at: too many indices for shape [3,4] (3 for 2 dims)",
            () -> x(3, 4).at(Index.of(0), Index.all(), Index.all())),
        shape(
            "at: mask [4] does not fit shape [3,4] (dim 0: 4 vs 3)",
            () -> x(3, 4).at(Index.mask(Tensor.ones(DType.BOOL, 4)))),
        shape(
            "at: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)",
            () -> x(3, 4).at(Index.of(0, 1), Index.of(0, 1, 2))),
        shape(
            "put_: shapes do not broadcast: [3,2] and [5] (dim 1: 2 vs 5)",
            () -> x(3, 4).put_(x(5), Index.all(), Index.of(1, 2))),
        dtype(
            "at: needs an I64 index, got F32 [2]; convert with to(DType)",
            () -> x(3, 4).at(Index.of(x(2)))),
        dtype(
            "Index.mask: needs a BOOL mask, got F32 [3]; convert with to(DType)",
            () -> Index.mask(x(3))),
        argument(
            "at: only one ellipsis may be given",
            () -> x(3, 4).at(Index.ellipsis(), Index.ellipsis())),
        argument(
            "Index.slice: step must be at least 1: 0; use flip() for the opposite order",
            () -> Index.slice(0, 1, 0)),
        index(
            "take: index 12 out of range for shape [12] (dim 0: expected -12..11)",
            () -> x(3, 4).take(ints(0, 12))),
        shape(
            "takeAlongDim: ranks differ: [3,4] and [2]",
            () -> x(3, 4).takeAlongDim(ints(0, 1), 1)));
  }

  static Stream<Mistake> scattering() {
    return Stream.of(
        index(
            "scatter: index 4 out of range for shape [3,4] (dim 1: 4)",
            () -> x(3, 4).scatter(1, ints(4).view(1, 1), x(1, 1))),
        index(
            "scatterAdd_: index -1 out of range for shape [3,4] (dim 0: 3)",
            () -> x(3, 4).scatterAdd_(0, ints(-1).view(1, 1), x(1, 1))),
        index(
            "indexAdd: index 3 out of range for shape [3,4] (dim 0: 3)",
            () -> x(3, 4).indexAdd(0, ints(3), x(1, 4))),
        shape(
            "scatter: index [2,5] does not fit source [2,4] and [3,4]; same rank, no larger than"
                + " either but, in dim 1, than the last",
            () -> x(3, 4).scatter(1, Tensor.zeros(DType.I64, 2, 5), x(2, 4))),
        shape(
            "indexCopy: index [2] and source [2,3] do not fit [3,4]; a vector with one index for"
                + " each slice of dim 0",
            () -> x(3, 4).indexCopy(0, ints(0, 1), x(2, 3))),
        shape(
            "indexFill: needs a scalar value, got [1]", () -> x(3, 4).indexFill(0, ints(0), x(1))),
        shape(
            "maskedScatter: source [1] has fewer elements than the mask has places (1 vs 2)",
            () -> x(2).maskedScatter(Tensor.ones(DType.BOOL, 2), x(1))),
        dtype(
            "maskedSelect: needs a BOOL mask, got F32 [2]; convert with to(DType)",
            () -> x(2).maskedSelect(x(2))),
        dtype(
            "scatterAdd: dtypes differ: F32 [2] and F64 [2]; convert one with to(DType)",
            () -> x(2).scatterAdd(0, ints(0, 1), Tensor.zeros(DType.F64, 2))));
  }

  static Stream<Mistake> movement() {
    return Stream.of(
        argument(
            "slice: step must be at least 1: -1; use flip() for the opposite order",
            () -> x(3).slice(0, 0, 3, -1)),
        shape(
            "split: sizes [1,1] do not sum to that of dim 0 of shape [3] (2 vs 3)",
            () -> x(3).split(new long[] {1, 1}, 0)),
        shape("split: size must be at least 1: 0 for shape [3]", () -> x(3).split(0, 0)),
        argument("chunk: needs at least one chunk: 0", () -> x(3).chunk(0, 0)),
        argument("tensorSplit: needs at least one section: 0", () -> x(3).tensorSplit(0, 0)),
        shape("unbind: a scalar has no dimensions", () -> x().unbind(0)),
        shape(
            "unfold: no windows of size 4, 1 apart, for shape [3] (dim 0: 3)",
            () -> x(3).unfold(0, 4, 1)),
        shape(
            "unflatten: cannot view [6] (6 elements) as [4,2] (8)", () -> x(6).unflatten(0, 4, 2)),
        shape(
            "movedim: 1 dims to 2 places for shape [2,3]",
            () -> x(2, 3).movedim(new int[] {0}, new int[] {0, 1})),
        shape("flip: dim 0 given twice for shape [2,3]", () -> x(2, 3).flip(0, -2)),
        shape("fliplr: needs at least 2 dims, got shape [3]", () -> x(3).fliplr()),
        shape(
            "roll: 1 shifts along 2 dims of shape [2,3]",
            () -> x(2, 3).roll(new long[] {1}, new int[] {0, 1})),
        shape(
            "repeat: cannot repeat [2,3] [2] times; give one count for each dim, 0 or more",
            () -> x(2, 3).repeat(2)),
        shape(
            "repeatInterleave: needs one count for each slice, got [2] for shape [3] (dim 0: 3)",
            () -> x(3).repeatInterleave(ints(1, 2), 0)),
        shape(
            "pad: needs pairs for at most 1 dims, the last dim first, got [1] for shape [3]",
            () -> x(3).pad(1)),
        shape(
            "pad: REFLECT of [3,0] does not fit shape [3] (dim 0: 3)",
            () -> x(3).pad(PadMode.REFLECT, 3, 0)),
        shape(
            "pad: CIRCULAR of [4,0] does not fit shape [3] (dim 0: 3)",
            () -> x(3).pad(PadMode.CIRCULAR, 4, 0)),
        shape("tril: needs at least 2 dims, got shape [3]", () -> x(3).tril()),
        shape("diag: needs a vector or a matrix, got [1,2,3]", () -> x(1, 2, 3).diag()),
        shape(
            "diagEmbed: needs two different dims, got 0 and -3 for shape [2,3]",
            () -> x(2, 3).diagEmbed(0, 0, -3)),
        shape("meshgrid: needs vectors, got [2,2]", () -> Tensor.meshgrid(x(2), x(2, 2))),
        argument("hstack: needs at least one tensor", () -> Tensor.hstack()),
        shape(
            "fillDiagonal_: more than two dims must be of one size: [2,2,3]",
            () -> x(2, 2, 3).fillDiagonal_(1)));
  }

  @ParameterizedTest
  @MethodSource({"indexing", "scattering", "movement"})
  void saysWhatIsWrong(Mistake mistake) {
    try (var _ = Scope.open()) {
      assertEquals(mistake.message, assertThrows(mistake.type, mistake.code).getMessage());
    }
  }
}
