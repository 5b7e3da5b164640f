package dev.gatun.stress;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// Prints a checksum of the bits of results that are large enough to be shared out.
public final class ThreadCountProgram {
  private ThreadCountProgram() {}

  /// Computes and prints.
  ///
  /// @param args none
  public static void main(String[] args) {
    try (Scope _ = Scope.open("inputs")) {
      Generator generator = Generator.seeded(5);
      Tensor x = Tensor.randn(generator, 300, 500);
      Tensor a = Tensor.randn(generator, 210, 190);
      Tensor b = Tensor.randn(generator, 190, 230);
      print("matmul", () -> a.matmul(b));
      print("matmul transposed", () -> b.t().matmul(a.t()));
      print("matmul narrow", () -> x.matmul(x.narrow(0, 0, 40).t()));
      print("matmul F64", () -> a.to(DType.F64).matmul(b.to(DType.F64)));
      print("batched", () -> a.view(10, 21, 190).matmul(b.expand(10, 190, 230)));
      print("exp", () -> x.exp());
      print("add", () -> x.add(x.t().contiguous().view(300, 500)));
      print("sum", () -> x.sum());
      print("sum of columns", () -> x.sum(0));
      print("sum of rows", () -> x.sum(1));
      print("std", () -> x.std());
      print("softmax", () -> x.softmax(1));
      print("cumsum", () -> x.cumsum(0));
      print("argmax", () -> x.argmax(1));
      print("transposed", () -> x.t().contiguous());
      print("gradient", () -> gradient(a, b));
    }
  }

  private static Tensor gradient(Tensor a, Tensor b) {
    Tensor weights = b.mul(1).detach().requiresGrad_();
    a.matmul(weights).tanh().sum().backward();
    return Objects.requireNonNull(weights.grad());
  }

  private static void print(String name, Supplier<Tensor> operation) {
    try (Scope _ = Scope.open(name)) {
      CRC32 checksum = new CRC32();
      double[] values = operation.get().to(DType.F64).toDoubleArray();
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      bytes.asDoubleBuffer().put(values);
      checksum.update(bytes);
      System.out.println("result " + name + ": " + Long.toHexString(checksum.getValue()));
    }
  }
}
