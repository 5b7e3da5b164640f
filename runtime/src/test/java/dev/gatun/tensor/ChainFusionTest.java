package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainFusionTest {
  /// Of one row, with a rest after the last vector, around the blocks, and for several threads.
  private static final long[][] SHAPES = {
    {1}, {3, 1}, {7, 13}, {2, 3, 5, 7}, {3, 4096}, {1, 4097}, {70, 117}, {3, 5, 41, 129}, {300, 301}
  };

  @SuppressWarnings("NullAway.Init") // before each test
  private Scope scope;

  @BeforeEach
  @SuppressWarnings("MustBeClosedChecker") // after each test
  void open() {
    scope = Scope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor random(long... shape) {
    return Tensor.randn(Generator.seeded(shape.length), DType.F32, shape);
  }

  /// Bits of a program and of single operations, and how many steps there are.
  private static void check(int steps, UnaryOperator<Tensor> function, Tensor x) {
    try (Program program =
        Program.trace(in -> List.of(function.apply(in.getFirst())), List.of(Tensor.zerosLike(x)))) {
      String text = program.toString();
      assertTrue(text.startsWith(steps + " steps on "), text);
      Tensor expected = function.apply(x);
      Tensor result = program.run(List.of(x)).getFirst();
      assertEquals(expected.dtype(), result.dtype());
      assertArrayEquals(expected.shape(), result.shape());
      double[] bits = expected.to(DType.F64).toDoubleArray();
      assertArrayEquals(bits, result.to(DType.F64).toDoubleArray(), text);
      assertArrayEquals(
          bits, program.run(List.of(x)).getFirst().to(DType.F64).toDoubleArray(), text);
    }
  }

  @Test
  void chainsOfOneOperand() {
    for (long[] shape : SHAPES) {
      check(1, x -> x.exp().add(1).log().mul(2).sub(3).tanh(), random(shape));
    }
  }

  @Test
  void readsAValueTwice() {
    for (long[] shape : SHAPES) {
      check(1, x -> x.sigmoid().mul(x).add(x.neg().exp()), random(shape));
      check(
          1,
          x -> {
            Tensor a = x.exp();
            Tensor b = a.sqrt();
            return a.mul(b).add(a.div(b)).sub(b.mul(b));
          },
          random(shape));
    }
  }

  @Test
  void repeatsRowsColumnsChannelsAndNumbers() {
    Tensor row = random(7);
    Tensor column = random(5, 1);
    Tensor channel = random(3, 1, 1);
    Tensor corner = random(2, 1, 1, 7);
    Tensor one = Tensor.of(0.3f);
    check(
        1,
        x -> x.mul(channel).add(row).relu().sub(column).exp().div(one).tanh(),
        random(2, 3, 5, 7));
    Tensor wide = random(301);
    Tensor high = random(300, 1);
    check(1, x -> x.mul(wide).add(high).exp(), random(300, 301));
    check(1, x -> row.sub(x).add(x.mul(row)), random(4, 7));
    // An operand of which neither all dims nor neighbours repeat stays on its own.
    check(3, x -> x.mul(2).exp().add(corner).exp(), random(2, 3, 5, 7));
  }

  @Test
  void changesDtypesOnTheWay() {
    for (long[] shape : SHAPES) {
      Tensor pixels = random(shape).mul(100).to(DType.U8);
      check(1, x -> x.to(DType.F32).div(255).sub(0.5).exp().to(DType.F64).add(1), pixels);
      check(1, x -> x.exp().to(DType.F64).mul(x).sqrt().to(DType.F32).relu(), random(shape));
      check(1, x -> x.abs().sqrt().to(DType.BF16).to(DType.F32).mul(3), random(shape));
      check(1, x -> x.mul(2).gt(x.exp().sub(1)).to(DType.F32).add(x), random(shape));
    }
  }

  @Test
  void leavesWhatOthersRead() {
    check(3, x -> x.exp().add(1).sum().add(x.neg().abs()), random(6, 7));
    // The softmax lies between, and reads what comes before.
    check(3, x -> x.mul(2).add(1).softmax(1).mul(3).add(x), random(6, 7));
    check(3, x -> x.add(1).exp().t().contiguous().mul(2), random(6, 7));
    check(2, x -> x.t().exp().mul(2), random(6, 7));
  }

  @Test
  void keepsResultsAndChangesInPlace() {
    Tensor x = random(9, 10);
    try (Program program =
        Program.trace(
            in -> {
              Tensor a = in.getFirst().exp();
              Tensor b = a.mul(2).add(1);
              return List.of(a, b, b.neg().abs());
            },
            List.of(x))) {
      List<Tensor> results = program.run(List.of(x));
      Tensor b = x.exp().mul(2).add(1);
      assertArrayEquals(x.exp().toFloatArray(), results.getFirst().toFloatArray());
      assertArrayEquals(b.toFloatArray(), results.get(1).toFloatArray());
      assertArrayEquals(b.neg().abs().toFloatArray(), results.get(2).toFloatArray());
    }
    try (Program program =
        Program.trace(
            in -> {
              Tensor a = in.getFirst().exp().add(1);
              Tensor before = a.mul(2);
              Tensor _ = a.mul_(3);
              return List.of(before.add(a).neg());
            },
            List.of(x))) {
      Tensor a = x.exp().add(1);
      assertArrayEquals(
          a.mul(2).add(a.mul(3)).neg().toFloatArray(),
          program.run(List.of(x)).getFirst().toFloatArray());
    }
  }

  @Test
  void takesNoMoreBlocksThanThereAre() {
    check(
        1,
        x -> {
          Tensor sum = x.mul(1);
          for (int i = 0; i < 40; i++) {
            sum = sum.add(x.mul(i).exp());
          }
          return sum;
        },
        random(33, 5));
    UnaryOperator<Tensor> many =
        x -> {
          Tensor[] alive = new Tensor[12];
          for (int i = 0; i < alive.length; i++) {
            alive[i] = x.mul(i + 1);
          }
          Tensor sum = x;
          for (Tensor part : alive) {
            sum = sum.mul(0.5).add(part);
          }
          return sum;
        };
    Tensor x = random(33, 5);
    try (Program program = Program.trace(in -> List.of(many.apply(in.getFirst())), List.of(x))) {
      assertArrayEquals(
          many.apply(x).toFloatArray(), program.run(List.of(x)).getFirst().toFloatArray());
    }
  }

  @Test
  void takesLessMemoryAndSaysSo() {
    Tensor x = random(1000, 64);
    Tensor bias = random(64);
    try (Program program =
        Program.trace(
            in -> {
              Tensor a = in.getFirst().mul(2);
              Tensor b = a.exp();
              return List.of(a.add(b).mul(b.add(bias)).sub(a));
            },
            List.of(x))) {
      // The input and the result.
      assertEquals(2 * 1000 * 64 * 4, program.peakBytes());
      String text = program.toString();
      assertTrue(text.contains("1 steps on "), text);
      assertTrue(text.contains("fused(mulScalar[c=2.0], exp, add, add, mul, sub)"), text);
      assertFalse(text.lines().skip(2).anyMatch(line -> line.contains("memory")), text);
    }
  }
}
