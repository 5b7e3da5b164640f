package dev.gatun.tensor;

import dev.gatun.kernel.RandomKernels;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// A stream of random numbers by a counter: Philox 4×32-10 (Salmon et al., "Parallel random
/// numbers: as easy as 1, 2, 3", SC11). The n-th number depends on the seed and n alone, so a draw
/// gives the same values on any number of threads and on every backend. The values are not
/// PyTorch's.
///
/// Safe for use by many threads; which of them gets which part of the stream is then a matter of
/// chance, so give each its own where results must repeat.
public final class Generator {
  private static final Generator SHARED = new Generator(System.nanoTime());

  private volatile long seed;
  private final AtomicLong counter = new AtomicLong();

  private Generator(long seed) {
    this.seed = seed;
  }

  /// A stream of its own.
  ///
  /// @param seed any number
  /// @return a generator at the start of its stream
  public static Generator seeded(long seed) {
    return new Generator(seed);
  }

  /// The generator that is used where none is given. Its seed differs from run to run until
  /// [#manualSeed(long)].
  ///
  /// @return the one of the process
  public static Generator shared() {
    return SHARED;
  }

  /// Starts [#shared()] anew: PyTorch's `torch.manual_seed`.
  ///
  /// @param seed any number
  public static synchronized void manualSeed(long seed) {
    SHARED.seed = seed;
    SHARED.counter.set(0);
  }

  /// Where a stream stands.
  ///
  /// @param seed of the stream
  /// @param counter how much of it was drawn
  public record State(long seed, long counter) {}

  /// Tells where the stream stands: PyTorch's `get_state`.
  ///
  /// @return to be given to [#setState]
  public State state() {
    return new State(seed, counter.get());
  }

  /// Goes on where a stream stood: the numbers that were drawn then are drawn again. PyTorch's
  /// `set_state`. No other thread may draw meanwhile.
  ///
  /// @param state what [#state()] told
  public void setState(State state) {
    seed = state.seed();
    counter.set(state.counter());
  }

  /// One number of the stream as a draw on its own, for choices made in Java.
  ///
  /// @return uniform on `[0, 1)`
  public double nextDouble() {
    return Tensor.rand(this, DType.F64, 1).item();
  }

  @FunctionalInterface
  interface Kernel {
    void fill(Tensor y, MemorySegment to, long seed, long counter);
  }

  /// Fills a floating tensor, which may be a view.
  Tensor fill(String op, Tensor y, Kernel kernel) {
    long counters = RandomKernels.counters(Arithmetic.floating(op, y, y), y.numel);
    return InPlace.overwrite(op, () -> draw(y, kernel, counters), y);
  }

  /// Fills an I64 tensor with numbers of `[low, high)`.
  Tensor integers(Tensor y, long low, long high) {
    if (low >= high || high - low < 0) {
      throw new IllegalArgumentException(
          "randint: low must be below high: %d and %d".formatted(low, high));
    }
    draw(
        y,
        (t, to, seed, at) ->
            RandomKernels.integers(t.dtype, to, t.offset, t.numel, low, high, seed, at),
        RandomKernels.counters(y.dtype, y.numel));
    return y;
  }

  /// Fills an I64 vector with `0 … n - 1` in random order.
  Tensor permutation(Tensor y) {
    draw(
        y,
        (t, to, seed, at) -> RandomKernels.permutation(to, t.offset, t.numel, seed, at),
        RandomKernels.counters(DType.I64, y.numel));
    return y;
  }

  private void draw(Tensor y, Kernel kernel, long counters) {
    Recomputation.Draw at = next(counters);
    if (y.contiguous) {
      kernel.fill(y, y.writable(), at.seed(), at.counter());
    } else {
      Tensor rows = Raw.emptyLike(y);
      kernel.fill(rows, rows.writable(), at.seed(), at.counter());
      Raw.copy(rows, y);
    }
  }

  /// Takes a part of the stream: the one that was taken before where a function runs again.
  Recomputation.Draw next(long counters) {
    Trace.refuse("random numbers");
    Recomputation call = Recomputation.current();
    return call == null ? take(counters) : call.draw(() -> take(counters));
  }

  private Recomputation.Draw take(long counters) {
    return new Recomputation.Draw(seed, counter.getAndAdd(counters));
  }
}
