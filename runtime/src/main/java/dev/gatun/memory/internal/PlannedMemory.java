package dev.gatun.memory.internal;

import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Storages whose place was found ahead, for a sequence of operations that runs again and again:
/// each is bound to a part of one block, and lent to the thread that runs the sequence.
public final class PlannedMemory {
  /// What [Storage] and [Scope] keep to themselves otherwise; see the methods of the class around.
  public interface Accessor {
    Storage create(long bytes, Planned planned);

    @Nullable Planned planned(Storage storage);

    void bind(Storage storage, @Nullable MemorySegment memory);

    void lend(Storage storage, @Nullable Thread thread);

    @Nullable Planner planner(Scope scope);

    void plan(Scope scope, Planner planner);
  }

  /// Set before there is any storage to ask for.
  private static @Nullable Accessor installed;

  private static final class Installed {
    static final Accessor ACCESSOR = Objects.requireNonNull(installed);

    private Installed() {}
  }

  private PlannedMemory() {}

  /// Called once, by [Storage].
  ///
  /// @param accessor the way in
  public static void install(Accessor accessor) {
    installed = accessor;
  }

  /// Makes a storage without memory: every use asks `planned`.
  ///
  /// @param bytes its size
  /// @param planned stands behind it
  /// @return a storage that no scope owns
  public static Storage create(long bytes, Planned planned) {
    return Installed.ACCESSOR.create(bytes, planned);
  }

  /// Tells what stands behind a storage.
  ///
  /// @param storage any
  /// @return null unless it was made by [#create]
  public static @Nullable Planned of(Storage storage) {
    return Installed.ACCESSOR.planned(storage);
  }

  /// Gives a storage its place.
  ///
  /// @param storage made by [#create]
  /// @param memory usable by every thread, or null to take it away
  public static void bind(Storage storage, @Nullable MemorySegment memory) {
    Installed.ACCESSOR.bind(storage, memory);
  }

  /// Lets one thread use the bound memory, until the same thread ends it.
  ///
  /// @param storage made by [#create]
  /// @param thread who may, null for nobody
  public static void lend(Storage storage, @Nullable Thread thread) {
    Installed.ACCESSOR.lend(storage, thread);
  }

  /// Tells who gives out the memory of this thread's innermost scope.
  ///
  /// @return null when that is the pool
  public static @Nullable Planner current() {
    Scope scope = Scope.current();
    return scope == null ? null : Installed.ACCESSOR.planner(scope);
  }

  /// From here on `planner` is asked first.
  ///
  /// @param scope of this thread
  /// @param planner gives out the memory of the scope, and of scopes opened inside it
  public static void plan(Scope scope, Planner planner) {
    Installed.ACCESSOR.plan(scope, planner);
  }

  /// The memory of a shared storage as kernels like it best, without a lifetime of its own.
  ///
  /// @param shared must outlive every use
  /// @return its bytes
  @SuppressWarnings("restricted") // the caller sees to the lifetime
  public static MemorySegment plain(Storage shared) {
    MemorySegment memory = KernelMemory.of(shared, () -> "the memory of a plan");
    return MemorySegment.ofAddress(memory.address()).reinterpret(shared.byteSize());
  }
}
