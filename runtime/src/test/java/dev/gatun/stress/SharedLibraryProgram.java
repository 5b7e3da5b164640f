package dev.gatun.stress;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Many threads multiply while other code of the process sets the library to two threads, again and
/// again. Called with `direct`, they call the library as that other code does: that process dies.
@SuppressWarnings("restricted")
public final class SharedLibraryProgram {
  private static final int CALLERS = 600;

  /// Large enough for the library to take a buffer and to split the work.
  private static final int[] SIZES = {110, 128};

  private SharedLibraryProgram() {}

  /// Multiplies for some seconds.
  ///
  /// @param args seconds, and `direct` or `gatun`
  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + (long) (Double.parseDouble(args[0]) * 1e9);
    boolean direct = args[1].equals("direct");
    MethodHandle multiply;
    MethodHandle setThreads;
    try (Scope scope = Scope.open("first use")) {
      // Loads the library.
      Tensor _ = Tensor.ones(64, 64).matmul(Tensor.ones(64, 64));
      setThreads = find("openblas_set_num_threads", 1);
      multiply = find("cblas_sgemm", 14);
      System.out.println("loaded, " + scope.allocations() + " tensors");
    }
    AtomicInteger products = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(CALLERS);
    for (int i = 0; i < CALLERS; i++) {
      int size = SIZES[i % SIZES.length];
      float value = 1 + i % 7;
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              if (direct) {
                direct(multiply, size, value, products, end);
              } else {
                ours(size, value, products, end);
              }
            } catch (Throwable e) {
              failure.compareAndSet(null, e);
            } finally {
              done.countDown();
            }
          });
    }
    setThreads(setThreads, 2);
    while (done.getCount() > 0) {
      if (!direct) {
        setThreads(setThreads, 2);
      }
      LockSupport.parkNanos(100_000);
    }
    Throwable first = failure.get();
    if (first != null) {
      first.printStackTrace(System.out);
      System.exit(1);
    }
    System.out.println("right: " + products + " products");
  }

  private static void ours(int size, float value, AtomicInteger products, long end) {
    try (Scope _ = Scope.open("caller")) {
      Tensor a = Tensor.full(value, size, size);
      Tensor b = Tensor.ones(size, size);
      do {
        try (Scope _ = Scope.open("product")) {
          Tensor c = a.matmul(b);
          if (products.incrementAndGet() % 16 == 0) {
            check(c.min().item(), c.max().item(), size * value);
          }
        }
      } while (System.nanoTime() < end);
    }
  }

  private static void check(double least, double most, double want) {
    if (least != want || most != want) {
      throw new IllegalStateException("wrong: " + least + " to " + most + ", not " + want);
    }
  }

  private static void direct(
      MethodHandle multiply, int size, float value, AtomicInteger products, long end)
      throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      long elements = (long) size * size;
      MemorySegment a = arena.allocate(4 * elements, 64);
      MemorySegment b = arena.allocate(4 * elements, 64);
      MemorySegment c = arena.allocate(4 * elements, 64);
      for (long i = 0; i < elements; i++) {
        a.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        b.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1);
      }
      do {
        multiply.invokeExact(101, 111, 111, size, size, size, 1f, a, size, b, size, 0f, c, size);
        products.incrementAndGet();
        float got = c.getAtIndex(ValueLayout.JAVA_FLOAT, elements - 1);
        check(got, got, size * value);
      } while (System.nanoTime() < end);
    }
  }

  private static MethodHandle find(String name, int arguments) {
    FunctionDescriptor type =
        arguments == 1
            ? FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)
            : FunctionDescriptor.ofVoid(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_FLOAT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_FLOAT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
    return Linker.nativeLinker()
        .downcallHandle(SymbolLookup.loaderLookup().findOrThrow(name), type);
  }

  private static void setThreads(MethodHandle handle, int threads) throws Exception {
    try {
      handle.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
