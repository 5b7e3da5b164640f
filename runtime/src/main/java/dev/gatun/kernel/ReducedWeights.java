package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A matrix W `[n,k]` in fewer bits, by whose transpose rows of F32 are multiplied again and again.
/// Only the weights are short: rows, sums, bias and result are F32.
///
/// They lie in panels of [#WIDTH] columns of Wᵀ. A panel is read from its beginning to its end:
/// each int of it holds neighbours along `k` of one column, two of BF16 or four of INT8, the first
/// one lowest. So a vector of ints becomes as many vectors of floats without moving anything
/// between lanes. INT8 weights are multiples of a scale for each row of W, the largest of it by
/// 127; the scales follow the panels.
public final class ReducedWeights {
  static final int WIDTH = Dispatch.vector() ? F32Tile.NR : 16;

  /// Rows up to which weights are taken apart for each four of them; more meet panels of F32 that
  /// are made once for all.
  private static final long FEW = 16;

  /// Weights that are worth a second thread: some 50 microseconds of reading.
  private static final double WORTH = 5e5;

  /// Multiplications of many rows that are.
  private static final double WORTH_MANY = 4e6;

  /// Elements of a row that arrays for a few of them hold.
  private static final long LONGEST = 1 << 26;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final double MOST = 127;

  /// How weights are stored.
  public enum Format {
    /// The upper half of an F32, rounded to nearest.
    BF16(2),

    /// Multiples of a scale for each row, from -127 to 127.
    INT8(4);

    /// Neighbours along `k` in an int.
    final int pack;

    Format(int pack) {
      this.pack = pack;
    }

    int bits() {
      return Integer.SIZE / pack;
    }
  }

  private final Format format;
  private final long n;
  private final long k;
  private final MemorySegment panels;
  private final ReducedKernel kernel;

  private ReducedWeights(Format format, long n, long k, MemorySegment panels) {
    this.format = format;
    this.n = n;
    this.k = k;
    this.panels = panels;
    this.kernel = ReducedKernel.of(format);
  }

  /// Whether there is a kernel for such a matrix.
  ///
  /// @param n its rows
  /// @param k its columns
  /// @return false where it is empty, or a row is too long
  public static boolean suits(long n, long k) {
    return n > 0 && k > 0 && k <= LONGEST && n <= LONGEST;
  }

  /// The memory that a matrix takes.
  ///
  /// @param format of its elements
  /// @param n its rows
  /// @param k its columns
  /// @return bytes
  public static long bytes(Format format, long n, long k) {
    long panels = Math.ceilDiv(n, WIDTH);
    long scales = format == Format.INT8 ? panels * WIDTH * Float.BYTES : 0;
    return panels * panelBytes(format, k) + scales;
  }

  private static long panelBytes(Format format, long k) {
    return Math.ceilDiv(k, format.pack) * WIDTH * Integer.BYTES;
  }

  /// Rounds a matrix of F32.
  ///
  /// @param format of the result
  /// @param weight its memory
  /// @param offset its first element
  /// @param byColumns whether its columns lie one after the other, not its rows
  /// @param n rows of W
  /// @param k columns of W
  /// @param to [#bytes] of plain memory, which outlives the result
  /// @return the matrix in that memory
  /// @throws IllegalArgumentException if it is to be INT8 and an element is not finite
  public static ReducedWeights of(
      Format format,
      MemorySegment weight,
      long offset,
      boolean byColumns,
      long n,
      long k,
      MemorySegment to) {
    Source from = new Source(weight, offset, byColumns ? 1 : k, byColumns ? n : 1, n, k);
    ReducedWeights made = new ReducedWeights(format, n, k, to);
    double[] inverse = new double[WIDTH];
    for (long j = 0; j < n; j += WIDTH) {
      for (int c = 0; c < WIDTH; c++) {
        double largest = format == Format.INT8 && j + c < n ? from.largest(j + c) : 0;
        inverse[c] = largest == 0 ? 0 : MOST / largest;
        if (format == Format.INT8) {
          to.set(FLOAT, made.scale(j + c), (float) (largest / MOST));
        }
      }
      made.fill(from, j, inverse);
    }
    return made;
  }

