package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.ValuesIndices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sums, extremes, scans, orders and normalizations.
final class ReductionCalls {
  static final List<Maker> MAKERS =
      List.of(
          ReductionCalls::sum,
          ReductionCalls::sum,
          ReductionCalls::extreme,
          ReductionCalls::position,
          ReductionCalls::scan,
          ReductionCalls::order,
          ReductionCalls::statistic,
          ReductionCalls::softmax,
          ReductionCalls::norm,
          ReductionCalls::truths);

  private ReductionCalls() {}

  private static int[] dims(Draw d, Var x) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < x.dim(); i++) {
      if (d.oneIn(2)) {
        all.add(d.oneIn(4) ? i - x.dim() : i);
      }
    }
    if (all.isEmpty()) {
      all.add(x.dim() - 1);
    }
    Collections.reverse(all);
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Var withDimensions(Draw d) {
    return d.some(v -> v.tensor().dtype().isFloating() && v.dim() > 0 && v.largest() < 1000);
  }

  private static Var filled(Draw d) {
    return d.some(v ->
        v.tensor().dtype().isFloating()
            && v.dim() > 0
            && v.tensor().numel() > 0
            && v.largest() < 1000);
  }

  private static Call sum(Draw d) {
    boolean integer = d.oneIn(6);
    Var x = integer ? d.whole(d.integer(), -9, 10, d.shape()) : withDimensions(d);
    boolean keep = d.oneIn(2);
    boolean mean = d.oneIn(3) && !integer && x.tensor().numel() > 0;
    String name = mean ? "mean" : "sum";
    Bound bound = Bound.sum(x.tensor().numel());
    if (x.dim() == 0 || d.oneIn(4)) {
      return Call.of(name, bound, t -> mean ? t.mean() : t.sum(), x);
    }
    int[] dims = dims(d, x);
    String text = name + " " + Arrays.toString(dims) + " " + keep;
    return Call.of(text, bound, t -> mean ? t.mean(dims, keep) : t.sum(dims, keep), x);
  }

  private static Call extreme(Draw d) {
    Var x = filled(d);
    int[] dims = dims(d, x);
    boolean keep = d.oneIn(2);
    boolean most = d.oneIn(2);
    return Call.of(
        (most ? "amax " : "amin ") + Arrays.toString(dims) + " " + keep,
        Bound.EXACT,
        t -> most ? t.amax(dims, keep) : t.amin(dims, keep),
        x);
  }

  private static Call position(Draw d) {
    Var x = filled(d);
    int dim = d.below(x.dim());
    return switch (d.below(4)) {
      case 0 -> Call.of("argmax " + dim, Bound.EXACT, t -> t.argmax(dim), x);
      case 1 -> Call.of("argmin " + dim, Bound.EXACT, t -> t.argmin(dim, true), x);
      case 2 -> Call.of("argmax", Bound.EXACT, Tensor::argmax, x);
      default -> both("max " + dim, t -> t.max(dim), x);
    };
  }

  private static Call both(String text, Function<Tensor, ValuesIndices> body, Var x) {
    return new Call(
        text,
        List.of(x),
        in -> {
          ValuesIndices both = body.apply(in[0]);
          return new Tensor[] {both.values(), both.indices()};
        },
        Bound.EXACT,
        Effect.NEW);
  }

  private static Call scan(Draw d) {
    Var x = withDimensions(d);
    int dim = d.below(x.dim());
    long n = x.tensor().size(dim);
    return switch (d.below(4)) {
      case 0 -> both("cummax " + dim, t -> t.cummax(dim), x);
      case 1 -> both("cummin " + dim, t -> t.cummin(dim), x);
      case 2 -> Call.of("logcumsumexp " + dim, Bound.smooth(16.0 + n), t -> t.logcumsumexp(dim), x);
      default -> Call.of("cumsum " + dim, Bound.sum(n), t -> t.cumsum(dim), x);
    };
  }

  private static Call order(Draw d) {
    Var x = filled(d);
    int dim = d.below(x.dim()) - x.dim();
    boolean down = d.oneIn(2);
    long k = 1L + d.below((int) x.tensor().size(dim));
    return switch (d.below(4)) {
      case 0 -> both("sort " + dim + " " + down, t -> t.sort(dim, down), x);
      case 1 ->
          Call.of(
              "topk " + k + " " + dim + " " + down,
              Bound.EXACT,
              t -> t.topk(k, dim, down, true).values(),
              x);
      case 2 ->
          Call.of("kthvalue " + k + " " + dim, Bound.EXACT, t -> t.kthvalue(k, dim).values(), x);
      default -> Call.of("median " + dim, Bound.EXACT, t -> t.median(dim).values(), x);
    };
  }

  private static Call statistic(Draw d) {
    Var x = filled(d);
    int[] dims = dims(d, x);
    long n = x.tensor().numel();
    return switch (d.below(4)) {
      case 0 ->
          new Call(
              "var 0 " + Arrays.toString(dims),
              List.of(x),
              in -> new Tensor[] {in[0].var(dims, 0, true)},
              // The scale is a square; among the results' it is the mean of squares.
              Bound.smooth((n + 64.0) * Math.max(1, x.largest())),
              Effect.NEW);
      case 1 ->
          Call.of(
              "logsumexp " + Arrays.toString(dims),
              Bound.smooth(n + 64.0),
              t -> t.logsumexp(dims, false),
              x);
      case 2 ->
          Call.of(
              "norm 2 " + Arrays.toString(dims), Bound.sum(n + 64), t -> t.norm(2, dims, true), x);
      default ->
          Call.of(
              "prod", Bound.sum(64), t -> t.prod(-1), d.positive(d.floating(), 3L + d.below(9), 9));
    };
  }

  private static Call softmax(Draw d) {
    Var x = filled(d);
    int dim = d.below(x.dim());
    boolean log = d.oneIn(2);
    return Call.of(
        (log ? "logSoftmax " : "softmax ") + dim,
        Bound.smooth(64.0 + x.tensor().size(dim)),
        t -> log ? t.logSoftmax(dim) : t.softmax(dim),
        x);
  }

  private static Call norm(Draw d) {
    Var x = filled(d);
    DType dtype = x.tensor().dtype();
    long[] last = {x.tensor().size(-1)};
    Var weight = d.fractions(dtype, last);
    Var bias = d.fractions(dtype, last);
    boolean layer = d.oneIn(2);
    return new Call(
        (layer ? "layerNorm " : "rmsNorm ") + last[0],
        List.of(x, weight, bias),
        in ->
            Call.one(
                layer ? in[0].layerNorm(last, in[1], in[2], 0.5) : in[0].rmsNorm(last, in[1], 0.5)),
        Bound.smooth(1024 + 4.0 * last[0]),
        Effect.NEW);
  }

  private static @Nullable Call truths(Draw d) {
    Var x = d.truth(d.shape());
    if (x.dim() == 0) {
      return null;
    }
    int dim = d.below(x.dim());
    return switch (d.below(4)) {
      case 0 -> Call.of("all " + dim, Bound.EXACT, t -> t.all(dim), x);
      case 1 -> Call.of("any " + dim, Bound.EXACT, t -> t.any(dim), x);
      case 2 -> Call.of("countNonzero " + dim, Bound.EXACT, t -> t.countNonzero(dim), x);
      default -> Call.of("nonzero", Bound.EXACT, Tensor::nonzero, x);
    };
  }
}
