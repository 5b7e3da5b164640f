package dev.gatun.testing;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Tensors that an operation may be called with by mistake.
public final class BadTensors implements AutoCloseable {
  /// More than an int can count.
  public static final long HUGE = (1L << 31) + 9;

  /// What is wrong with a tensor.
  public enum Kind {
    /// Nothing.
    GOOD,
    /// Its scope is closed.
    CLOSED,
    /// It belongs to a scope of another thread.
    FOREIGN,
    /// It has no elements.
    EMPTY,
    /// It has no dimensions.
    SCALAR,
    /// It has more elements than an int can count, all the same one.
    HUGE,
    /// It is full of NaN.
    NAN,
    /// It is full of infinities.
    INFINITE;

    /// The share of this run in what is called with such tensors: all of it where kernels see them.
    public <T> Stream<T> share(Stream<T> calls) {
      return switch (this) {
        case EMPTY, NAN, INFINITE -> calls;
        case GOOD, CLOSED, FOREIGN, SCALAR, HUGE -> Part.of(calls);
      };
    }
  }

  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final Scope scope = join(other.submit((Callable<Scope>) BadTensors::open));

  @SuppressWarnings("MustBeClosedChecker") // by the same thread, at the end
  private static Scope open() {
    return Scope.open("other");
  }

  /// Makes one, of the shape given or of one near it.
  public Tensor make(Kind kind, DType dtype, long... shape) {
    return switch (kind) {
      case GOOD -> full(dtype, 1, shape);
      case CLOSED -> {
        try (Scope _ = Scope.open("closed")) {
          yield full(dtype, 1, shape);
        }
      }
      case FOREIGN -> join(other.submit(() -> full(dtype, 1, shape)));
      case EMPTY -> full(dtype, 1, with(shape, 0));
      case SCALAR -> full(dtype, 1);
      case HUGE -> full(dtype, 1, with(shape, 1)).expand(with(shape, HUGE));
      case NAN -> full(dtype, dtype.isFloating() ? Double.NaN : 1, shape);
      case INFINITE -> full(dtype, dtype.isFloating() ? Double.POSITIVE_INFINITY : 1, shape);
    };
  }

  private static long[] with(long[] shape, long size) {
    long[] changed = shape.length == 0 ? new long[1] : shape.clone();
    changed[0] = size;
    return changed;
  }

  private static Tensor full(DType dtype, double value, long... shape) {
    return Tensor.full(dtype, value, shape);
  }

  private static <T> T join(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    join(
        other.submit(() -> {
          scope.close();
          return true;
        }));
    other.shutdown();
  }
}
