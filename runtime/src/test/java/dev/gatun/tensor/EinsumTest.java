package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What [Tensor#einsum] allocates, and dtypes that the catalogue does not have.
@ExtendWith(NoOpenScopes.class)
final class EinsumTest {
  private static Tensor random(long seed, long... shape) {
    return Tensor.randn(Generator.seeded(seed), shape);
  }

  /// The result alone is allocated: no operand is copied on the way to the product.
  private static void assertCopiesNothing(String equation, Tensor a, Tensor b) {
    try (var scope = Scope.open()) {
      Tensor _ = Tensor.einsum(equation, a, b);
      assertEquals(1, scope.allocations(), equation);
    }
  }

  @Test
  void copiesNoOperandOfAttention() {
    try (var _ = Scope.open()) {
      Tensor q = random(1, 2, 3, 16, 8);
      Tensor k = random(2, 2, 3, 24, 8);
      Tensor scores = random(3, 2, 3, 16, 24);
      assertCopiesNothing("bhqd,bhkd->bhqk", q, k);
      assertCopiesNothing("bhqk,bhkd->bhqd", scores, k);
      Tensor apart = random(4, 2, 16, 3, 8);
      Tensor other = random(5, 2, 24, 3, 8);
      assertCopiesNothing("bqhd,bkhd->bhqk", apart, other);
      assertCopiesNothing("bhqk,bkhd->bqhd", scores, other);
      assertCopiesNothing("bnij,bnjk->bnik", scores, scores.transpose(-2, -1));
      assertCopiesNothing("bsi,oi->bso", random(6, 2, 5, 8), random(7, 4, 8));
      assertCopiesNothing("abcd,cdab->", q, q.permute(2, 3, 0, 1));
    }
  }

  @Test
  void multipliesOtherDtypes() {
    try (var _ = Scope.open()) {
      Tensor a = random(1, 4, 5);
      Tensor b = random(2, 5, 3);
      Tensor narrow = Tensor.einsum("ij,jk->ik", a.to(DType.BF16), b.to(DType.BF16));
      assertSame("bf16", a.to(DType.BF16).matmul(b.to(DType.BF16)), narrow, 0, 0);
      Tensor x = Tensor.of(new byte[] {(byte) 200, 3, 4, 5}, 2, 2);
      assertSame("u8", Tensor.of(new byte[] {76, (byte) 103, 52, 37}, 2, 2), x.matmul(x), 0, 0);
      Tensor i = Tensor.of(new int[] {1, 2, 3, 4}, 2, 2);
      assertSame("i32", Tensor.of(new int[] {7, 10, 15, 22}, 2, 2), i.matmul(i), 0, 0);
      assertSame("addmm", Tensor.of(new int[] {8, 12, 18, 26}, 2, 2), i.addmm(i, i), 0, 0);
      Tensor half = a.to(DType.F16);
      Tensor sum = half.matmul(half.t()).to(DType.F32);
      assertSame(
          "addmm f16",
          sum.add(1).to(DType.F16),
          Tensor.ones(DType.F16, 1).addmm(half, half.t()),
          2e-3,
          2e-3);
    }
  }

  /// Larger than the blocks of the kernel.
  @Test
  void multipliesLargeIntegers() {
    try (var _ = Scope.open()) {
      Tensor a = Tensor.arange(DType.F64, 0, 30 * 520, 1).reshape(30, 520);
      Tensor b = Tensor.arange(DType.F64, -500, 520 * 300 - 500, 1).reshape(520, 300);
      Tensor expected = a.matmul(b).to(DType.I64);
      assertSame("i64", expected, a.to(DType.I64).matmul(b.to(DType.I64)), 0, 0);
      Tensor small = a.to(DType.I64);
      assertSame(
          "i32",
          small.matmul(b.to(DType.I64)).to(DType.I32),
          small.to(DType.I32).matmul(b.to(DType.I32)),
          0,
          0);
    }
  }
}
