package dev.gatun.memory.internal;

import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import org.jspecify.annotations.Nullable;

/// Gives out the memory of a scope, and of those inside it, in the pool's place.
@FunctionalInterface
public interface Planner {
  /// Answers an allocation.
  ///
  /// @param scope the innermost one
  /// @param bytes the size
  /// @param zeroed whether the memory must be cleared
  /// @return a storage of that size, or null where the scope shall allocate as usual
  @Nullable Storage allocate(Scope scope, long bytes, boolean zeroed);
}
