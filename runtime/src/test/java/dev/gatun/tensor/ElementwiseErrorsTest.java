package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said about operands of dtypes and shapes that elementwise operations do not take.
@ExtendWith(NoOpenScopes.class)
final class ElementwiseErrorsTest {
  record Mistake(Class<? extends Throwable> type, String message, Executable call) {
    @Override
    public String toString() {
      return message;
    }
  }

  private static Mistake of(Class<? extends Throwable> type, String message, Executable call) {
    return new Mistake(type, message, call);
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        of(
            DTypeException.class,
            "lerp: dtypes differ: F32 [2] and F64 [2]; convert one with to(DType)",
            () -> Tensor.zeros(2).lerp(Tensor.zeros(DType.F64, 2), 0.5)),
        of(
            DTypeException.class,
            "sub: not defined for BOOL: BOOL [2] and F32 []; use logicalXor() or logicalNot()",
            () -> Tensor.zeros(DType.BOOL, 2).sub(1.5)),
        of(
            DTypeException.class,
            "pow: integers have no power -1: I64 [2]; convert with to(DType)",
            () -> Tensor.zeros(DType.I64, 2).pow(-1)),
        of(
            DTypeException.class,
            "pow: needs numbers, got BOOL [2]; convert with to(DType)",
            () -> Tensor.zeros(DType.BOOL, 2).pow(Tensor.zeros(DType.BOOL, 2))),
        of(
            DTypeException.class,
            "hypot: needs a floating dtype, got I64 [2]; convert with to(DType)",
            () -> Tensor.zeros(DType.I64, 2).hypot(Tensor.zeros(DType.I64, 2))),
        of(
            DTypeException.class,
            "bitwiseAnd: needs integers or BOOL, got F32 [2]; convert with to(DType)",
            () -> Tensor.zeros(2).bitwiseAnd(3)),
        of(
            DTypeException.class,
            "bitwiseLeftShift: needs integers, got BOOL [2]; convert with to(DType)",
            () -> Tensor.zeros(DType.BOOL, 2).bitwiseLeftShift(Tensor.zeros(DType.BOOL, 2))),
        of(
            DTypeException.class,
            "addcdiv: needs a floating dtype, got I64 [2]; convert with to(DType)",
            () -> Tensor.zeros(2).addcdiv(Tensor.zeros(DType.I64, 2), Tensor.zeros(DType.I64, 2))),
        of(
            DTypeException.class,
            "isclose: dtypes differ: F32 [2] and I64 [2]; convert one with to(DType)",
            () -> Tensor.zeros(2).isclose(Tensor.zeros(DType.I64, 2))),
        of(
            ArithmeticException.class,
            "remainder: integers divided by 0: I64 [2] and I64 []; convert one with to(DType)",
            () -> Tensor.zeros(DType.I64, 2).remainder(0)),
        of(
            ShapeException.class,
            "maskedFill: the value must be a scalar, got [2]; use where()",
            () -> Tensor.zeros(2).maskedFill(Tensor.zeros(DType.BOOL, 2), Tensor.zeros(2))),
        of(
            DTypeException.class,
            "add: 0.5 is not an integer, as dtype I64 needs; convert the tensor with to(DType)",
            () -> Tensor.zeros(DType.I64, 2).add(Tensor.zeros(DType.I64, 2), 0.5)),
        of(
            DTypeException.class,
            "sub_: a result of F64 does not fit I64 [2], which is changed in place;"
                + " use the method without underscore",
            () -> Tensor.zeros(DType.I64, 2).sub_(Tensor.zeros(DType.F64, 2))),
        of(
            DTypeException.class,
            "add_: a result of F32 does not fit I32 [2], which is changed in place;"
                + " use the method without underscore",
            () -> Tensor.zeros(DType.I32, 2).add_(0.5)),
        of(
            DTypeException.class,
            "bitwiseOr_: a result of I64 does not fit BOOL [2], which is changed in place;"
                + " use the method without underscore",
            () -> Tensor.zeros(DType.BOOL, 2).bitwiseOr_(2)),
        of(
            DTypeException.class,
            "maskedFill_: needs a BOOL condition, got F32 [2]; convert with to(DType)",
            () -> Tensor.zeros(2).maskedFill_(Tensor.zeros(2), 1)),
        of(
            ShapeException.class,
            "clamp_: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)",
            () -> Tensor.zeros(2).clamp_(Tensor.zeros(2), Tensor.zeros(3))));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrong(Mistake mistake) {
    try (var _ = Scope.open()) {
      Throwable thrown = assertThrowsExactly(mistake.type(), mistake.call());
      assertEquals(mistake.message(), thrown.getMessage());
    }
  }
}
