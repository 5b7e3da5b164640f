package dev.gatun.bench.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// An operation that walks, gathers, scans or sorts F32 numbers rather than computing with them:
/// one for each family of operations.
///
/// @param operation which
public record Family(Operation operation) implements Workload {
  /// Rows and columns of a matrix.
  public static final int SIDE = 1000;

  /// The last size of the tensor `[SIDE,SIDE,DEPTH]` that is summed.
  public static final int DEPTH = 10;

  /// How many elements of a row are taken.
  public static final int TOP = 10;

  /// Sequences times heads of an attention layer.
  public static final int BATCH = 8;

  /// Heads.
  public static final int HEADS = 8;

  /// Positions in a sequence.
  public static final int LENGTH = 128;

  /// Elements of a head.
  public static final int WIDTH = 64;

  private static final int MATRIX = SIDE * SIDE;
  private static final double RANGE = 4;

  /// What is done; `a`, `b` and the index are `[SIDE,SIDE]`, `big` is `[SIDE,SIDE,DEPTH]`.
  public enum Operation {
    /// `a` transposed plus `b`.
    STRIDED_ADD("strided add 1M"),
    /// `a` times a column.
    BROADCAST_MUL("broadcast mul 1M"),
    /// The sum of `big` over its first dim.
    SUM_DIM0("sum dim 0 of 1000x1000x10"),
    /// Over its second one.
    SUM_DIM1("sum dim 1 of 1000x1000x10"),
    /// Over its last one.
    SUM_DIM2("sum dim 2 of 1000x1000x10"),
    /// Down the columns of `a`.
    CUMSUM_DIM0("cumsum dim 0 1M"),
    /// Along the rows.
    CUMSUM_DIM1("cumsum dim 1 1M"),
    /// The largest of each row, in order.
    TOPK("topk 10 of 1000x1000"),
    /// Each row.
    SORT("sort 1000x1000"),
    /// From each row, where the index says.
    GATHER("gather 1M"),
    /// Rows of `a`, in another order.
    INDEX_SELECT("index select 1000 rows"),
    /// The elements of `a` above 0.
    MASKED_SELECT("masked select 1M"),
    /// `einsum("bhqd,bhkd->bhqk", q, k)`.
    SCORES("einsum bhqd,bhkd->bhqk"),
    /// `einsum("bhqk,bhkd->bhqd", scores, v)`.
    WEIGHTED("einsum bhqk,bhkd->bhqd");

    private final String title;

    Operation(String title) {
      this.title = title;
    }
  }

  @Override
  public String name() {
    return operation.title.toLowerCase(Locale.ROOT);
  }

  @Override
  public Group group() {
    return Group.FAMILIES;
  }

  /// The matrix.
  ///
  /// @return row-major
  public float[] a() {
    return Inputs.uniform(5, MATRIX, RANGE);
  }

  /// Another matrix; its first row serves as a column, too.
  ///
  /// @return row-major
  public float[] b() {
    return Inputs.uniform(6, MATRIX, RANGE);
  }

  /// The tensor that is summed.
  ///
  /// @return row-major
  public float[] big() {
    return Inputs.uniform(7, MATRIX * DEPTH, RANGE);
  }

  /// Columns for each element, in an order that no cache foresees.
  ///
  /// @return row-major
  public long[] index() {
    long[] index = new long[MATRIX];
    Arrays.setAll(index, i -> (i * 7919L + i / SIDE * 31L) % SIDE);
    return index;
  }

  /// Every row once.
  ///
  /// @return `SIDE` rows
  public long[] rows() {
    long[] rows = new long[SIDE];
    Arrays.setAll(rows, i -> i * 387L % SIDE);
    return rows;
  }

  /// Queries, or scores.
  ///
  /// @return `[BATCH,HEADS,LENGTH,WIDTH]`, of scores `[BATCH,HEADS,LENGTH,LENGTH]`
  public float[] left() {
    int last = operation == Operation.SCORES ? WIDTH : LENGTH;
    return Inputs.uniform(8, BATCH * HEADS * LENGTH * last, 1);
  }

