package dev.gatun.nn.optim;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// One step of [LBFGS]: up to `maxIter` iterations. What it remembers is under PyTorch's names in
/// the state of the first parameter; vectors are all parameters in a row.
final class LbfgsStep {
  private static final String DIRECTION = "d";
  private static final String GRADIENT = "prev_flat_grad";

  private final List<Tensor> parameters;
  private final ParameterState state;
  private final LBFGS.Options options;
  private final Supplier<Tensor> closure;
  private Tensor gradient;
  private double loss;
  private int evaluations = 1;

  LbfgsStep(
      List<Tensor> parameters,
      ParameterState state,
      LBFGS.Options options,
      Supplier<Tensor> closure) {
    this.parameters = parameters;
    this.state = state;
    this.options = options;
    this.closure = closure;
    loss = Optimizer.evaluate(closure);
    gradient = flatGradient();
  }

  @SuppressWarnings("ReferenceEquality") // whether the gradient is a new one
  double run() {
    double first = loss;
    count("func_evals", 1);
    for (int i = 1; i <= options.maxIter() && !isLow(); i++) {
      boolean goesOn;
      Tensor last = gradient;
      try (var _ = Scope.open("lbfgs iteration")) {
        goesOn = iterate(i == options.maxIter());
        if (gradient != last) {
          gradient.keep();
        }
      }
      if (gradient != last) {
        last.free();
      }
      if (!goesOn) {
        break;
      }
    }
    return first;
  }

  private boolean isLow() {
    return largest(gradient) <= options.toleranceGrad();
  }

  /// One iteration; returns whether there may be another.
  private boolean iterate(boolean last) {
    boolean begins = state.number("n_iter", 0) == 0;
    count("n_iter", 1);
    state.put(DIRECTION, begins ? gradient.neg() : direction());
    Tensor direction = remembered(DIRECTION);
    state.put(GRADIENT, gradient);
    double before = loss;
    double slope = gradient.dot(direction).item();
    double t = options.lr();
    if (begins) {
      t *= Math.min(1, 1 / gradient.abs().sum().item());
    }
    if (slope > -options.toleranceChange()) {
      state.put("t", t);
      return false;
    }
    int evaluated = 0;
    if (options.strongWolfe()) {
      StrongWolfe.Point start = new StrongWolfe.Point(0, loss, slope, gradient);
      List<Tensor> origin = parameters.stream().map(Tensor::copy).toList();
      StrongWolfe search =
          new StrongWolfe(x -> look(origin, direction, x), start, largest(direction));
      StrongWolfe.Point found = search.search(t);
      t = found.t();
      loss = found.loss();
      gradient = found.gradient();
      evaluated = search.evaluations();
      move(direction, t);
    } else {
      move(direction, t);
      if (!last) {
        loss = Optimizer.evaluate(closure);
        gradient = flatGradient();
        evaluated = 1;
      }
    }
    state.put("t", t);
    evaluations += evaluated;
    count("func_evals", evaluated);
    return !last
        && evaluations < options.maxEval()
        && largest(direction) * Math.abs(t) > options.toleranceChange()
        && !(Math.abs(loss - before) < options.toleranceChange());
  }

  /// The gradient, multiplied by what past steps tell of the inverse of the Hessian.
  private Tensor direction() {
    Tensor y = gradient.sub(remembered(GRADIENT));
    Tensor s = remembered(DIRECTION).mul(state.number("t", 0));
    double ys = y.dot(s).item();
    int size = (int) state.number("history", 0);
    if (ys > 1e-10) {
      if (size == options.historySize()) {
        forgetFirst(size--);
      }
      state.put("old_dirs." + size, y);
      state.put("old_stps." + size, s);
      state.put("ro." + size, 1 / ys);
      size++;
      state.put("history", size);
      state.put("H_diag", ys / y.dot(y).item());
    }
    double[] alpha = new double[size];
    Tensor q = gradient.neg();
    for (int i = size - 1; i >= 0; i--) {
      alpha[i] = remembered("old_stps." + i).dot(q).item() * state.number("ro." + i, 0);
      q.add_(remembered("old_dirs." + i), -alpha[i]);
    }
    q.mul_(state.number("H_diag", 1));
    for (int i = 0; i < size; i++) {
      double beta = remembered("old_dirs." + i).dot(q).item() * state.number("ro." + i, 0);
      q.add_(remembered("old_stps." + i), alpha[i] - beta);
    }
    return q;
  }

  private void forgetFirst(int size) {
    state.remove("old_dirs.0");
    state.remove("old_stps.0");
    for (int i = 1; i < size; i++) {
      state.rename("old_dirs." + i, "old_dirs." + (i - 1));
      state.rename("old_stps." + i, "old_stps." + (i - 1));
      state.put("ro." + (i - 1), state.number("ro." + i, 0));
    }
  }

  private StrongWolfe.Point look(List<Tensor> origin, Tensor direction, double t) {
    move(direction, t);
    double there = Optimizer.evaluate(closure);
    Tensor slope = flatGradient();
    for (int i = 0; i < origin.size(); i++) {
      parameters.get(i).copy_(origin.get(i));
    }
    return new StrongWolfe.Point(t, there, slope.dot(direction).item(), slope);
  }

  private void move(Tensor direction, double t) {
    long at = 0;
    for (Tensor parameter : parameters) {
      long count = parameter.numel();
      parameter.add_(direction.narrow(0, at, count).view(parameter.shape()), t);
      at += count;
    }
  }

  private Tensor flatGradient() {
    List<Tensor> parts = new ArrayList<>();
    for (Tensor parameter : parameters) {
      Tensor part = parameter.grad();
      parts.add(
          part == null
              ? Tensor.zeros(parameter.dtype(), parameter.numel())
              : part.reshape(parameter.numel()));
    }
    return Tensor.cat(parts, 0);
  }

  private Tensor remembered(String name) {
    return Objects.requireNonNull(state.get(name), name);
  }

  private void count(String name, int more) {
    state.put(name, state.number(name, 0) + more);
  }

  private static double largest(Tensor x) {
    try (var _ = Scope.open("largest")) {
      return x.numel() == 0 ? 0 : x.abs().max().item();
    }
  }
}
