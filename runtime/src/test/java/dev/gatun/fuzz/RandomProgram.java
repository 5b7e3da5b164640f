package dev.gatun.fuzz;

import dev.gatun.backend.Backends;
import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program drawn from a seed. Each operation is computed twice, of the same operands to the bit:
/// as the program says, with its dtypes and layouts, and in F64 of contiguous copies. So rounding
/// does not add up, nothing that depends on the order of two numbers can flip, and the operation
/// that errs is the first that differs.
final class RandomProgram {
  private static final List<List<Maker>> FAMILIES =
      List.of(
          ElementwiseCalls.MAKERS,
          ElementwiseCalls.MAKERS,
          ReductionCalls.MAKERS,
          ViewCalls.MAKERS,
          ViewCalls.MAKERS,
          JoinCalls.MAKERS,
          ProductCalls.MAKERS,
          InPlaceCalls.MAKERS,
          InPlaceCalls.MAKERS,
          GradientCalls.MAKERS);

  private static final int LONGEST = 18;

  /// Beyond it numbers are not computed with any further.
  private static final double MOST = 1e5;

  private final long seed;
  private final Exchange exchange;
  private final Draw draw;
  private int operations;

  private RandomProgram(long seed, Exchange exchange) {
    this.seed = seed;
    this.exchange = exchange;
    this.draw = new Draw(seed);
  }

  /// Runs the program of a seed.
  ///
  /// @return how many operations it had
  /// @throws AssertionError with the program as text and what is wrong
  static int run(long seed, Exchange exchange) {
    MemoryStats before = MemoryStats.now();
    RandomProgram program = new RandomProgram(seed, exchange);
    try (Scope _ = Scope.open("program")) {
      program.run();
    }
    MemoryStats after = MemoryStats.now();
    if (before.scopedBytes() != after.scopedBytes()
        || before.sharedBytes() != after.sharedBytes()) {
      Garbage.collect(); // the counts are read one after the other
      after = MemoryStats.now();
    }
    program.require(before.openScopes() == after.openScopes(), "open scopes", before, after);
    program.require(before.scopedBytes() == after.scopedBytes(), "bytes in scopes", before, after);
    program.require(before.sharedBytes() == after.sharedBytes(), "shared bytes", before, after);
    return program.operations;
  }

  private void require(boolean equal, String what, MemoryStats before, MemoryStats after) {
    if (!equal) {
      throw failure("%s before: %s, after: %s".formatted(what, before, after), null);
    }
  }

  private void run() {
    int length = 3 + draw.below(LONGEST);
    while (operations < length) {
      Call call = draw.pick(draw.pick(FAMILIES)).make(draw);
      if (call == null || call.inputs().stream().anyMatch(RandomProgram::tooLarge)) {
        length--;
        continue;
      }
      operations++;
      try {
        step(call);
      } catch (DTypeException e) {
        if (!call.hasHalf()) {
          throw failure(call + ": " + e, e);
        }
        draw.text().add("refused: " + call);
      } catch (AssertionError | RuntimeException e) {
        throw failure(call + ": " + e, e);
      }
    }
    for (Var variable : draw.variables()) {
      try {
        variable.root().check("something");
      } catch (AssertionError e) {
        throw failure(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static boolean tooLarge(Var variable) {
    double largest = variable.largest();
    return !(largest <= MOST);
  }

  private AssertionError failure(String what, @Nullable Throwable cause) {
    return new AssertionError(
        "seed %d, backend %s: %s%n  %s"
            .formatted(
                seed,
                Backends.current(),
                what,
                String.join(System.lineSeparator() + "  ", draw.textOf(what))),
        cause);
  }

  private void step(Call call) {
    Tensor[] exact = call.inputs().stream().map(v -> exact(v.tensor())).toArray(Tensor[]::new);
    Tensor[] magnitudes =
        call.bound().magnitudes()
            ? Stream.of(exact).map(RandomProgram::magnitude).toArray(Tensor[]::new)
            : exact;
    double scale = call.inputs().stream().mapToDouble(Var::largest).max().orElse(0);
    Tensor[] results =
        call.body().apply(call.inputs().stream().map(Var::tensor).toArray(Tensor[]::new));
    Tensor[] expected = call.body().apply(exact);
    Tensor[] scales = call.bound().magnitudes() ? call.body().apply(magnitudes) : expected;
    List<String> names = new ArrayList<>();
    for (Tensor y : expected) {
      scale = Math.max(scale, Values.largest(Values.of(y)));
    }
    for (int i = 0; i < results.length; i++) {
      double[] limits = limits(call, results[i].dtype(), Values.of(scales[i]), Math.max(scale, 1));
      names.add(result(call, results[i], expected[i], limits));
    }
    draw.text().add(String.join(", ", names) + " = " + call);
  }

  private static Tensor exact(Tensor x) {
    return (x.dtype().isFloating() ? x.to(DType.F64) : x).copy();
  }

  private static Tensor magnitude(Tensor x) {
    return x.dtype().isFloating() ? x.abs() : x.copy();
  }

  /// How far each element may be from that in F64.
  private static double[] limits(Call call, DType result, double[] scales, double scale) {
    double epsilon = Values.epsilon(result);
    for (Var input : call.inputs()) {
      if (result.isFloating()) {
        epsilon = Math.max(epsilon, Values.epsilon(input.tensor().dtype()));
      }
    }
    Bound bound = call.bound();
    double[] limits = new double[scales.length];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = bound.factor() * epsilon * (bound.magnitudes() ? Math.abs(scales[i]) : scale);
    }
    return limits;
  }

  /// Compares a result, and makes it a variable.
  private String result(Call call, Tensor y, Tensor expected, double[] limits) {
    if (!Arrays.equals(y.shape(), expected.shape())) {
      throw new AssertionError("shape %s, expected %s".formatted(y, expected));
    }
    if (!y.dtype().isFloating() && y.dtype() != expected.dtype()) {
      throw new AssertionError("dtype %s, expected %s".formatted(y.dtype(), expected.dtype()));
    }
    double[] values = Values.of(y);
    Values.compare("result", y.dtype(), values, Values.of(expected), limits);
    double[] agreed = exchange.agree(values);
    if (!Arrays.equals(agreed, values)) {
      double[] twice = Arrays.stream(limits).map(limit -> 2 * limit).toArray();
      Values.compare("other backend's result", y.dtype(), values, agreed, twice);
      Tensor _ = y.copy_(Tensor.of(agreed, y.shape()).to(y.dtype()));
    }
    return place(call, y, agreed);
  }

  private String place(Call call, Tensor y, double[] values) {
    Var first = call.inputs().getFirst();
    switch (call.effect()) {
      case IN_PLACE -> {
        first.root().change(first.index(), values);
        first.root().check(call.toString());
        return first.name();
      }
      case VIEW -> {
        Var view = draw.view(first, y, in -> call.body().apply(new Tensor[] {in})[0]);
        draw.variables().add(view);
        first.root().check(call.toString());
        return view.name();
      }
      case EITHER -> first.root().freeze();
      case NEW -> {}
    }
    Var made = Var.whole(draw.name(), y, values);
    if (call.effect() == Effect.EITHER) {
      made.root().freeze();
    }
    draw.add(made);
    return made.name();
  }
}
