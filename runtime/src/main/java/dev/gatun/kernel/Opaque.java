package dev.gatun.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.IntConsumer;

/// A call that the compiler does not see through. Inlined into the operation that calls it, a
/// kernel can end up so deep that HotSpot inlines no further (`MaxInlineLevel`): every access to
/// memory in its loop is then a call, ten times slower, from the moment that the operation is
/// compiled as a whole. Behind this call a kernel is always compiled by itself.
final class Opaque {
  // Not final: what a constant handle calls would be inlined.
  @SuppressWarnings("FieldMayBeFinal")
  private static MethodHandle accept = find();

  private Opaque() {}

  /// `body.accept(task)`.
  static void call(IntConsumer body, int task) {
    try {
      accept.invokeExact(body, task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new UndeclaredThrowableException(e);
    }
  }

  private static MethodHandle find() {
    try {
      MethodType type = MethodType.methodType(void.class, int.class);
      return MethodHandles.lookup().findVirtual(IntConsumer.class, "accept", type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("IntConsumer.accept", e);
    }
  }
}
