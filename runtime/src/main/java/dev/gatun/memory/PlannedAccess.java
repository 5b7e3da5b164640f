package dev.gatun.memory;

import dev.gatun.memory.internal.Planned;
import dev.gatun.memory.internal.PlannedMemory;
import dev.gatun.memory.internal.Planner;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What plans may do to storages and scopes.
final class PlannedAccess implements PlannedMemory.Accessor {
  @Override
  public Storage create(long bytes, Planned planned) {
    return new PlannedStorage(bytes, planned);
  }

  @Override
  public @Nullable Planned planned(Storage storage) {
    return storage instanceof PlannedStorage mine ? mine.planned : null;
  }

  @Override
  public void bind(Storage storage, @Nullable MemorySegment memory) {
    storage.view = memory;
  }

  @Override
  public void lend(Storage storage, @Nullable Thread thread) {
    storage.confinedTo = thread == null ? Storage.NOBODY : thread;
  }

  @Override
  public @Nullable Planner planner(Scope scope) {
    return scope.planner;
  }

  @Override
  public void plan(Scope scope, Planner planner) {
    scope.planner = planner;
  }
}
