package dev.gatun.tensor;

import dev.gatun.kernel.IntegerProducts;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// What is built around a matrix product: products added to something, of integers, of chains, and
/// over chosen dimensions.
final class Contraction {
  private Contraction() {}

  /// `y = beta x + alpha a b`, in one product that starts from `x`; with `beta` 0, `x` is not read.
  record AddProduct(String opName, double beta, double alpha) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor a = inputs[1];
      Tensor b = inputs[2];
      DType dtype = Arithmetic.floating(opName, a, b);
      int last = a.shape.length - 1;
      Tensor y = Raw.empty(opName, dtype, Shapes.with(a.shape, last, b.shape[last]));
      if (beta != 0) {
        Raw.copy(inputs[0], y);
      }
      Products.MatMul.into(a, b, alpha, beta, y);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return switch (i) {
        case 0 -> Reductions.sumTo(g.mul(beta), node.shape(0));
        case 1 -> g.matmul(node.input(2).transpose(-2, -1)).mul(alpha);
        default -> node.input(1).transpose(-2, -1).matmul(g).mul(alpha);
      };
    }
  }

  /// `beta x + alpha a b`, where `x` expands to the shape of the product.
  static Tensor addProduct(String op, Tensor x, Tensor a, Tensor b, double beta, double alpha) {
    int last = a.shape.length - 1;
    Arithmetic.same(op, a, b);
    Arithmetic.same(op, x, a);
    boolean fits = a.shape[last] == b.shape[last - 1];
    for (int i = 0; i < last - 1; i++) {
      fits &= a.shape[i] == b.shape[i];
    }
    long[] shape = Shapes.with(a.shape, last, b.shape[last]);
    if (!fits || !expands(x.shape, shape)) {
      throw new ShapeException(
          "%s: sizes do not fit: %s + %s x %s"
              .formatted(
                  op, Shapes.format(x.shape), Shapes.format(a.shape), Shapes.format(b.shape)));
    }
    if (a.dtype == DType.F32 || a.dtype == DType.F64) {
      return new AddProduct(op, beta, alpha).apply(x, a, b);
    }
    if (a.dtype == DType.BF16 || a.dtype == DType.F16) {
      Tensor wide = a.to(DType.F32).matmul(b.to(DType.F32));
      return addScaled(x.to(DType.F32), wide, beta, alpha).to(a.dtype);
    }
    return addScaled(x, a.matmul(b), beta, alpha);
  }

  /// `beta x + alpha y`; with `beta` 0, `x` is not read.
  static Tensor addScaled(Tensor x, Tensor y, double beta, double alpha) {
    Tensor scaled = alpha == 1 ? y : y.mul(alpha);
    return beta == 0 ? scaled : scaled.add(beta == 1 ? x : x.mul(beta));
  }

  static boolean expands(long[] from, long[] to) {
    int shift = to.length - from.length;
    for (int i = 0; i < from.length; i++) {
      if (shift < 0 || (from[i] != 1 && from[i] != to[i + shift])) {
        return false;
      }
    }
    return true;
  }

  /// The product of integers; leading dimensions broadcast. Has no gradient.
  static Tensor integers(Tensor a, Tensor b) {
    if (a.dtype == DType.BOOL) {
      throw Arithmetic.unsupported("matmul", a, "numbers");
    }
    if (a.dtype == DType.U8) {
      // The lowest 8 bits of a sum of products depend on the lowest 8 bits of the factors alone.
      return integers(a.to(DType.I32), b.to(DType.I32)).to(DType.U8);
    }
    return Trace.forward("matmul", () -> products(a, b), a, b);
  }

  private static Tensor products(Tensor a, Tensor b) {
    int ra = a.shape.length;
    int rb = b.shape.length;
    long[] batch =
        Shapes.broadcast("matmul", Arrays.copyOf(a.shape, ra - 2), Arrays.copyOf(b.shape, rb - 2));
    long m = a.shape[ra - 2];
    long k = a.shape[ra - 1];
    long n = b.shape[rb - 1];
    Tensor y = Raw.empty("matmul", a.dtype, join(batch, m, n));
    Tensor left = Raw.contiguous(a);
    Tensor right = Raw.contiguous(b);
    Matrix from = Matrix.of(left, batch);
    Matrix by = Matrix.of(right, batch);
    long count = Shapes.numel("matmul", batch);
    for (long i = 0; i < count; i++) {
      IntegerProducts.multiply(
          a.dtype,
          m,
          n,
          k,
          left.memory(),
          from.offset(batch, i),
          right.memory(),
          by.offset(batch, i),
          y.writable(),
          i * m * n);
    }
    return y;
  }

  static long[] join(long[] batch, long... rest) {
    long[] shape = Arrays.copyOf(batch, batch.length + rest.length);
    System.arraycopy(rest, 0, shape, batch.length, rest.length);
    return shape;
  }

  /// The product of matrices in the order of the fewest multiplications; the first may be a row,
  /// the last a column.
  static Tensor chain(String op, Tensor... tensors) {
    int count = tensors.length;
    if (count < 2) {
      throw new IllegalArgumentException(op + ": needs at least 2 matrices, got " + count);
    }
    Tensor[] matrices = tensors.clone();
    boolean row = matrices[0].shape.length == 1;
    boolean column = matrices[count - 1].shape.length == 1;
    matrices[0] = row ? matrices[0].unsqueeze(0) : matrices[0];
    matrices[count - 1] = column ? matrices[count - 1].unsqueeze(1) : matrices[count - 1];
    double[] sizes = new double[count + 1];
    for (int i = 0; i < count; i++) {
      long[] shape = matrices[i].shape;
      if (shape.length != 2) {
        throw new ShapeException(
            "%s: needs matrices, got %s (input %d)".formatted(op, Shapes.format(shape), i));
      }
      if (i > 0 && matrices[i - 1].shape[1] != shape[0]) {
        throw new ShapeException(
            "%s: inner sizes differ: %s x %s (input %d: %d != %d)"
                .formatted(
                    op,
                    Shapes.format(matrices[i - 1].shape),
                    Shapes.format(shape),
                    i,
                    matrices[i - 1].shape[1],
                    shape[0]));
      }
      sizes[i] = shape[0];
      sizes[i + 1] = shape[1];
    }
    Tensor y = multiply(matrices, splits(sizes), 0, count - 1);
    y = column ? y.squeeze(1) : y;
    return row ? y.squeeze(0) : y;
  }

  /// Where to cut each part of the chain: the classic dynamic program over its lengths.
  private static int[][] splits(double[] sizes) {
    int count = sizes.length - 1;
    double[][] cost = new double[count][count];
    int[][] split = new int[count][count];
    for (int length = 1; length < count; length++) {
      for (int i = 0; i + length < count; i++) {
        int j = i + length;
        cost[i][j] = Double.POSITIVE_INFINITY;
        for (int s = i; s < j; s++) {
          double total = cost[i][s] + cost[s + 1][j] + sizes[i] * sizes[s + 1] * sizes[j + 1];
          if (total < cost[i][j]) {
            cost[i][j] = total;
            split[i][j] = s;
          }
        }
      }
    }
    return split;
  }

  private static Tensor multiply(Tensor[] matrices, int[][] splits, int from, int to) {
    if (from == to) {
      return matrices[from];
    }
    int at = splits[from][to];
    return multiply(matrices, splits, from, at).matmul(multiply(matrices, splits, at + 1, to));
  }

  /// Sums products over `dimsA` of `a` and, in this order, `dimsB` of `b`.
  static Tensor tensordot(Tensor a, Tensor b, int[] dimsA, int[] dimsB) {
    if (dimsA.length != dimsB.length) {
      throw new ShapeException(
          "tensordot: different numbers of dims: %s and %s"
              .formatted(Arrays.toString(dimsA), Arrays.toString(dimsB)));
    }
    int[] over = counted(a, dimsA);
    int[] by = counted(b, dimsB);
    for (int i = 0; i < over.length; i++) {
      if (a.shape[over[i]] != b.shape[by[i]]) {
        throw new ShapeException(
            "tensordot: sizes differ: %s and %s (dim %d: %d vs dim %d: %d)"
                .formatted(
                    Shapes.format(a.shape),
                    Shapes.format(b.shape),
                    over[i],
                    a.shape[over[i]],
                    by[i],
                    b.shape[by[i]]));
      }
    }
    int[] freeA = others(a.shape.length, over);
    int[] freeB = others(b.shape.length, by);
    long k = product(a, over);
    Tensor left = a.permute(concat(freeA, over)).reshape(product(a, freeA), k);
    Tensor right = b.permute(concat(by, freeB)).reshape(k, product(b, freeB));
    return left.matmul(right).reshape(join(sizes(a, freeA), sizes(b, freeB)));
  }

  private static int[] counted(Tensor x, int[] dims) {
    if (dims.length > 0) {
      long[] _ = Shapes.dims("tensordot", dims, x.shape);
    }
    return Arrays.stream(dims).map(dim -> Shapes.dim("tensordot", dim, x.shape)).toArray();
  }

  private static int[] others(int rank, int[] dims) {
    boolean[] taken = new boolean[rank];
    for (int dim : dims) {
      taken[dim] = true;
    }
    return java.util.stream.IntStream.range(0, rank).filter(dim -> !taken[dim]).toArray();
  }

  static int[] concat(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static long[] sizes(Tensor x, int[] dims) {
    return Arrays.stream(dims).mapToLong(dim -> x.shape[dim]).toArray();
  }

  private static long product(Tensor x, int[] dims) {
    long product = 1;
    for (int dim : dims) {
      product *= x.shape[dim];
    }
    return product;
  }
}
