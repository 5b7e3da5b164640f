package dev.gatun.memory;

/// Where native memory is, at one moment. Sums are exact when no other thread is allocating.
///
/// Bytes are those of blocks, whose sizes are rounded up to 64 bytes, and above 256 to a quarter of
/// a power of two.
///
/// @param liveBytes all that is owned: scoped, managed by the garbage collector or shared
/// @param scopedBytes owned by scopes, or on the way from one thread to another
/// @param gcBytes allocated without a scope, or kept beyond the outermost one
/// @param sharedBytes in a shared lifetime
/// @param pooledBytes held from the system and free for reuse
/// @param peakBytes the most that was live at once since the start or [#resetPeak]; with several
///   threads up to 64 KiB less for each
/// @param allocations how many storages were allocated since the start
/// @param openScopes scopes that are open now, on all threads
public record MemoryStats(
    long liveBytes,
    long scopedBytes,
    long gcBytes,
    long sharedBytes,
    long pooledBytes,
    long peakBytes,
    long allocations,
    long openScopes) {

  /// Reads the counters.
  ///
  /// @return what they show now
  public static MemoryStats now() {
    long allocations = Pool.report();
    long live = Ledger.live();
    long collected = Ledger.COLLECTED.get();
    long shared = Ledger.SHARED.get();
    return new MemoryStats(
        live,
        Math.max(0, live - collected - shared),
        collected,
        shared,
        Math.max(0, Ledger.RESERVED.get() - live),
        Ledger.peak(),
        allocations,
        Ledger.OPEN_SCOPES.sum());
  }

  /// Gives the pool's free memory back to the system, but for slabs that are still in use in part.
  public static void trim() {
    ThreadScopes.sweep();
    Pool.trim();
    Pool.returnFreed(1);
  }

  /// Starts [#peakBytes] again from what is live now.
  public static void resetPeak() {
    Pool.report();
    Ledger.resetPeak();
  }

  /// Shows these numbers to JMX, as `dev.gatun:type=Memory` ([GatunMemoryMXBean]);
  /// `-Dgatun.jmx=true` does so when memory is first allocated. Does nothing when they are there
  /// already.
  ///
  /// @throws IllegalStateException if this JVM has no module `java.management`
  public static void registerMXBean() {
    if (!Modules.hasManagement()) {
      throw new IllegalStateException(
          "registerMXBean: this JVM has no module java.management; link it into the image, or run"
              + " with --add-modules java.management");
    }
    MemoryBean.register();
  }
}