  private record Source(
      MemorySegment weight, long offset, long rows, long columns, long n, long k) {
    float at(long j, long p) {
      return weight.get(FLOAT, (offset + j * rows + p * columns) * Float.BYTES);
    }

    double largest(long j) {
      float most = 0;
      for (long p = 0; p < k; p++) {
        float value = at(j, p);
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "quantize: INT8 weights must be finite: row %d of [%d,%d] has %s; use BF16"
                  .formatted(j, n, k, value));
        }
        most = Math.max(most, Math.abs(value));
      }
      return most;
    }
  }

  /// The panel whose first column is `j`.
  private void fill(Source from, long j, double[] inverse) {
    long at = panel(j);
    for (long p = 0; p < k; p += format.pack) {
      for (int c = 0; c < WIDTH; c++, at += Integer.BYTES) {
        int packed = 0;
        for (int h = 0; h < format.pack && j + c < n && p + h < k; h++) {
          float value = from.at(j + c, p + h);
          int code = format == Format.BF16 ? bf16(value) : (int) Math.rint(value * inverse[c]);
          packed |= (code & (-1 >>> -format.bits())) << (h * format.bits());
        }
        panels.set(INT, at, packed);
      }
    }
  }

  /// As [Element#bf16(MemorySegment, long, float)].
  private static int bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.isNaN(value) ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }

  /// Where the panel of column `j` begins.
  private long panel(long j) {
    return j / WIDTH * panelBytes(format, k);
  }

  /// Where the scale of column `j` is.
  private long scale(long j) {
    return Math.ceilDiv(n, WIDTH) * panelBytes(format, k) + j * Float.BYTES;
  }

  /// The product `C = act(A Wᵀ + bias)` of matrices that stay where they are. It makes nothing on
  /// the heap while one thread computes it.
  ///
  /// @param m rows of A and of C
  /// @param a plain memory
  /// @param aOffset its first element
  /// @param c plain memory, row-major
  /// @param cOffset its first element
  /// @param epilogue bias and activation
  /// @return computes it, as often as it is called
  public Runnable product(
      long m, MemorySegment a, long aOffset, MemorySegment c, long cOffset, Epilogue epilogue) {
    Product x =
        new Product(false, true, m, n, k, 1, a, aOffset, k, a, 0, k, 0, c, cOffset, n, epilogue);
    if (m > FEW && Dispatch.vector()) {
      return many(x);
    }
    double work = (double) n * k;
    long count = Math.ceilDiv(n, WIDTH);
    int parts = work < WORTH ? 1 : (int) Math.min(2L * Backends.threads(), Math.ceilDiv(count, 2));
    return parts == 1
        ? () -> columns(x, 0, n)
        : () ->
            Workers.run(
                parts, part -> columns(x, edge(count, part, parts), edge(count, part + 1, parts)));
  }

  private long edge(long count, int part, int parts) {
    return Math.min(n, count * part / parts * WIDTH);
  }

  private Runnable many(Product x) {
    int threads = (double) x.m() * n * k < WORTH_MANY ? 1 : Backends.threads();
    int parts = (int) Math.max(1, Math.min(threads, x.m() / (4L * F32Tile.MR)));
    return parts == 1
        ? () -> rows(x, 0, x.m())
        : () ->
            Workers.run(parts, part -> rows(x, x.m() * part / parts, x.m() * (part + 1) / parts));
  }

  private void rows(Product x, long from, long to) {
    F32Gemm.block(x, this::widen, from, to, 0, n);
    EpiloguePass.apply(DType.F32, x, from, to, 0, n);
  }

  /// Panels of F32, for [F32Gemm]; `p` is a multiple of the lanes of a vector.
  private float[] widen(long p, long j, int depth, int columns, Scratch scratch) {
    float[] b = scratch.ensureFloatsB(F32Gemm.length(columns, depth));
    for (int q = 0; q < columns; q += WIDTH) {
      long from = panel(j + q) + p / format.pack * WIDTH * Integer.BYTES;
      kernel.widen(depth, panels, from, scale(j + q), b, F32Gemm.START + q * depth);
    }
    return b;
  }

  /// Columns j0 to j1 of C, a few rows at a time; j0 begins a panel.
  private void columns(Product x, long j0, long j1) {
    Scratch scratch = Scratch.take();
    int groups = (int) Math.ceilDiv(k, format.pack);
    int row = groups * format.pack;
    float[] a = scratch.ensureFloatsA((int) (Math.min(FEW, x.m()) * row));
    for (long i = 0; i < x.m(); i += FEW) {
      int rows = (int) Math.min(FEW, x.m() - i);
      for (int r = 0; r < rows; r++) {
        long from = x.atA(i + r, 0) * Float.BYTES;
        MemorySegment.copy(x.a(), FLOAT, from, a, r * row, (int) k);
        for (int p = (int) k; p < row; p++) {
          a[r * row + p] = 0;
        }
      }
      for (long j = j0; j < j1; j += WIDTH) {
        int width = (int) Math.min(WIDTH, j1 - j);
        for (int r = 0; r < rows; r += 4) {
          four(x, i + r, Math.min(4, rows - r), j, width, groups, a, r * row, scratch.floatTile);
        }
      }
    }
    scratch.release();
    EpiloguePass.apply(DType.F32, x, 0, x.m(), j0, j1);
  }

  /// Up to four rows of one panel; those past the last one are it again.
  private void four(
      Product x, long i, int rows, long j, int width, int groups, float[] a, int at, float[] t) {
    int row = groups * format.pack;
    if (rows == 1) {
      kernel.one(groups, a, at, panels, panel(j), t);
    } else {
      int last = rows - 1;
      int a2 = at + Math.min(2, last) * row;
      kernel.four(groups, a, at, at + row, a2, at + last * row, panels, panel(j), t);
    }
    for (int r = 0; r < rows; r++) {
      int from = (r == rows - 1 && rows > 1 ? 3 : r) * WIDTH;
      kernel.put(t, from, width, panels, scale(j), x.c(), x.atC(i + r, j) * Float.BYTES);
    }
  }
}
