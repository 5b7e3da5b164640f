package dev.gatun.tensor;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.KernelMemory;
import dev.gatun.memory.internal.PlannedMemory;
import dev.gatun.memory.internal.Planner;
import dev.gatun.memory.internal.Recorder;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function of tensors written down as a sequence of operations, which runs again and again on
/// other values of the same shapes: what `torch.jit.trace` and CUDA graphs are to PyTorch.
///
/// The function runs once, on examples. Each operation on values that depend on the inputs becomes
/// a step, and its results get places in one block of memory, in which what is not needed any more
/// makes room for what comes later. What depends on no input is computed once and kept. A run then
/// allocates no native memory and makes no tensors.
///
/// A function that looks at values outside of an operation (`item`, a copy to an array, a loop that
/// ends when something has converged) or draws random numbers is refused, with the name of the
/// method. What it does besides operations on tensors (printing, counting, hooks) happens while it
/// is traced and never again. Tensors that it takes from outside, such as parameters, are read
/// where they are; once they have been changed in place, [#run] refuses.
///
/// One thread at a time runs a program; several have several.
public final class Program implements AutoCloseable {
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final Step[] steps;
  private final Value[] values;
  private final ProgramBuilder.Restored[] restored;
  private final Storage front;
  private final Storage own;
  private final long planned;
  private final WeightPrecision precision;
  private final List<WeightCache.Layouts> layouts;
  private final Storage[] outside;
  private final int[] versions;
  private final Replay replay = new Replay();

  /// Shared by programs that share memory.
  private final AtomicReference<@Nullable Thread> runner;

  private volatile boolean closed;

  private Program(
      List<Tensor> inputs,
      List<Tensor> outputs,
      ProgramBuilder made,
      Map<Storage, Integer> outside,
      WeightPrecision precision,
      AtomicReference<@Nullable Thread> runner) {
    this.runner = runner;
    this.precision = precision;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.steps = made.steps.toArray(Step[]::new);
    this.values = made.values.toArray(Value[]::new);
    this.restored = made.restored.toArray(ProgramBuilder.Restored[]::new);
    this.front = made.front;
    this.layouts = made.layouts;
    this.own = made.own;
    this.planned = made.planned;
    this.outside = outside.keySet().toArray(Storage[]::new);
    this.versions = outside.values().stream().mapToInt(v -> v).toArray();
  }

  /// Runs a function once and writes down what it does.
  ///
  /// @param function uses tensor operations only; called once, in [InferenceMode], with tensors of
  ///   the shapes, dtypes and values of the examples
  /// @param examples one for each input
  /// @return the program, whose memory is in a shared lifetime until [#close]
  /// @throws IllegalStateException if the function does what a program cannot do again
  @MustBeClosed
  public static Program trace(
      Function<? super List<Tensor>, List<Tensor>> function, List<Tensor> examples) {
    return trace(function, examples, WeightPrecision.STORED);
  }

  /// As [#trace(Function, List)], with the weights of linear layers in fewer bits. They are those
  /// that [Tensor#linear] multiplies rows of F32 by, if the function takes them from outside; other
  /// operations read what they read as it is.
  ///
  /// @param function as in [#trace(Function, List)]
  /// @param examples one for each input
  /// @param weights how they are stored
  /// @return the program
  /// @throws IllegalArgumentException if weights are to be INT8 and are not finite
  @MustBeClosed
  public static Program trace(
      Function<? super List<Tensor>, List<Tensor>> function,
      List<Tensor> examples,
      WeightPrecision weights) {
    return trace(function, examples, weights, null, new AtomicReference<>());
  }

  /// As [#trace(Function, List, WeightPrecision)], for a program that puts its values where this
  /// one has its own, if they fit. The two must not run at the same time, and this one must be
  /// closed last.
  ///
  /// @param function as in [#trace(Function, List)]
  /// @param examples one for each input
  /// @return the other program, whose weights are stored as those of this one
  @MustBeClosed
  public Program traceBeside(
      Function<? super List<Tensor>, List<Tensor>> function, List<Tensor> examples) {
    return trace(function, examples, precision, front, runner);
  }

