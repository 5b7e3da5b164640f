package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions of each element, broadcasting, choices by masks, conversions.
final class ElementwiseCalls {
  static final List<Maker> MAKERS =
      List.of(
          ElementwiseCalls::smooth,
          ElementwiseCalls::smooth,
          ElementwiseCalls::exact,
          ElementwiseCalls::ofPositive,
          ElementwiseCalls::pair,
          ElementwiseCalls::pair,
          ElementwiseCalls::quotient,
          ElementwiseCalls::whole,
          ElementwiseCalls::number,
          ElementwiseCalls::comparison,
          ElementwiseCalls::logic,
          ElementwiseCalls::choice,
          ElementwiseCalls::blend,
          ElementwiseCalls::conversion);

  record Unary(String name, UnaryOperator<Tensor> body) {}

  record Binary(String name, BinaryOperator<Tensor> body) {}

  private static final List<Unary> SMOOTH =
      List.of(
          new Unary("sigmoid", Tensor::sigmoid),
          new Unary("tanh", Tensor::tanh),
          new Unary("erf", Tensor::erf),
          new Unary("gelu", Tensor::gelu),
          new Unary("gelu tanh", x -> x.gelu(true)),
          new Unary("exp", Tensor::exp),
          new Unary("square", Tensor::square),
          new Unary("sin", Tensor::sin),
          new Unary("cos", Tensor::cos),
          new Unary("atan", Tensor::atan),
          new Unary("expm1", Tensor::expm1),
          new Unary("silu", Tensor::silu),
          new Unary("softplus", Tensor::softplus),
          new Unary("mish", Tensor::mish),
          new Unary("elu", Tensor::elu),
          new Unary("selu", Tensor::selu),
          new Unary("leakyRelu", Tensor::leakyRelu),
          new Unary("hardswish", Tensor::hardswish),
          new Unary("hardsigmoid", Tensor::hardsigmoid),
          new Unary("softsign", Tensor::softsign),
          new Unary("logsigmoid", Tensor::logsigmoid),
          new Unary("tanhshrink", Tensor::tanhshrink),
          new Unary("pow 3", x -> x.pow(3)));

  private static final List<Unary> EXACT =
      List.of(
          new Unary("neg", Tensor::neg),
          new Unary("abs", Tensor::abs),
          new Unary("relu", Tensor::relu),
          new Unary("sign", Tensor::sign),
          new Unary("floor", Tensor::floor),
          new Unary("ceil", Tensor::ceil),
          new Unary("round", Tensor::round),
          new Unary("trunc", Tensor::trunc),
          new Unary("clamp", x -> x.clamp(-0.5, 0.75)),
          new Unary("hardtanh", Tensor::hardtanh),
          new Unary("copy", Tensor::copy));

  private static final List<Unary> OF_POSITIVE =
      List.of(
          new Unary("log", Tensor::log),
          new Unary("log1p", Tensor::log1p),
          new Unary("log2", Tensor::log2),
          new Unary("sqrt", Tensor::sqrt),
          new Unary("rsqrt", Tensor::rsqrt),
          new Unary("reciprocal", Tensor::reciprocal),
          new Unary("pow 1.5", x -> x.pow(1.5)),
          new Unary("pow -1", x -> x.pow(-1)));

  private static final List<Binary> PAIR =
      List.of(
          new Binary("add", Tensor::add),
          new Binary("sub", Tensor::sub),
          new Binary("rsub", Tensor::rsub),
          new Binary("mul", Tensor::mul),
          new Binary("maximum", Tensor::maximum),
          new Binary("minimum", Tensor::minimum),
          new Binary("fmax", Tensor::fmax),
          new Binary("hypot", Tensor::hypot),
          new Binary("logaddexp", Tensor::logaddexp),
          new Binary("add 0.5", (a, b) -> a.add(b, 0.5)),
          new Binary("lerp", (a, b) -> a.lerp(b, 0.25)));

  private static final List<Binary> WHOLE =
      List.of(
          new Binary("add", Tensor::add),
          new Binary("sub", Tensor::sub),
          new Binary("mul", Tensor::mul),
          new Binary("maximum", Tensor::maximum),
          new Binary("minimum", Tensor::minimum),
          new Binary("floorDivide", Tensor::floorDivide),
          new Binary("remainder", Tensor::remainder),
          new Binary("fmod", Tensor::fmod),
          new Binary("bitwiseAnd", Tensor::bitwiseAnd),
          new Binary("bitwiseXor", Tensor::bitwiseXor));

  private static final List<Binary> COMPARISONS =
      List.of(
          new Binary("eq", Tensor::eq),
          new Binary("ne", Tensor::ne),
          new Binary("lt", Tensor::lt),
          new Binary("le", Tensor::le),
          new Binary("gt", Tensor::gt),
          new Binary("ge", Tensor::ge));

  private static final List<Binary> LOGIC =
      List.of(
          new Binary("logicalAnd", Tensor::logicalAnd),
          new Binary("logicalOr", Tensor::logicalOr),
          new Binary("logicalXor", Tensor::logicalXor),
          new Binary("eq", Tensor::eq));

  private static final List<DType> ALL =
      List.of(DType.F32, DType.F64, DType.I64, DType.I32, DType.BF16, DType.F16, DType.BOOL);

  private ElementwiseCalls() {}

  static Var fraction(Draw d) {
    return d.some(v -> v.tensor().dtype().isFloating() && v.largest() <= 8);
  }

  static Var number(Draw d, boolean integer) {
    return integer
        ? d.whole(d.integer(), -9, 10, d.shape())
        : d.some(v -> v.tensor().dtype().isFloating());
  }

  private static Call smooth(Draw d) {
    Unary op = d.pick(SMOOTH);
    return Call.of(op.name, Bound.smooth(64), op.body, fraction(d));
  }

