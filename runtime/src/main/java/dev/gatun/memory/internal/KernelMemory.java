package dev.gatun.memory.internal;

import dev.gatun.memory.Described;
import dev.gatun.memory.Storage;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The memory of a storage as kernels see it, for the time of one call by its owner.
///
/// The owner is checked once, here. What comes back may be a whole block of the pool, longer than
/// the storage and without a lifetime of its own, so it must not leave the operation. It costs no
/// allocation, and loops over it check neither thread nor session. The package is not exported.
public final class KernelMemory {
  /// What [Storage] keeps to itself otherwise.
  @FunctionalInterface
  public interface Accessor {
    /// Checks the owner and returns the memory.
    ///
    /// @param storage whose memory
    /// @param holder who asks, for messages
    /// @return at least the bytes of the storage
    MemorySegment memory(Storage storage, Described holder);
  }

  /// Set before there is any storage to ask for.
  private static @Nullable Accessor installed;

  private static final class Installed {
    static final Accessor ACCESSOR = Objects.requireNonNull(installed);

    private Installed() {}
  }

  private KernelMemory() {}

  /// Called once, by [Storage].
  ///
  /// @param accessor the way in
  public static void install(Accessor accessor) {
    installed = accessor;
  }

  /// The memory to read.
  ///
  /// @param storage whose memory
  /// @param holder who asks, for messages
  /// @return at least the bytes of the storage
  /// @throws IllegalStateException if they are gone: the scope closed, freed or handed over
  /// @throws WrongThreadException if they belong to another thread
  public static MemorySegment of(Storage storage, Described holder) {
    return Installed.ACCESSOR.memory(storage, holder);
  }

  /// The memory to write to.
  ///
  /// @param storage whose memory
  /// @param holder who asks, for messages
  /// @return at least the bytes of the storage
  /// @throws IllegalStateException if they are gone: the scope closed, freed or handed over
  /// @throws WrongThreadException if they belong to another thread
  /// @throws UnsupportedOperationException if the memory is wrapped and read-only
  public static MemorySegment writable(Storage storage, Described holder) {
    MemorySegment memory = of(storage, holder);
    Planned planned = PlannedMemory.of(storage);
    if (planned != null) {
      planned.written();
    }
    if (memory.isReadOnly()) {
      throw new UnsupportedOperationException(
          holder.describe() + " is read-only memory; copy it and write to the copy");
    }
    return memory;
  }
}