  private static Program trace(
      Function<? super List<Tensor>, List<Tensor>> function,
      List<Tensor> examples,
      WeightPrecision precision,
      @Nullable Storage shared,
      AtomicReference<@Nullable Thread> runner) {
    try (Scope scope = Scope.open("trace");
        InferenceMode _ = InferenceMode.open()) {
      Trace trace = new Trace(scope);
      List<Tensor> inputs;
      List<Tensor> outputs;
      try {
        inputs = examples.stream().map(trace::input).toList();
        outputs = function.apply(inputs).stream().map(trace::output).toList();
      } finally {
        trace.end();
      }
      trace.requireUnchanged();
      ProgramBuilder made = new ProgramBuilder(trace, inputs, outputs, shared, precision);
      return new Program(inputs, outputs, made, trace.outside, precision, runner);
    }
  }

  /// Runs on values in the caller's memory and writes the results there.
  ///
  /// @param in one for each input: its elements, contiguous, at the start of native memory or of a
  ///   heap array of the same kind
  /// @param out one for each result, as long as the result or longer
  /// @throws IllegalArgumentException if there are more or fewer, or one is too short
  /// @throws IllegalStateException if the program is closed or running, or a tensor from outside
  ///   was changed since the trace
  public void run(List<MemorySegment> in, List<MemorySegment> out) {
    ProgramArguments.require("inputs", inputs, in);
    ProgramArguments.require("results", outputs, out);
    begin();
    try {
      for (int i = 0; i < in.size(); i++) {
        read(in.get(i), inputs.get(i));
      }
      steps();
      for (int i = 0; i < out.size(); i++) {
        write(outputs.get(i), out.get(i));
      }
    } finally {
      end();
    }
  }

  /// Runs on tensors.
  ///
  /// @param in one for each input, of its shape and dtype
  /// @return new tensors that belong to the current scope
  /// @throws ShapeException if a shape is another one
  /// @throws DTypeException if a dtype is another one
  /// @throws IllegalStateException as [#run(List, List)]
  public List<Tensor> run(List<Tensor> in) {
    ProgramArguments.require(inputs, in);
    List<Tensor> results = outputs.stream().map(Raw::emptyLike).toList();
    begin();
    try {
      for (int i = 0; i < in.size(); i++) {
        Raw.copy(in.get(i), inputs.get(i));
      }
      steps();
      for (int i = 0; i < results.size(); i++) {
        Raw.copy(outputs.get(i), results.get(i));
      }
    } finally {
      end();
    }
    return results;
  }

