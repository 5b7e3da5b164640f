package dev.gatun.tensor;

import dev.gatun.memory.Described;
import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.KernelMemory;
import dev.gatun.memory.internal.PlannedMemory;
import dev.gatun.memory.internal.Planner;
import dev.gatun.memory.internal.Recorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes down which operations a function applies to its inputs, while it runs once.
///
/// An operation on values that depend on the inputs becomes a step. What depends on none of them is
/// computed here and now, and is a constant from then on. Whoever looks at a value outside of an
/// operation, to print it or to branch, is refused: other inputs might lead another way.
final class Trace implements Planner {
  /// How many traces run in this process: operations look for theirs only while there is one.
  private static int running;

  final List<Step> steps = new ArrayList<>();
  final List<Value> values = new ArrayList<>();

  /// What steps read and the trace did not make, with the versions that they saw.
  final Map<Storage, Integer> outside = new LinkedHashMap<>();

  /// In the scope of the trace, whose memory outlives scopes that the function opens.
  private final Storage anchor;

  private @Nullable Step open;
  private @Nullable Scope scopeOfStep;
  private boolean backing;

  Trace(Scope scope) {
    anchor = Storage.allocate(0);
    PlannedMemory.plan(scope, this);
    count(1);
  }

  /// Ends the recording: nothing becomes a step any more.
  void end() {
    count(-1);
  }

  /// Refuses a function that changed what earlier steps have read.
  void requireUnchanged() {
    outside.forEach((storage, version) -> {
      Value value = Value.of(storage);
      boolean changes = value != null && value.kind == Value.Kind.CHANGED;
      if (!changes && storage.version() != version) {
        throw new IllegalStateException(
            "trace: the function changes a constant after an operation has read it");
      }
    });
    outside.keySet().removeIf(storage -> Value.of(storage) != null);
  }

  private static synchronized void count(int change) {
    running += change;
  }

  /// Whether a trace may be running on this thread, or somebody wants to know how long operations
  /// take.
  static boolean isOn() {
    return running != 0 || Recorder.isOn();
  }

  private static @Nullable Trace current() {
    return PlannedMemory.current() instanceof Trace trace ? trace : null;
  }

  /// The result of an operation, which becomes a step where an input asks for it.
  static Tensor forward(Op op, Supplier<Tensor> body, Tensor... inputs) {
    return forward(op.opName(), op, body, inputs);
  }

  /// As [#forward(Op, Supplier, Tensor...)], for what is no record of an operation.
  static Tensor forward(String name, Supplier<Tensor> body, Tensor... inputs) {
    return isOn() ? forward(name, null, body, inputs) : body.get();
  }

  private static Tensor forward(
      String name, @Nullable Op op, Supplier<Tensor> body, Tensor... inputs) {
    Trace trace = current();
    if (trace == null) {
      return Recorder.isOn() ? Flight.time(name, body, inputs) : body.get();
    }
    if (!trace.isRecorded(inputs)) {
      return body.get();
    }
    Step step = new Step(name, op, repeated(body), inputs);
    return trace.first(
        step,
        () -> {
          Tensor result = body.get();
          Tensor planned = trace.planned(step, result);
          if (planned.storage != result.storage) {
            step.body(() -> Raw.copy(body.get(), planned));
          }
          return planned;
        });
  }

  /// The results of an operation, which becomes a step where an input asks for it.
  static List<Tensor> several(Op op, Supplier<List<Tensor>> body, Tensor... inputs) {
    Trace trace = isOn() ? current() : null;
    if (trace == null) {
      return Recorder.isOn() ? Flight.time(op.opName(), body, inputs) : body.get();
    }
    if (!trace.isRecorded(inputs)) {
      return body.get();
    }
    Step step = new Step(op.opName(), op, repeated(body), inputs);
    return trace.first(
        step,
        () -> {
          List<Tensor> results = body.get();
          List<Tensor> planned = results.stream().map(r -> trace.planned(step, r)).toList();
          if (!planned.equals(results)) {
            step.body(() -> copy(body.get(), planned));
          }
          return planned;
        });
  }

  /// Runs it for what it writes; the tensors that it returns are those of the trace.
  private static Runnable repeated(Supplier<?> body) {
    return () -> {
      Object _ = body.get();
    };
  }

