package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Views, and what only moves elements.
final class ViewCalls {
  static final List<Maker> MAKERS =
      List.of(
          ViewCalls::transpose,
          ViewCalls::narrow,
          ViewCalls::slice,
          ViewCalls::select,
          ViewCalls::permute,
          ViewCalls::expand,
          ViewCalls::squeeze,
          ViewCalls::diagonal,
          ViewCalls::unfold,
          ViewCalls::reshape,
          ViewCalls::move,
          ViewCalls::move);

  private ViewCalls() {}

  private static Var any(Draw d) {
    return d.some(v -> v.dim() > 0);
  }

  private static Call transpose(Draw d) {
    Var x = any(d);
    int a = d.below(x.dim());
    int b = d.below(x.dim()) - x.dim();
    return Call.view("transpose %d %d".formatted(a, b), t -> t.transpose(a, b), x);
  }

  private static Call narrow(Draw d) {
    Var x = any(d);
    int dim = d.below(x.dim());
    int n = (int) x.tensor().size(dim);
    int start = d.below(n + 1);
    int length = d.below(n - start + 1);
    return Call.view(
        "narrow %d %d %d".formatted(dim, start, length), t -> t.narrow(dim, start, length), x);
  }

  private static Call slice(Draw d) {
    Var x = any(d);
    int dim = d.below(x.dim());
    int n = (int) x.tensor().size(dim);
    int start = d.below(n + 2) - 1;
    int end = d.oneIn(3) ? n + 5 : start + d.below(n + 1);
    int step = 1 + d.below(4);
    return Call.view(
        "slice %d %d %d %d".formatted(dim, start, end, step),
        t -> t.slice(dim, start, end, step),
        x);
  }

  private static Call select(Draw d) {
    Var x = d.some(v -> v.dim() > 0 && v.tensor().size(0) > 0);
    int index = d.below((int) x.tensor().size(0));
    return Call.view("select 0 " + index, t -> t.select(0, index), x);
  }

  private static Call permute(Draw d) {
    Var x = any(d);
    int[] order = new int[x.dim()];
    for (int i = 0; i < order.length; i++) {
      int j = d.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return Call.view("permute " + Arrays.toString(order), t -> t.permute(order), x);
  }

  private static Call expand(Draw d) {
    Var x = d.some(v -> v.tensor().numel() < 200);
    long[] shape = new long[x.dim() + 1];
    System.arraycopy(x.shape(), 0, shape, 1, x.dim());
    shape[0] = 1L + d.below(4);
    return Call.view("expand " + Arrays.toString(shape), t -> t.expand(shape), x);
  }

  private static Call squeeze(Draw d) {
    Var x = any(d);
    int dim = d.below(x.dim() + 1);
    return d.oneIn(3)
        ? Call.view("squeeze", Tensor::squeeze, x)
        : Call.view("unsqueeze " + dim, t -> t.unsqueeze(dim), x);
  }

  private static Call diagonal(Draw d) {
    Var x = d.some(v -> v.dim() > 1);
    int shift = d.below(5) - 2;
    return Call.view("diagonal " + shift, t -> t.diagonal(shift, 0, -1), x);
  }

  private static @Nullable Call unfold(Draw d) {
    Var x = d.some(v -> v.dim() > 0 && v.tensor().numel() < 2000 && v.tensor().size(-1) > 1);
    int size = 1 + d.below(2);
    int step = 1 + d.below(3);
    return x.tensor().size(-1) < size
        ? null
        : Call.view("unfold -1 %d %d".formatted(size, step), t -> t.unfold(-1, size, step), x);
  }

  private static Call reshape(Draw d) {
    Var x = any(d);
    long n = x.tensor().numel();
    long factor = n % 3 == 0 && n > 0 ? 3 : n % 2 == 0 && n > 0 ? 2 : 1;
    UnaryOperator<Tensor> body =
        switch (d.below(4)) {
          case 0 -> Tensor::flatten;
          case 1 -> Tensor::contiguous;
          case 2 -> t -> t.flatten(0, t.dim() / 2);
          default -> t -> t.reshape(factor, n / factor);
        };
    return new Call(
        "reshape", List.of(x), in -> Call.one(body.apply(in[0])), Bound.EXACT, Effect.EITHER);
  }

  private static Call move(Draw d) {
    Var x = d.some(v -> v.dim() > 0 && v.tensor().numel() < 20_000);
    int dim = d.below(x.dim());
    return switch (d.below(7)) {
      case 0 -> Call.of("flip " + dim, Bound.EXACT, t -> t.flip(dim), x);
      case 1 -> Call.of("roll 2 " + dim, Bound.EXACT, t -> t.roll(2, dim), x);
      case 2 -> Call.of("pad 1 2", Bound.EXACT, t -> t.pad(1, 2), numeric(d, x));
      case 3 ->
          Call.of("repeatInterleave 2 " + dim, Bound.EXACT, t -> t.repeatInterleave(2, dim), x);
      case 4 -> Call.of("tile 2", Bound.EXACT, t -> t.tile(2), x);
      case 5 ->
          Call.of("tril", Bound.EXACT, t -> t.tril(1), d.fractions(d.floating(), 2, 5 + dim, 9));
      default -> Call.of("padWith", Bound.EXACT, t -> t.padWith(0.5, 0, 3), numeric(d, x));
    };
  }

  private static Var numeric(Draw d, Var x) {
    return x.tensor().dtype().isFloating() ? x : d.fractions(d.floating(), 3, 8);
  }
}
