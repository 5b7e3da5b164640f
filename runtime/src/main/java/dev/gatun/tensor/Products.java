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

  /// The dtype of a product: that of both, or F32 of F32 and BF16.
  private static DType dtype(String op, Tensor a, Tensor b) {
    return a.dtype == DType.F32 && b.dtype == DType.BF16
        ? DType.F32
        : Arithmetic.floating(op, a, b);
  }

  /// `y = a b` over the last two dimensions; leading ones broadcast. `right` is the dtype of `b`.
  record MatMul(DType right) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      DType dtype = dtype("matmul", a, b);
      int ra = a.shape.length;
      int rb = b.shape.length;
      long[] batch = batch(a, b);
      long[] shape = Arrays.copyOf(batch, batch.length + 2);
      shape[batch.length] = a.shape[ra - 2];
      shape[batch.length + 1] = b.shape[rb - 1];
      Tensor y = Raw.empty("matmul", dtype, shape);
      Matrix left = Matrix.of(a, batch);
      Matrix by = Matrix.of(b, batch);
      if (b.dtype == DType.BF16) {
        multiplyBf16(batch, a, left, b, by, y);
      } else {
        multiply(dtype, batch, left, by, a.shape[ra - 1], 1, 0, y);
      }
      return y;
    }

    private static long[] batch(Tensor a, Tensor b) {
      int ra = a.shape.length;
      int rb = b.shape.length;
      return ra == 2 && rb == 2
          ? Shapes.SCALAR
          : Shapes.broadcast(
              "matmul", Arrays.copyOf(a.shape, ra - 2), Arrays.copyOf(b.shape, rb - 2));
    }

    /// `y = alpha a b + beta y` of matrices, or batches of the same shape, where `y` is contiguous.
    static void into(Tensor a, Tensor b, double alpha, double beta, Tensor y) {
      long[] batch = batch(a, b);
      long k = a.shape[a.shape.length - 1];
      multiply(y.dtype, batch, Matrix.of(a, batch), Matrix.of(b, batch), k, alpha, beta, y);
    }

    /// One batch of products for as many of the last dimensions as both operands pass through at
    /// one stride, which is mostly all of them.
    private static void multiply(
        DType dtype,
        long[] batch,
        Matrix left,
        Matrix right,
        long k,
        double alpha,
        double beta,
        Tensor y) {
      int outer = Math.max(left.firstRegular(batch), right.firstRegular(batch));
      long inner = 1;
      for (int i = outer; i < batch.length; i++) {
        inner *= batch[i];
      }
      MemorySegment from = left.tensor.memory();
      MemorySegment by = right.tensor.memory();
      MemorySegment to = y.writable();
      long m = y.shape[batch.length];
      long n = y.shape[batch.length + 1];
      long count = Shapes.numel("matmul", batch);
      MultiplyAdds.add(count, m, n, k);
      for (long i = 0; i < count; i += inner) {
        Gemm.current()
            .batched(
                dtype,
                left.transposed,
                right.transposed,
                inner,
                m,
                n,
                k,
                alpha,
                from,
                left.offset(batch, i),
                left.ld,
                left.stride(batch),
                by,
                right.offset(batch, i),
                right.ld,
                right.stride(batch),
                beta,
                to,
                i * m * n,
                Math.max(n, 1),
                m * n);
      }
    }

    /// All at once where the same weights meet rows that lie at one distance, else one by one.
    private static void multiplyBf16(
        long[] batch, Tensor a, Matrix left, Tensor b, Matrix right, Tensor y) {
      long m = y.shape[batch.length];
      long n = y.shape[batch.length + 1];
      long k = a.shape[a.shape.length - 1];
      long count = Shapes.numel("matmul", batch);
      MultiplyAdds.add(count, m, n, k);
      boolean whole =
          b.shape.length == 2
              && !left.transposed
              && left.firstRegular(batch) == 0
              && (count == 1 || left.stride(batch) == m * left.ld);
      MemorySegment from = left.tensor.memory();
      MemorySegment by = right.tensor.memory();
      MemorySegment to = y.writable();
      long rows = whole ? count * m : m;
      for (long i = 0; i < count; i += whole ? count : 1) {
        Gemm.current()
            .bf16(
                left.transposed,
                right.transposed,
                rows,
                n,
                k,
                from,
                left.offset(batch, i),
                left.ld,
                by,
                right.offset(batch, i),
                right.ld,
                to,
                i * m * n,
                Math.max(n, 1),
                Epilogue.NONE);
      }
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
      Tensor a = node.input(0);
      int rank = a.shape.length;
      if (rank > 2 && node.shape(1).length == 2) {
        // The sum over the batch is part of one long product.
        long k = a.shape[rank - 1];
        long n = node.shape(1)[1];
        long rows = Shapes.numel("matmul", Arrays.copyOf(a.shape, rank - 1));
        return a.reshape(rows, k).t().matmul(g.reshape(rows, n)).to(right);
      }
      return Reductions.sumTo(a.transpose(-2, -1).matmul(g), node.shape(1)).to(right);
    }

    @Override
    public boolean backwardInto(int i, Node node, Tensor g, Tensor sum, boolean add) {
      Tensor other = node.input(1 - i);
      boolean matrices = sum.shape.length == 2 && other.shape.length == 2;
      if (!matrices || other.dtype != g.dtype || share(sum, other, g)) {
        return false;
      }
      if (i == 0) {
        into(g, other.t(), 1, add ? 1 : 0, sum);
      } else {
        into(other.t(), g, 1, add ? 1 : 0, sum);
      }
      return true;
    }
  }

  /// `y = act(x Wᵀ + b)`, one product that ends with bias and activation.
  ///
  /// What is recorded is the product without its activation and the activation after it, which
  /// reads the result alone: the sums before it are never stored. `weights` is the dtype of W.
  record Linear(Activation activation, DType weights) implements Op.Variadic {
    @Override
    public Tensor apply(Tensor... inputs) {
      Op.Unary after = activation.op;
      if (after == null || !isRecorded(inputs)) {
        return Tape.record(this, result(inputs), inputs);
      }
      Linear plain = new Linear(Activation.NONE, weights);
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
      DType dtype = dtype("linear", x, weight);
      long in = weight.shape[1];
      long out = weight.shape[0];
      long[] shape = x.shape.clone();
      shape[shape.length - 1] = out;
      Tensor y = Raw.empty("linear", dtype, shape);
      long rows = rows(shape);
      MultiplyAdds.add(1, rows, out, in);
      Matrix left = Matrix.of(flat(x, rows, in), Shapes.SCALAR);
      Matrix right = Matrix.of(weight, Shapes.SCALAR);
      if (weights == DType.BF16) {
        multiplyBf16(inputs, left, right, y);
        return y;
      }
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

    private void multiplyBf16(Tensor[] inputs, Matrix left, Matrix right, Tensor y) {
      long in = inputs[1].shape[1];
      long out = inputs[1].shape[0];
      Gemm.current()
          .bf16(
              left.transposed,
              !right.transposed,
              rows(y.shape),
              out,
              in,
              left.tensor.memory(),
              left.tensor.offset,
              left.ld,
              right.tensor.memory(),
              right.tensor.offset,
              right.ld,
              y.writable(),
              0,
              Math.max(out, 1),
              epilogue(inputs));
    }

    Epilogue epilogue(Tensor[] inputs) {
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
        case 1 -> {
          Tensor x = node.input(0).reshape(rows, weight[1]);
          yield g.reshape(rows, weight[0]).t().matmul(x).to(weights);
        }
        default -> Reductions.sumTo(g, node.shape(2));
      };
    }

    /// The weight's and the first gradient of the bias, which have no result in between.
    @Override
    public boolean backwardInto(int i, Node node, Tensor g, Tensor sum, boolean add) {
      if (i == 0 || (i == 2 && add) || share(sum, node.input(0), g)) {
        return false;
      }
      long[] weight = node.shape(1);
      long rows = rows(node.shape(0));
      Tensor flat = g.reshape(rows, weight[0]);
      if (i == 1) {
        MatMul.into(flat.t(), node.input(0).reshape(rows, weight[1]), 1, add ? 1 : 0, sum);
      } else {
        Reductions.sumRows(flat, sum);
      }
      return true;
    }
  }

  /// Whether a gradient is an operand of the product that would be written to it.
  private static boolean share(Tensor sum, Tensor a, Tensor b) {
    return sum.storage == a.storage || sum.storage == b.storage;
  }
}