  private static void copy(List<Tensor> results, List<Tensor> planned) {
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).storage != planned.get(i).storage) {
        Raw.copy(results.get(i), planned.get(i));
      }
    }
  }

  /// Runs a kernel that changes `x`, which becomes a step where `x` or another input asks for it.
  static void change(String name, Runnable kernel, Tensor x, Tensor... others) {
    Trace trace = isOn() ? current() : null;
    Tensor[] inputs = Arrays.copyOf(others, others.length + 1);
    inputs[others.length] = x;
    if (trace == null || !trace.isRecorded(inputs)) {
      kernel.run();
      return;
    }
    Value target = Value.of(x.storage);
    if (target == null || !target.isOf(trace)) {
      throw new IllegalStateException(
          "trace: %s changes %s, which was not made by the function that is traced"
              .formatted(name, x.describe()));
    }
    Step step = new Step(name, null, kernel, inputs);
    step.changes(target);
    trace.first(
        step,
        () -> {
          kernel.run();
          return x;
        });
  }

  /// Runs checks of values, which are a step where an input asks for it.
  static void check(String name, Runnable check, Tensor... inputs) {
    Trace trace = isOn() ? current() : null;
    if (trace == null || !trace.isRecorded(inputs)) {
      check.run();
      return;
    }
    Step step = new Step(name, null, check, inputs);
    step.checks();
    trace.first(
        step,
        () -> {
          check.run();
          return name;
        });
  }

  /// The operands that there are.
  static Tensor[] present(@Nullable Tensor... operands) {
    return Arrays.stream(operands).filter(Objects::nonNull).toArray(Tensor[]::new);
  }

  /// Refuses what another run would do in another way.
  static void refuse(String what) {
    Trace trace = isOn() ? current() : null;
    if (trace != null && trace.open == null) {
      throw new IllegalStateException(
          "trace: the function takes " + what + ", which each run would have to take anew");
    }
  }

  private boolean isRecorded(Tensor... inputs) {
    if (open != null) {
      return false;
    }
    boolean depends = false;
    for (Tensor input : inputs) {
      Value value = Value.of(input.storage);
      depends |= value != null && value.isOf(this) && value.kind != Value.Kind.CONSTANT;
    }
    return depends;
  }

  private <T> T first(Step step, Supplier<T> body) {
    noteOutside(step);
    open = step;
    scopeOfStep = Scope.current();
    try {
      return body.get();
    } finally {
      open = null;
      scopeOfStep = null;
      // What touched no memory only looks at it in another way; the result of that is kept.
      if (!step.uses.isEmpty() || !step.made.isEmpty()) {
        steps.add(step);
      }
    }
  }

  private void noteOutside(Step step) {
    for (Tensor input : step.inputs) {
      Value value = Value.of(input.storage);
      if (value == null || value.kind == Value.Kind.CONSTANT) {
        outside.putIfAbsent(input.storage, input.storage.version());
      }
    }
  }

  /// A result that an operation made in a scope of its own is copied to where the plan has it.
  private Tensor planned(Step step, Tensor result) {
    return Value.of(result.storage) != null || isInput(step, result) ? result : Raw.copy(result);
  }

  private static boolean isInput(Step step, Tensor result) {
    for (Tensor input : step.inputs) {
      if (input.storage == result.storage) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Storage allocate(Scope asking, long bytes, boolean zeroed) {
    if (backing || (open != null && asking != scopeOfStep)) {
      return null;
    }
    Value value = value(bytes, zeroed, open == null ? Value.Kind.CONSTANT : Value.Kind.RESULT);
    if (open != null) {
      open.made.add(value);
      open.uses.add(value);
    }
    return value.storage;
  }

  /// Memory for as long as the trace lasts.
  private Value value(long bytes, boolean zeroed, Value.Kind kind) {
    Value value = new Value(this, kind, backing(bytes, zeroed));
    values.add(value);
    return value;
  }

  private Storage backing(long bytes, boolean zeroed) {
    backing = true;
    try {
      Storage memory = Storage.allocateBeside(anchor, bytes);
      if (zeroed) {
        KernelMemory.of(memory, () -> "zeros").asSlice(0, bytes).fill((byte) 0);
      }
      return memory;
    } finally {
      backing = false;
    }
  }

  /// A tensor of the values of `example` that counts as an input.
  Tensor input(Tensor example) {
    Value value = value(example.numel * example.dtype.byteSize(), false, Value.Kind.CONSTANT);
    Tensor input = value.tensor("trace", example.dtype, example.shape.clone(), example.numel);
    Raw.copy(example, input);
    value.kind = Value.Kind.INPUT;
    return input;
  }

  /// A result of the function as contiguous memory that a step has written.
  Tensor output(Tensor result) {
    Value value = Value.of(result.storage);
    boolean made = value != null && value.kind == Value.Kind.RESULT;
    if (made && result.contiguous) {
      return result;
    }
    Supplier<Tensor> body = () -> Raw.copy(result);
    Step step = new Step("copy", null, repeated(body), result);
    return first(step, body);
  }

  /// Notes that the memory of a value is looked at.
  void use(Value value, Described holder) {
    if (open != null) {
      open.uses.add(value);
    } else if (value.kind != Value.Kind.CONSTANT) {
      throw new IllegalStateException(
          "trace: %s looks at the elements of %s, which depend on the input; another input might lead another way"
              .formatted(reader(), holder.describe()));
    }
  }

  /// Notes that the step that is being recorded applies a row kernel.
  ///
  /// @return the result
  static Tensor applied(RowCall call) {
    Trace trace = current();
    if (trace != null && trace.open != null) {
      trace.open.applies(call);
    }
    return call.y();
  }

  /// Notes that a kernel writes to a value.
  void write(Value value) {
    if (open != null) {
      open.writes();
    }
    if (open != null && value.kind == Value.Kind.CONSTANT) {
      value.change(backing(value.storage.byteSize(), false));
      open.changes(value);
    }
  }

  /// The public method by which the traced function came here.
  private static String reader() {
    String tensors = Trace.class.getPackageName() + ".";
    String memory = Scope.class.getPackageName() + ".";
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(f -> !f.getClassName().startsWith(memory))
                .takeWhile(f -> f.getClassName().startsWith(tensors))
                .reduce((_, later) -> later)
                .map(StackWalker.StackFrame::getMethodName)
                .orElse("the function"));
  }
}
