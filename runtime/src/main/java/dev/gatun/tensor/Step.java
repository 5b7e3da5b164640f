package dev.gatun.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One operation of a [Program]: what runs again, and the memory that it touches.
final class Step {
  final String name;

  /// Null for what is no record of an operation.
  final @Nullable Op op;

  final Tensor[] inputs;

  /// What it allocates, in this order at each run.
  final List<Value> made = new ArrayList<>();

  /// Everything that it reads and writes, of the program's own.
  final Set<Value> uses = new LinkedHashSet<>();

  /// What it writes but has not made.
  private @Nullable Value changed;

  /// Whether it runs for the exceptions that it throws.
  private boolean check;

  private Runnable body;

  /// What it runs on, where that was chosen for it.
  private @Nullable String kernel;

  /// The weights that it reads in a layout of their own, with their bytes.
  private final Map<Object, Long> layouts = new IdentityHashMap<>();

  Step(String name, @Nullable Op op, Runnable body, Tensor... inputs) {
    this.name = name;
    this.op = op;
    this.body = body;
    this.inputs = inputs;
  }

  /// The operation, with its attributes where it is a record of one.
  String label() {
    return op == null ? name : op.toString().replace(op.getClass().getSimpleName(), name);
  }

  void run() {
    body.run();
  }

  /// Runs it for [Flight].
  Step timed() {
    body.run();
    return this;
  }

  /// From here on this runs instead.
  void body(Runnable again) {
    body = again;
  }

  /// The same with the name of the kernel that runs.
  void body(Runnable again, String name) {
    body = again;
    kernel = name;
  }

  @Nullable String kernel() {
    return kernel;
  }

  /// Notes that it reads weights which are not its inputs any more.
  void reads(Object layout, long bytes) {
    layouts.put(layout, bytes);
  }

  /// What it reads and neither the caller nor a step has made, with its bytes.
  Map<Object, Long> weights() {
    Map<Object, Long> weights = new IdentityHashMap<>(layouts);
    for (int i = 0; i < inputs.length; i++) {
      boolean replaced = i == 1 && !layouts.isEmpty();
      if (!replaced && Value.of(inputs[i].storage) == null) {
        weights.merge(inputs[i].storage, inputs[i].numel * inputs[i].dtype.byteSize(), Math::max);
      }
    }
    return weights;
  }

  void changes(Value value) {
    changed = value;
    uses.add(value);
  }

  void checks() {
    check = true;
  }

  boolean isCheck() {
    return check;
  }

  @Nullable Value changed() {
    return changed;
  }
}
