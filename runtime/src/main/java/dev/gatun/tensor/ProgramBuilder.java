package dev.gatun.tensor;

import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.Places;
import dev.gatun.memory.internal.Places.Piece;
import dev.gatun.memory.internal.PlannedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes of what a [Trace] wrote down what a [Program] runs: leaves out steps whose results nobody
/// uses, and gives every value its place in one block. Values that steps make lie in its front,
/// where they share places; constants, and the first contents of what steps change, lie behind.
final class ProgramBuilder {
  /// A value that was computed during the trace and that steps change: before each run it becomes
  /// what it was.
  record Restored(MemorySegment first, MemorySegment place) {
    void restore() {
      place.copyFrom(first);
    }
  }

  final List<Step> steps;
  final List<Value> values = new ArrayList<>();
  final List<Restored> restored = new ArrayList<>();
  final List<WeightCache.Layouts> layouts = new ArrayList<>();

  /// Bytes of values that steps make, which lie in the front of a block.
  final long planned;

  /// Where they lie, which may be the block of another program that never runs at the same time.
  final Storage front;

  /// Constants, and the first contents of what steps change; the front itself where there are none
  /// and it is this program's own.
  final Storage own;

  private final Trace trace;
  private final Set<Value> kept = new HashSet<>();
  private final Map<Value, Integer> pieces = new HashMap<>();
  private final Places places = new Places();

  ProgramBuilder(
      Trace trace,
      List<Tensor> inputs,
      List<Tensor> outputs,
      @Nullable Storage shared,
      WeightPrecision precision) {
    this.trace = trace;
    keep(inputs);
    keep(outputs);
    Set<Value> results = Set.copyOf(kept);
    steps = ChainFusion.run(new StepFusion(needed(), results).run(), results);
    findPieces(outputs);
    planned = places.arrange();
    Storage borrowed = shared != null && planned <= shared.byteSize() ? shared : null;
    long start = borrowed == null ? planned : 0;
    own = Storage.allocateShared(start + bytesBehind());
    front = borrowed == null ? own : borrowed;
    bind(PlannedMemory.plain(front), PlannedMemory.plain(own), start);
    try {
      prepare(precision);
    } catch (RuntimeException | Error e) {
      values.forEach(value -> value.bind(null));
      layouts.forEach(WeightCache.Layouts::release);
      own.free();
      throw e;
    }
  }

  private void keep(List<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      Value value = Value.of(tensor.storage);
      if (value != null) {
        kept.add(value);
      }
    }
  }

  /// The steps that outputs depend on, in their order.
  private List<Step> needed() {
    List<Step> found = new ArrayList<>();
    for (Step step : trace.steps.reversed()) {
      boolean writes = step.changed() != null && kept.contains(step.changed());
      if (writes || step.isCheck() || !Collections.disjoint(step.made, kept)) {
        found.add(step);
        kept.addAll(step.uses);
        keep(List.of(step.inputs));
      }
    }
    return found.reversed();
  }

  private void findPieces(List<Tensor> outputs) {
    Map<Value, Integer> first = new HashMap<>();
    Map<Value, Integer> last = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Value value : steps.get(i).uses) {
        first.putIfAbsent(value, i);
        last.put(value, i);
      }
    }
    for (Tensor output : outputs) {
      Value value = Value.of(output.storage);
      if (value != null) {
        last.put(value, steps.size());
      }
    }
    for (Value value : trace.values) {
      // What steps that were joined hand to each other is nowhere.
      boolean result = value.kind == Value.Kind.RESULT;
      boolean used = !result || first.containsKey(value) || last.containsKey(value);
      if (used && kept.contains(value) && value.kind != Value.Kind.CONSTANT) {
        int from = result ? first.getOrDefault(value, 0) : 0;
        Piece piece = new Piece(value.storage.byteSize(), from, last.getOrDefault(value, 0));
        pieces.put(value, places.add(piece));
      }
    }
  }

  private long bytesBehind() {
    long bytes = 0;
    for (Value value : trace.values) {
      bytes += isBehind(value) ? room(value) : 0;
    }
    return bytes;
  }

  private boolean isBehind(Value value) {
    return kept.contains(value)
        && (value.kind == Value.Kind.CONSTANT || value.kind == Value.Kind.CHANGED);
  }

  private static long room(Value value) {
    return Math.ceilDiv(value.storage.byteSize(), Places.ALIGNMENT) * Places.ALIGNMENT;
  }

  private void bind(MemorySegment memory, MemorySegment behind, long start) {
    long at = start;
    for (Value value : trace.values) {
      long bytes = value.storage.byteSize();
      Integer piece = pieces.get(value);
      MemorySegment place = piece == null ? null : memory.asSlice(places.offset(piece), bytes);
      if (isBehind(value)) {
        MemorySegment first = behind.asSlice(at, bytes);
        at += room(value);
        first.copyFrom(value.first().asSlice(0, bytes));
        if (place == null) {
          place = first;
        } else {
          restored.add(new Restored(first, place));
        }
      }
      bind(value, place);
    }
  }

  /// Finds faster ways for steps now that it is known where everything lies.
  private void prepare(WeightPrecision precision) {
    values.forEach(value -> PlannedMemory.lend(value.storage, Thread.currentThread()));
    for (Step step : steps) {
      if (step.op instanceof Products.Linear linear && step.made.size() == 1) {
        Tensor y = step.made.getFirst().tensor();
        if (y != null) {
          PreparedLinear.prepare(step, linear, y, precision, layouts);
        }
      }
    }
    values.forEach(value -> PlannedMemory.lend(value.storage, null));
  }

  private void bind(Value value, @Nullable MemorySegment place) {
    value.bind(place);
    if (place != null) {
      values.add(value);
    }
  }
}