  private static Call exact(Draw d) {
    Unary op = d.pick(EXACT);
    return Call.of(op.name, Bound.EXACT, op.body, d.some(v -> v.tensor().dtype().isFloating()));
  }

  private static Call ofPositive(Draw d) {
    Unary op = d.pick(OF_POSITIVE);
    return Call.of(op.name, Bound.smooth(64), op.body, d.positive(d.floating(), d.shape()));
  }

  /// A shape that broadcasts to another.
  static long[] smaller(Draw d, long[] shape) {
    long[] small =
        Arrays.copyOfRange(shape, d.oneIn(3) ? d.below(shape.length + 1) : 0, shape.length);
    for (int i = 0; i < small.length; i++) {
      small[i] = d.oneIn(4) ? 1 : small[i];
    }
    return small;
  }

  private static Var other(Draw d, Var a, DType dtype) {
    long[] shape = a.shape();
    List<Var> same =
        d.variables().stream()
            .filter(v -> Arrays.equals(v.shape(), shape) && v.tensor().dtype() == dtype)
            .toList();
    return same.size() > 1 && d.oneIn(2) ? d.pick(same) : d.fractions(dtype, smaller(d, shape));
  }

  private static Call binary(Draw d, Binary op, Bound bound, Var a, Var b) {
    boolean swap = d.oneIn(3);
    return new Call(
        op.name,
        swap ? List.of(b, a) : List.of(a, b),
        in -> Call.one(op.body.apply(in[0], in[1])),
        bound,
        Effect.NEW);
  }

  private static Call pair(Draw d) {
    Binary op = d.pick(PAIR);
    Var a = fraction(d);
    boolean mixed = !op.name.equals("lerp") && d.oneIn(4);
    DType dtype = mixed ? d.floating() : a.tensor().dtype();
    return binary(d, op, Bound.smooth(16), a, other(d, a, dtype));
  }

  private static Call quotient(Draw d) {
    Var a = d.some(v -> v.tensor().dtype().isFloating());
    Var b = d.positive(a.tensor().dtype(), smaller(d, a.shape()));
    boolean atan = d.oneIn(3);
    return new Call(
        atan ? "atan2" : "div",
        List.of(a, b),
        in -> Call.one(atan ? in[0].atan2(in[1]) : in[0].div(in[1])),
        Bound.smooth(16),
        Effect.NEW);
  }

  private static Call whole(Draw d) {
    Binary op = d.pick(WHOLE);
    Var a = d.some(v -> v.tensor().dtype().isInteger() && v.largest() < 1000);
    if (!a.tensor().dtype().isInteger()) {
      a = d.whole(d.integer(), -9, 10, d.shape());
    }
    Var b = d.whole(d.integer(), 1, 9, smaller(d, a.shape()));
    return new Call(
        op.name,
        List.of(a, b),
        in -> Call.one(op.body.apply(in[0], in[1])),
        Bound.EXACT,
        Effect.NEW);
  }

  private static Call number(Draw d) {
    double value = (d.below(31) - 15) / 8.0;
    Var x = fraction(d);
    return switch (d.below(4)) {
      case 0 -> Call.of("add " + value, Bound.smooth(8), t -> t.add(value), x);
      case 1 -> Call.of("mul " + value, Bound.smooth(8), t -> t.mul(value), x);
      case 2 -> Call.of("rsub " + value, Bound.smooth(8), t -> t.rsub(value), x);
      default -> Call.of("div 1.75", Bound.smooth(8), t -> t.div(1.75), x);
    };
  }

  private static Call comparison(Draw d) {
    Binary op = d.pick(COMPARISONS);
    Var a = number(d, d.oneIn(3));
    return binary(d, op, Bound.EXACT, a, other(d, a, a.tensor().dtype()));
  }

  private static Call logic(Draw d) {
    Binary op = d.pick(LOGIC);
    Var a = d.truth(d.shape());
    return binary(d, op, Bound.EXACT, a, d.truth(smaller(d, a.shape())));
  }

  private static Call choice(Draw d) {
    Var x = number(d, d.oneIn(4));
    Var mask = d.truth(smaller(d, x.shape()));
    return switch (d.below(3)) {
      case 0 ->
          new Call(
              "maskedFill -3",
              List.of(x, mask),
              in -> Call.one(in[0].maskedFill(in[1], -3)),
              Bound.EXACT,
              Effect.NEW);
      case 1 ->
          new Call(
              "where",
              List.of(x, mask, other(d, x, x.tensor().dtype())),
              in -> Call.one(in[0].where(in[1], in[2])),
              Bound.EXACT,
              Effect.NEW);
      default ->
          new Call(
              "maskedSelect",
              List.of(x, d.truth(x.shape())),
              in -> Call.one(in[0].maskedSelect(in[1])),
              Bound.EXACT,
              Effect.NEW);
    };
  }

  private static Call blend(Draw d) {
    Var x = fraction(d);
    DType dtype = x.tensor().dtype();
    List<Var> in = new ArrayList<>(List.of(x, other(d, x, dtype), other(d, x, dtype)));
    boolean add = d.oneIn(2);
    return new Call(
        add ? "addcmul 0.5" : "clamp",
        in,
        t -> Call.one(add ? t[0].addcmul(t[1], t[2], 0.5) : t[0].clamp(t[1], t[1].add(1))),
        add ? Bound.smooth(64) : Bound.smooth(4),
        Effect.NEW);
  }

  private static @Nullable Call conversion(Draw d) {
    Var x = d.some(v -> v.largest() < 1000);
    DType target = d.pick(ALL);
    return new Call(
        "to " + target, List.of(x), in -> Call.one(in[0].to(target)), Bound.EXACT, Effect.EITHER);
  }
}