  /// As [#run(List, List)], of one input and one result; makes nothing on the heap.
  ///
  /// @param in the elements of the input
  /// @param out for those of the result
  public void run(MemorySegment in, MemorySegment out) {
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new IllegalArgumentException(
          "program: it has %d inputs and %d results; give lists"
              .formatted(inputs.size(), outputs.size()));
    }
    ProgramArguments.require("inputs", 0, inputs.getFirst(), in);
    ProgramArguments.require("results", 0, outputs.getFirst(), out);
    begin();
    try {
      read(in, inputs.getFirst());
      steps();
      write(outputs.getFirst(), out);
    } finally {
      end();
    }
  }

  private static void read(MemorySegment from, Tensor input) {
    MemorySegment.copy(from, 0, input.writable(), 0, ProgramArguments.bytes(input));
  }

  private static void write(Tensor output, MemorySegment to) {
    long from = output.offset * output.dtype.byteSize();
    MemorySegment.copy(output.memory(), from, to, 0, ProgramArguments.bytes(output));
  }

  private void begin() {
    Thread thread = Thread.currentThread();
    if (closed) {
      throw new IllegalStateException("program: it is closed");
    }
    if (!runner.compareAndSet(null, thread)) {
      throw new IllegalStateException("program: it is running already; trace one for each thread");
    }
    for (Value value : values) {
      PlannedMemory.lend(value.storage, thread);
    }
  }

  private void end() {
    for (Value value : values) {
      PlannedMemory.lend(value.storage, null);
    }
    runner.set(null);
  }

  private void steps() {
    for (int i = 0; i < outside.length; i++) {
      if (outside[i].version() != versions[i]) {
        throw new IllegalStateException(
            "program: a tensor that it reads was changed since the trace; trace again");
      }
    }
    for (ProgramBuilder.Restored value : restored) {
      value.restore();
    }
    boolean before = Tape.isInference();
    Tape.inference(true);
    try (Scope scope = Scope.open("program")) {
      replay.begin(scope);
      for (Step step : steps) {
        replay.step = step;
        replay.next = 0;
        if (Recorder.isOn()) {
          Step _ = Flight.time(step.name, step::timed, step.inputs);
        } else {
          step.run();
        }
      }
    } finally {
      Tape.inference(before);
    }
  }

  /// Gives each step the memory that it had before.
  private static final class Replay implements Planner {
    private @Nullable Scope scope;
    private @Nullable Step step;
    private int next;

    void begin(Scope open) {
      scope = open;
      PlannedMemory.plan(open, this);
    }

    @Override
    public @Nullable Storage allocate(Scope asking, long bytes, boolean zeroed) {
      Step running = step;
      if (asking != scope || running == null) {
        return null;
      }
      Storage given = next < running.made.size() ? running.made.get(next++).storage : null;
      if (given == null || given.byteSize() != bytes) {
        throw departed(running.name);
      }
      if (zeroed) {
        KernelMemory.writable(given, () -> "zeros").asSlice(0, bytes).fill((byte) 0);
      }
      return given;
    }
  }

  /// What is thrown when the size of a result depends on values, not on shapes alone.
  static IllegalStateException departed(String step) {
    return new IllegalStateException(
        "program: %s needs other memory than when it was traced: its size depends on values"
            .formatted(step));
  }

  /// The shapes of the inputs.
  ///
  /// @return copies, in order
  public List<long[]> inputShapes() {
    return inputs.stream().map(Tensor::shape).toList();
  }

  /// The shapes of the results.
  ///
  /// @return copies, in order
  public List<long[]> resultShapes() {
    return outputs.stream().map(Tensor::shape).toList();
  }

  /// The native memory that results and temporaries of a run share, known before the first one.
  ///
  /// @return bytes, without parameters and constants
  public long peakBytes() {
    return planned;
  }

  /// What a run reads besides its inputs, in the layouts in which it is read: parameters and other
  /// tensors from outside, each once.
  ///
  /// @return bytes
  public long weightBytes() {
    Map<Object, Long> weights = new HashMap<>();
    for (Step step : steps) {
      weights.putAll(step.weights());
    }
    return weights.values().stream().mapToLong(bytes -> bytes).sum();
  }

  /// Says what a run does.
  ///
  /// @return a line of sizes, then a table: for each step its operation, the shapes of its inputs
  ///   and results, the kernel, the bytes of the results and those of the weights it reads
  @Override
  public String toString() {
    long constants = own.byteSize() - (front == own ? planned : 0);
    return ProgramText.of(List.of(steps), planned, constants, weightBytes());
  }

  /// Gives the memory back. Closing twice does nothing.
  ///
  /// @throws IllegalStateException while the program runs
  @Override
  public void close() {
    if (!runner.compareAndSet(null, Thread.currentThread())) {
      throw new IllegalStateException("close: the program is running; wait for it");
    }
    try {
      if (!closed) {
        closed = true;
        for (Value value : values) {
          value.bind(null);
        }
        layouts.forEach(WeightCache.Layouts::release);
        own.free();
      }
    } finally {
      runner.set(null);
    }
  }
}
