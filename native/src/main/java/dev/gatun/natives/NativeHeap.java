package dev.gatun.natives;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The heap of the C library, which the JVM takes native memory from.
///
/// glibc keeps what was freed, up to blocks of 32 MiB, so that the memory of the process does not
/// shrink by freeing alone. Other C libraries give it back by themselves.
public final class NativeHeap {
  private static final @Nullable MethodHandle TRIM = find();

  private NativeHeap() {}

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("malloc_trim")
        .map(address ->
            linker.downcallHandle(
                address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)))
        .orElse(null);
  }

  /// Gives what is free back to the system, where that needs to be asked for. It takes
  /// milliseconds.
  ///
  /// @return whether any memory was given back by this call
  public static boolean trim() {
    if (TRIM == null) {
      return false;
    }
    try {
      return (int) TRIM.invokeExact(0L) != 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a downcall throws nothing that is checked
    }
  }
}
