package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.List;

/// Joins, parts, and elements by their indices.
final class JoinCalls {
  static final List<Maker> MAKERS =
      List.of(
          JoinCalls::cat,
          JoinCalls::stack,
          JoinCalls::split,
          JoinCalls::indexSelect,
          JoinCalls::gather,
          JoinCalls::indexAdd,
          JoinCalls::scatterAdd,
          JoinCalls::embedding);

  private JoinCalls() {}

  private static Var source(Draw d) {
    return d.some(v -> v.dim() > 0 && v.tensor().dtype().isFloating() && v.tensor().numel() < 9000);
  }

  private static Call cat(Draw d) {
    Var a = source(d);
    int dim = d.below(a.dim());
    Var b = d.fractions(a.tensor().dtype(), Layout.with(a.shape(), dim, d.below(5)));
    List<Var> in = d.oneIn(2) ? List.of(a, b) : List.of(b, a, a);
    return new Call("cat " + dim, in, t -> Call.one(Tensor.cat(dim, t)), Bound.EXACT, Effect.NEW);
  }

  private static Call stack(Draw d) {
    Var a = source(d);
    Var b = d.fractions(a.tensor().dtype(), a.shape());
    int dim = d.below(a.dim() + 1);
    return new Call(
        "stack " + dim,
        List.of(a, b),
        t -> Call.one(Tensor.stack(dim, t)),
        Bound.EXACT,
        Effect.NEW);
  }

  private static Call split(Draw d) {
    Var x = d.some(v -> v.dim() > 0 && v.tensor().size(0) > 1);
    int parts = 1 + d.below(3);
    int part = d.below(parts);
    return Call.view(
        "part %d of tensorSplit %d".formatted(part, parts), t -> t.tensorSplit(parts, 0)[part], x);
  }

  private static Var indices(Draw d, long most, long... shape) {
    return d.whole(d.oneIn(3) ? DType.I32 : DType.I64, 0, (int) most, shape);
  }

  private static Call indexSelect(Draw d) {
    Var x = d.some(v -> v.dim() > 0 && v.tensor().size(-1) > 0 && v.tensor().numel() < 9000);
    Var index = indices(d, x.tensor().size(-1), d.below(9));
    return new Call(
        "indexSelect -1",
        List.of(x, index),
        in -> Call.one(in[0].indexSelect(-1, in[1])),
        Bound.EXACT,
        Effect.NEW);
  }

  private static Call gather(Draw d) {
    Var x = d.some(v -> v.dim() > 0 && v.tensor().numel() > 0 && v.tensor().numel() < 9000);
    int dim = d.below(x.dim());
    long[] shape = Layout.with(x.shape(), dim, 1 + d.below(6));
    Var index = indices(d, x.tensor().size(dim), shape);
    return new Call(
        "gather " + dim,
        List.of(x, index),
        in -> Call.one(in[0].gather(dim, in[1])),
        Bound.EXACT,
        Effect.NEW);
  }

  private static Call indexAdd(Draw d) {
    Var x = d.fractions(d.floating(), 1 + d.below(20), 1 + d.below(30));
    long n = d.below(40);
    Var index = indices(d, x.tensor().size(0), n);
    Var added = d.fractions(x.tensor().dtype(), n, x.tensor().size(1));
    return new Call(
        "indexAdd 0",
        List.of(x, index, added),
        in -> Call.one(in[0].indexAdd(0, in[1], in[2])),
        Bound.sum(n + 1),
        Effect.NEW);
  }

  private static Call scatterAdd(Draw d) {
    Var x = d.fractions(d.floating(), 1 + d.below(20), 1 + d.below(30));
    long[] shape = {1 + d.below((int) x.tensor().size(0)), d.below(60)};
    Var index = indices(d, x.tensor().size(1), shape);
    Var added = d.fractions(x.tensor().dtype(), shape);
    return new Call(
        "scatterAdd 1",
        List.of(x, index, added),
        in -> Call.one(in[0].scatterAdd(1, in[1], in[2])),
        Bound.sum(shape[1] + 1),
        Effect.NEW);
  }

  private static Call embedding(Draw d) {
    Var weight = d.fractions(d.floating(), 1 + d.below(30), 1 + d.below(40));
    Var index = indices(d, weight.tensor().size(0), 1 + d.below(5), d.below(7));
    return new Call(
        "at of indices",
        List.of(weight, index),
        in -> Call.one(in[0].at(dev.gatun.tensor.Index.of(in[1]))),
        Bound.EXACT,
        Effect.NEW);
  }
}
