package dev.gatun.tensor;

import dev.gatun.kernel.Epilogue;
import dev.gatun.kernel.Gemm;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Matrix products. Operands that lie row- or column-major in memory go to the kernel as they are,
/// as a transpose flag and a leading dimension; others are copied first.
final class Products {
  private Products() {}

  /// `y = a b` over the last two dimensions; leading ones broadcast.
  record MatMul() implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      DType dtype = Arithmetic.floating("matmul", a, b);
      int ra = a.shape.length;
      int rb = b.shape.length;
      long[] batch =
          Shapes.broadcast(
              "matmul", Arrays.copyOf(a.shape, ra - 2), Arrays.copyOf(b.shape, rb - 2));
      long m = a.shape[ra - 2];
      long n = b.shape[rb - 1];
      long[] shape = Arrays.copyOf(batch, batch.length + 2);
      shape[batch.length] = m;
      shape[batch.length + 1] = n;
      Tensor y = Raw.empty("matmul", dtype, shape);
      Matrix left = Matrix.of(a, batch);
      Matrix right = Matrix.of(b, batch);
      MemorySegment from = left.tensor.memory();
      MemorySegment by = right.tensor.memory();
      MemorySegment to = y.writable();
      long k = a.shape[ra - 1];
      long count = Shapes.numel("matmul", batch);
      for (long i = 0; i < count; i++) {
        Gemm.current()
            .gemm(
                dtype,
                left.transposed,
                right.transposed,
                m,
                n,
                k,
                1,
                from,
                left.offset(batch, i),
                left.ld,
                by,
                right.offset(batch, i),
                right.ld,
                0,
                to,
                i * m * n,
                Math.max(n, 1));
      }
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return Reductions.sumTo(g.matmul(node.input(1).transpose(-2, -1)), node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(node.input(0).transpose(-2, -1).matmul(g), node.shape(1));
    }
  }

  /// `y = act(x Wᵀ + b)`, one product that ends with bias and activation.
  ///
  /// What is recorded is the product without its activation and the activation after it, which
  /// reads the result alone: the sums before it are never stored.
  record Linear(Activation activation) implements Op.Variadic {
    @Override
    public Tensor apply(Tensor... inputs) {
      Op.Unary after = activation.op;
      if (after == null || !isRecorded(inputs)) {
        return Tape.record(this, forward(inputs), inputs);
      }
      Linear plain = new Linear(Activation.NONE);
      if (after.saves() != Saves.OUTPUT) {
        return after.apply(plain.apply(inputs));
      }
      Tensor y = forward(inputs);
      Tensor sums = Tape.record(plain, Raw.view(y, y.shape, y.strides, y.offset), inputs);
      return Tape.record(after, y, sums, null);
    }

    private static boolean isRecorded(Tensor[] inputs) {
      boolean needed = false;
      for (Tensor input : inputs) {
        needed |= input.requiresGrad();
      }
      return needed && Tape.isRecording();
    }

    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor weight = inputs[1];
      DType dtype = Arithmetic.floating("linear", x, weight);
      long in = weight.shape[1];
      long out = weight.shape[0];
      long[] shape = x.shape.clone();
      shape[shape.length - 1] = out;
      Tensor y = Raw.empty("linear", dtype, shape);
      long rows = rows(shape);
      Matrix left = Matrix.of(flat(x, rows, in), Shapes.SCALAR);
      Matrix right = Matrix.of(weight, Shapes.SCALAR);
      Gemm.current()
          .gemm(
              dtype,
              left.transposed,
              !right.transposed,
              rows,
              out,
              in,
              1,
              left.tensor.memory(),
              left.tensor.offset,
              left.ld,
              right.tensor.memory(),
              right.tensor.offset,
              right.ld,
              0,
              y.writable(),
              0,
              Math.max(out, 1),
              epilogue(inputs));
      return y;
    }

    private Epilogue epilogue(Tensor[] inputs) {
      if (inputs.length == 2) {
        return activation == Activation.NONE
            ? Epilogue.NONE
            : new Epilogue(null, 0, activation.kernel);
      }
      Tensor bias = Raw.contiguous(inputs[2]);
      return new Epilogue(bias.memory(), bias.offset, activation.kernel);
    }

    private static long rows(long[] shape) {
      return Shapes.numel("linear", Arrays.copyOf(shape, shape.length - 1));
    }

    private static Tensor flat(Tensor x, long rows, long in) {
      if (x.shape.length == 2) {
        return x;
      }
      Tensor c = Raw.contiguous(x);
      long[] shape = {rows, in};
      return Raw.view(c, shape, Shapes.contiguousStrides(shape), c.offset);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `dx = g W`, `dW = gᵀ x`, `db = Σ g`
    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      long[] weight = node.shape(1);
      long rows = rows(node.shape(0));
      return switch (i) {
        case 0 -> g.matmul(node.input(1));
        case 1 -> g.reshape(rows, weight[0]).t().matmul(node.input(0).reshape(rows, weight[1]));
        default -> Reductions.sumTo(g, node.shape(2));
      };
    }
  }

  /// The last two dimensions of a tensor as BLAS takes them, the leading ones as a batch.
  private record Matrix(Tensor tensor, boolean transposed, long ld, Size batchStrides) {
    static Matrix of(Tensor x, long[] batch) {
      Tensor t = isMatrix(x) ? x : Raw.copy(x);
      int r = t.shape.length;
      boolean transposed = !isRowMajor(t) && isColumnMajor(t);
      long columns = transposed ? t.shape[r - 2] : t.shape[r - 1];
      long stride = transposed ? t.strides[r - 1] : t.strides[r - 2];
      long stored = transposed ? t.shape[r - 1] : t.shape[r - 2];
      // With one stored row its stride means nothing, and may be too small for a leading dimension.
      long ld = Math.max(1, stored <= 1 ? columns : stride);
      if (batch.length == 0) {
        return new Matrix(t, transposed, ld, Size.of());
      }
      long[] strides = new long[batch.length];
      int shift = batch.length - (r - 2);
      for (int i = 0; i < r - 2; i++) {
        strides[i + shift] = t.shape[i] == 1 ? 0 : t.strides[i];
      }
      return new Matrix(t, transposed, ld, Size.of(strides));
    }

    private static boolean isMatrix(Tensor x) {
      return isRowMajor(x) || isColumnMajor(x);
    }

    private static boolean isRowMajor(Tensor x) {
      int r = x.shape.length;
      return isStored(x.shape[r - 2], x.shape[r - 1], x.strides[r - 2], x.strides[r - 1]);
    }

    private static boolean isColumnMajor(Tensor x) {
      int r = x.shape.length;
      return isStored(x.shape[r - 1], x.shape[r - 2], x.strides[r - 1], x.strides[r - 2]);
    }

    private static boolean isStored(long rows, long columns, long rowStride, long columnStride) {
      return (columns <= 1 || columnStride == 1)
          && (rows <= 1 || rowStride >= Math.max(1, columns));
    }

    /// Where the matrix of batch `index`, counted row-major over `batch`, starts.
    long offset(long[] batch, long index) {
      long at = tensor.offset;
      long rest = index;
      for (int i = batch.length - 1; i >= 0; i--) {
        at += rest % batch[i] * batchStrides.values()[i];
        rest /= batch[i];
      }
      return at;
    }
  }
}
