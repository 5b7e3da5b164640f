package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes of a tensor where it stands, through whatever view of memory it is.
final class InPlaceCalls {
  static final List<Maker> MAKERS =
      List.of(
          InPlaceCalls::unary, InPlaceCalls::binary, InPlaceCalls::shifted, InPlaceCalls::masked);

  record Unary(String name, Bound bound, UnaryOperator<Tensor> body) {}

  record Binary(String name, Bound bound, BinaryOperator<Tensor> body) {}

  private static final List<Unary> UNARY =
      List.of(
          new Unary("neg_", Bound.EXACT, Tensor::neg_),
          new Unary("relu_", Bound.EXACT, Tensor::relu_),
          new Unary("zero_", Bound.EXACT, Tensor::zero_),
          new Unary("fill_ 0.75", Bound.EXACT, x -> x.fill_(0.75)),
          new Unary("tanh_", Bound.smooth(64), Tensor::tanh_),
          new Unary("sigmoid_", Bound.smooth(64), Tensor::sigmoid_),
          new Unary("mul_ 0.5", Bound.smooth(4), x -> x.mul_(0.5)),
          new Unary("add_ 1.5", Bound.smooth(4), x -> x.add_(1.5)),
          new Unary("clamp_", Bound.EXACT, x -> x.clamp_(-1.0, 1.0)),
          new Unary("transpose copy", Bound.EXACT, x -> x.copy_(x.flip(0))));

  private static final List<Binary> BINARY =
      List.of(
          new Binary("add_", Bound.smooth(8), Tensor::add_),
          new Binary("sub_", Bound.smooth(8), Tensor::sub_),
          new Binary("mul_", Bound.smooth(8), Tensor::mul_),
          new Binary("maximum_", Bound.EXACT, Tensor::maximum_),
          new Binary("copy_", Bound.EXACT, Tensor::copy_),
          new Binary("lerp_", Bound.smooth(16), (a, b) -> a.lerp_(b, 0.25)),
          new Binary("add_ 0.5", Bound.smooth(8), (a, b) -> a.add_(b, 0.5)));

  private InPlaceCalls() {}

  private static Var target(Draw d) {
    return d.some(v ->
        v.tensor().dtype().isFloating()
            && v.dim() > 0
            && v.tensor().numel() > 0
            && v.changeable()
            && v.largest() < 100);
  }

  private static Call unary(Draw d) {
    Unary op = d.pick(UNARY);
    return new Call(
        op.name,
        List.of(target(d)),
        in -> Call.one(op.body.apply(in[0])),
        op.bound,
        Effect.IN_PLACE);
  }

  private static Call binary(Draw d) {
    Binary op = d.pick(BINARY);
    Var x = target(d);
    return new Call(
        op.name,
        List.of(x, operand(d, x)),
        in -> Call.one(op.body.apply(in[0], in[1])),
        op.bound,
        Effect.IN_PLACE);
  }

  /// A part of memory changed by the part beside it: the values from before count.
  private static @Nullable Call shifted(Draw d) {
    Var whole = target(d);
    int dim = d.below(whole.dim());
    long n = whole.tensor().size(dim);
    if (n < 2) {
      return null;
    }
    int side = d.below(2);
    Var x = part(d, whole, dim, side, n - 1);
    Var other = part(d, whole, dim, 1 - side, n - 1);
    Binary op = d.pick(BINARY);
    return new Call(
        op.name,
        List.of(x, other),
        in -> Call.one(op.body.apply(in[0], in[1])),
        op.bound,
        Effect.IN_PLACE);
  }

  private static Var part(Draw d, Var whole, int dim, int start, long length) {
    Var part = d.view(whole, t -> t.narrow(dim, start, length));
    d.text().add("%s = narrow %d %d %d of %s".formatted(part.name(), dim, start, length, whole));
    d.variables().add(part);
    return part;
  }

  /// Of the same memory, if there is one that fits: the old values count then.
  private static Var operand(Draw d, Var x) {
    List<Var> near =
        d.variables().stream()
            .filter(v ->
                !v.name().equals(x.name())
                    && v.tensor().dtype() == x.tensor().dtype()
                    && v.largest() < 100
                    && Arrays.equals(v.shape(), x.shape()))
            .toList();
    List<Var> mine = near.stream().filter(v -> v.root() == x.root()).toList();
    if (!mine.isEmpty()) {
      return d.pick(mine);
    }
    return !near.isEmpty() && d.oneIn(2)
        ? d.pick(near)
        : d.fractions(x.tensor().dtype(), ElementwiseCalls.smaller(d, x.shape()));
  }

  private static Call masked(Draw d) {
    Var x = target(d);
    Var mask = d.truth(ElementwiseCalls.smaller(d, x.shape()));
    return new Call(
        "maskedFill_ 0.25",
        List.of(x, mask),
        in -> Call.one(in[0].maskedFill_(in[1], 0.25)),
        Bound.EXACT,
        Effect.IN_PLACE);
  }
}
