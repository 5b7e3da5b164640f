package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// Where a scope was opened and closed. Who remembers a storage remembers the end of its scope.
final class ScopeTrace {
  final @Nullable Trace opened;
  @Nullable Trace closed;

  ScopeTrace(@Nullable Trace opened) {
    this.opened = opened;
  }
}
