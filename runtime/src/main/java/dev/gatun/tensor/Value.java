package dev.gatun.tensor;

import dev.gatun.memory.DType;
import dev.gatun.memory.Described;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.KernelMemory;
import dev.gatun.memory.internal.Planned;
import dev.gatun.memory.internal.PlannedMemory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Memory of a [Program]: an input, what a step writes, or a constant that was made while it was
/// traced.
final class Value implements Planned {
  /// Where the content comes from.
  enum Kind {
    /// The caller, before a run.
    INPUT,

    /// The trace; each run finds it as it was.
    CONSTANT,

    /// The trace, and then a step that changes it.
    CHANGED,

    /// A step.
    RESULT
  }

  final Storage storage;
  Kind kind;

  /// While the trace runs; afterwards the storage is bound to its place.
  private @Nullable Trace trace;

  private @Nullable Storage traced;

  /// What was there before the first step changed it.
  private @Nullable Storage first;

  private @Nullable Tensor tensor;

  Value(Trace trace, Kind kind, Storage traced) {
    this.trace = trace;
    this.kind = kind;
    this.traced = traced;
    this.storage = PlannedMemory.create(traced.byteSize(), this);
  }

  /// What stands behind the memory of a tensor, null where that is no value.
  static @Nullable Value of(Storage storage) {
    return PlannedMemory.of(storage) instanceof Value value ? value : null;
  }

  /// The whole of it as a contiguous tensor, made once.
  Tensor tensor(String op, DType dtype, long[] shape, long numel) {
    Tensor known = tensor;
    if (known == null) {
      known = new Tensor(storage, dtype, shape, Shapes.contiguousStrides(shape), 0, numel);
      tensor = known;
    } else if (known.dtype != dtype || !Arrays.equals(known.shape, shape)) {
      throw Program.departed(op);
    }
    return known;
  }

  /// The whole of it, if a step has made a tensor of it.
  @Nullable Tensor tensor() {
    return tensor;
  }

  @Override
  public MemorySegment memory(Described holder) {
    return KernelMemory.of(used(holder), holder);
  }

  @Override
  public MemorySegment segment(Described holder) {
    return used(holder).segment(holder);
  }

  @Override
  public void written() {
    if (trace != null) {
      trace.write(this);
    }
  }

  private Storage used(Described holder) {
    Storage memory = traced;
    if (trace == null || memory == null) {
      throw new IllegalStateException(
          holder.describe()
              + " belongs to a program, which alone uses its memory;"
              + " return it from the function that is traced");
    }
    trace.use(this, holder);
    return memory;
  }

  /// Shape and dtype, for people to read.
  String describe() {
    Tensor known = tensor;
    return known == null ? "memory" : Shapes.format(known.shape) + " " + known.dtype;
  }

  /// Becomes a constant that steps change; what it is now is kept in `memory`.
  void change(Storage memory) {
    KernelMemory.of(memory, () -> "a value").copyFrom(first().asSlice(0, storage.byteSize()));
    kind = Kind.CHANGED;
    first = memory;
  }

  /// The bytes that a run finds.
  MemorySegment first() {
    Storage memory = first == null ? traced : first;
    if (memory == null) {
      throw new IllegalStateException("program: a value whose trace has ended");
    }
    return KernelMemory.of(memory, () -> "a value");
  }

  boolean isOf(Trace candidate) {
    return trace == candidate;
  }

  /// Ends the trace: from here on the memory is `place`, for those whom it is lent to.
  void bind(@Nullable MemorySegment place) {
    trace = null;
    traced = null;
    first = null;
    PlannedMemory.bind(storage, place);
  }
}