  /// Keys, or values.
  ///
  /// @return `[BATCH,HEADS,LENGTH,WIDTH]`
  public float[] right() {
    return Inputs.uniform(9, BATCH * HEADS * LENGTH * WIDTH, 1);
  }

  @Override
  public void check(double[] got) {
    switch (operation) {
      case SORT, TOPK -> Inputs.requireClose(name(), got, sorted(), 0);
      case SUM_DIM0 -> Inputs.requireClose(name(), got, sums(1, SIDE, SIDE * DEPTH), 1e-5);
      case SUM_DIM1 -> Inputs.requireClose(name(), got, sums(SIDE, SIDE, DEPTH), 1e-5);
      case SUM_DIM2 -> Inputs.requireClose(name(), got, sums(MATRIX, DEPTH, 1), 1e-5);
      case SCORES, WEIGHTED -> Inputs.requireClose(name(), got, products(), 1e-5);
      case MASKED_SELECT ->
          Inputs.requireClose(
              name(), got, Arrays.stream(Inputs.doubles(a())).filter(x -> x > 0).toArray(), 0);
      default -> Inputs.requireClose(name(), got, elements(), 1e-5);
    }
  }

  private double[] elements() {
    double[] a = Inputs.doubles(a());
    float[] b = b();
    double[] want = new double[MATRIX];
    switch (operation) {
      case STRIDED_ADD -> Arrays.setAll(want, i -> a[i % SIDE * SIDE + i / SIDE] + b[i]);
      case BROADCAST_MUL -> Arrays.setAll(want, i -> a[i] * b[i / SIDE]);
      case CUMSUM_DIM0 ->
          IntStream.range(0, MATRIX).forEach(i -> want[i] = a[i] + (i < SIDE ? 0 : want[i - SIDE]));
      case CUMSUM_DIM1 ->
          IntStream.range(0, MATRIX)
              .forEach(i -> want[i] = a[i] + (i % SIDE == 0 ? 0 : want[i - 1]));
      case GATHER -> {
        long[] index = index();
        Arrays.setAll(want, i -> a[i / SIDE * SIDE + (int) index[i]]);
      }
      case INDEX_SELECT -> {
        long[] rows = rows();
        Arrays.setAll(want, i -> a[(int) rows[i / SIDE] * SIDE + i % SIDE]);
      }
      default -> throw new IllegalStateException(name());
    }
    return want;
  }

  private double[] sorted() {
    double[] a = Inputs.doubles(a());
    boolean top = operation == Operation.TOPK;
    double[] want = new double[SIDE * (top ? TOP : SIDE)];
    for (int i = 0; i < SIDE; i++) {
      Arrays.sort(a, i * SIDE, (i + 1) * SIDE);
      for (int j = 0; top && j < TOP; j++) {
        want[i * TOP + j] = a[(i + 1) * SIDE - 1 - j];
      }
    }
    return top ? want : a;
  }

  private double[] sums(int outer, int size, int inner) {
    float[] big = big();
    double[] want = new double[outer * inner];
    for (int i = 0; i < big.length; i++) {
      want[i / (size * inner) * inner + i % inner] += big[i];
    }
    return want;
  }

  private double[] products() {
    float[] left = left();
    float[] right = right();
    boolean scores = operation == Operation.SCORES;
    int columns = scores ? LENGTH : WIDTH;
    int depth = scores ? WIDTH : LENGTH;
    double[] want = new double[BATCH * HEADS * LENGTH * columns];
    for (int i = 0; i < want.length; i++) {
      int row = i / columns;
      int batch = row / LENGTH;
      int column = i % columns;
      for (int p = 0; p < depth; p++) {
        int at =
            scores ? (batch * LENGTH + column) * WIDTH + p : (batch * LENGTH + p) * WIDTH + column;
        want[i] += (double) left[row * depth + p] * right[at];
      }
    }
    return want;
  }
}
