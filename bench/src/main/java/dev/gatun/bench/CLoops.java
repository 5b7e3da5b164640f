package dev.gatun.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// `loops.c`, compiled for the occasion by the system's own compiler.
public final class CLoops {
  /// The property that names the library.
  public static final String LIBRARY = "gatun.bench.loops";

  /// The property that says what compiled it.
  public static final String COMPILER = "gatun.bench.compiler";

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = symbols();

  private static final MethodHandle ADD_F32 = twoOperands("loop_add_f32");
  private static final MethodHandle ADD_F64 = twoOperands("loop_add_f64");
  private static final MethodHandle RELU_F32 = oneOperand("loop_relu_f32");
  private static final MethodHandle RELU_F64 = oneOperand("loop_relu_f64");
  private static final MethodHandle COPY_F32 = oneOperand("loop_copy_f32");
  private static final MethodHandle COPY_F64 = oneOperand("loop_copy_f64");
  private static final MethodHandle SUM_F32 = reduction("loop_sum_f32", ValueLayout.JAVA_FLOAT);
  private static final MethodHandle SUM_F64 = reduction("loop_sum_f64", ValueLayout.JAVA_DOUBLE);

  private CLoops() {}

  @SuppressWarnings("restricted")
  private static SymbolLookup symbols() {
    String library = System.getProperty(LIBRARY, "");
    if (library.isEmpty()) {
      throw new IllegalStateException(
          "C loops: no library: -D%s is not set; run bench/run, with a C compiler installed"
              .formatted(LIBRARY));
    }
    return SymbolLookup.libraryLookup(Path.of(library), Arena.global());
  }

  private static MethodHandle twoOperands(String name) {
    return handle(
        name,
        FunctionDescriptor.ofVoid(
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  }

  private static MethodHandle oneOperand(String name) {
    return handle(
        name,
        FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  }

  private static MethodHandle reduction(String name, ValueLayout result) {
    return handle(name, FunctionDescriptor.of(result, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), type);
  }

  /// `c = a + b`.
  ///
  /// @param doubles whether in F64
  /// @param a the first operand
  /// @param b the second operand
  /// @param c the result
  /// @param n how many numbers
  public static void add(
      boolean doubles, MemorySegment a, MemorySegment b, MemorySegment c, long n) {
    try {
      if (doubles) {
        ADD_F64.invokeExact(a, b, c, n);
      } else {
        ADD_F32.invokeExact(a, b, c, n);
      }
    } catch (Throwable e) {
      throw new AssertionError("C loops: a downcall failed", e);
    }
  }

  /// `c = max(a, 0)`.
  ///
  /// @param doubles whether in F64
  /// @param a the operand
  /// @param c the result
  /// @param n how many numbers
  public static void relu(boolean doubles, MemorySegment a, MemorySegment c, long n) {
    try {
      if (doubles) {
        RELU_F64.invokeExact(a, c, n);
      } else {
        RELU_F32.invokeExact(a, c, n);
      }
    } catch (Throwable e) {
      throw new AssertionError("C loops: a downcall failed", e);
    }
  }

  /// `c = a`.
  ///
  /// @param doubles whether in F64
  /// @param a the operand
  /// @param c the result
  /// @param n how many numbers
  public static void copy(boolean doubles, MemorySegment a, MemorySegment c, long n) {
    try {
      if (doubles) {
        COPY_F64.invokeExact(a, c, n);
      } else {
        COPY_F32.invokeExact(a, c, n);
      }
    } catch (Throwable e) {
      throw new AssertionError("C loops: a downcall failed", e);
    }
  }

  /// The sum of all.
  ///
  /// @param doubles whether in F64
  /// @param a the operand
  /// @param n how many numbers
  /// @return in the operand's precision, widened
  public static double sum(boolean doubles, MemorySegment a, long n) {
    try {
      return doubles ? (double) SUM_F64.invokeExact(a, n) : (float) SUM_F32.invokeExact(a, n);
    } catch (Throwable e) {
      throw new AssertionError("C loops: a downcall failed", e);
    }
  }
}
