package dev.gatun.tensor;

import dev.gatun.memory.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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

  /// Row kernels that it applies to whole tensors, and how often it takes memory to write to.
  private final List<RowCall> rows = new ArrayList<>();

  private int writes;

  /// What it runs on, where that was chosen for it.
  private @Nullable String kernel;

  /// The weights that it reads in a layout of their own, with their bytes.
  private final Map<Object, Long> layouts = new HashMap<>();

  Step(String name, @Nullable Op op, Runnable body, Tensor... inputs) {
    this.name = name;
    this.op = op;
    this.body = body;
    this.inputs = inputs;
  }

  /// The operation, with its attributes where it is a record of one.
  String label() {
    String label = op == null ? name : op.toString().replace(op.getClass().getSimpleName(), name);
    return label.endsWith("[]") ? label.substring(0, label.length() - 2) : label;
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

  void applies(RowCall call) {
    rows.add(call);
  }

  void writes() {
    writes++;
  }

  /// The only thing that it does, if that is a row kernel which makes its result.
  @Nullable RowCall row() {
    if (rows.size() != 1 || writes != 1 || made.size() != 1 || changed != null || check) {
      return null;
    }
    RowCall call = rows.getFirst();
    List<Storage> known = List.of(call.y().storage, call.a().storage, call.b().storage);
    boolean alone = uses.stream().allMatch(value -> known.contains(value.storage));
    boolean own = isInput(call.a()) && isInput(call.b());
    return alone && own && call.y().storage == made.getFirst().storage ? call : null;
  }

  private boolean isInput(Tensor x) {
    return Stream.of(inputs).anyMatch(input -> input.storage == x.storage);
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
    Map<Object, Long> weights = new HashMap<>(layouts);
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
