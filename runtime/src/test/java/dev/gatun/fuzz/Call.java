package dev.gatun.fuzz;

import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One operation of a program.
///
/// @param text what it is called, with its attributes
/// @param inputs its operands
/// @param body computes it, of these operands or of the same in F64
/// @param bound how far its results may be from those in F64
/// @param effect where its results are
record Call(String text, List<Var> inputs, Body body, Bound bound, Effect effect) {
  /// What an operation does.
  @FunctionalInterface
  interface Body {
    Tensor[] apply(Tensor[] in);
  }

  /// Draws an operation; null where there is none for what was drawn.
  @FunctionalInterface
  interface Maker {
    @Nullable Call make(Draw d);
  }

  /// Where results are.
  enum Effect {
    /// In memory of their own.
    NEW,
    /// In the memory of the first input, by definition.
    VIEW,
    /// There, or in memory of their own.
    EITHER,
    /// The first input is the result.
    IN_PLACE
  }

  /// A bound of rounding errors. Inputs are the same to the bit, so this is of one operation.
  ///
  /// @param factor times the unit roundoff; 0 where there is nothing to round
  /// @param magnitudes whether the scale of an element is what the same operation makes of absolute
  ///   values, as for sums; or else the largest number that occurs
  record Bound(double factor, boolean magnitudes) {
    static final Bound EXACT = new Bound(0, false);

    static Bound smooth(double factor) {
      return new Bound(factor, false);
    }

    static Bound sum(long terms) {
      return new Bound(terms + 8, true);
    }
  }

  static Call of(String text, Bound bound, UnaryOperator<Tensor> body, Var input) {
    return new Call(text, List.of(input), in -> one(body.apply(in[0])), bound, Effect.NEW);
  }

  static Call view(String text, UnaryOperator<Tensor> body, Var input) {
    return new Call(text, List.of(input), in -> one(body.apply(in[0])), Bound.EXACT, Effect.VIEW);
  }

  static Tensor[] one(Tensor x) {
    return new Tensor[] {x};
  }

  /// Whether an operand is of a dtype for storage, which some operations refuse.
  boolean hasHalf() {
    return inputs.stream()
        .map(v -> v.tensor().dtype())
        .anyMatch(dtype -> dtype == DType.BF16 || dtype == DType.F16);
  }

  @Override
  public String toString() {
    String operands = inputs.stream().map(Var::toString).collect(Collectors.joining("; "));
    return text + (effect == Effect.IN_PLACE ? " changes " : " of ") + operands;
  }
}
