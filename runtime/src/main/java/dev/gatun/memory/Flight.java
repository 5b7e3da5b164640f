package dev.gatun.memory;

import dev.gatun.memory.internal.Recorder;

/// Events for the flight recorder, where the JVM has one. When nobody records, each costs a check
/// of a flag, on paths that take microseconds, and no class of them is loaded.
final class Flight {
  private Flight() {}

  /// A block above 64 KiB was taken, from the pool or the system.
  static void allocation(long bytes, Object owner) {
    if (Recorder.isOn()) {
      AllocationEvent event = new AllocationEvent();
      event.bytes = bytes;
      if (event.shouldCommit()) {
        event.owner = owner.toString();
        event.commit();
      }
    }
  }

  /// Memory came from the system.
  static void growth(long bytes, long startNanos) {
    if (Recorder.isOn()) {
      PoolGrowthEvent event = new PoolGrowthEvent();
      if (event.shouldCommit()) {
        event.bytes = bytes;
        event.reserved = MemoryBudget.PROCESS.usedBytes();
        event.took = System.nanoTime() - startNanos;
        event.commit();
      }
    }
  }

  static void refusal(String budget, long bytes, long limit, long held) {
    if (Recorder.isOn()) {
      BudgetRefusalEvent event = new BudgetRefusalEvent();
      if (event.shouldCommit()) {
        event.budget = budget;
        event.bytes = bytes;
        event.limit = limit;
        event.held = held;
        event.commit();
      }
    }
  }

  static void leak(Leak leak) {
    if (Recorder.isOn()) {
      LeakEvent event = new LeakEvent();
      if (event.shouldCommit()) {
        event.kind = leak.kind().name();
        event.what = leak.what();
        event.bytes = leak.bytes();
        event.allocatedBy = leak.thread();
        event.allocatedAt = leak.line();
        event.commit();
      }
    }
  }
}
