package dev.gatun.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Blocks above 64 KiB, each in an arena of its own.
///
/// They are worth keeping, since the system zeroes and faults in every page of a new one, but not
/// for ever: what lies here free never exceeds the largest number of bytes that were in use at once
/// within the last two windows, and what was freed longest ago goes first.
final class LargePool {
  static final long WINDOW_NANOS = 10_000_000_000L;

  private final List<ArrayDeque<Block>> free = new ArrayList<>();
  private final LongSupplier clock;
  private long freeBytes;
  private long liveBytes;
  private long allocations;
  private long returns;
  private long windowStart;
  private long windowPeak;
  private long previousPeak;

  LargePool(LongSupplier clock) {
    this.clock = clock;
    this.windowStart = clock.getAsLong();
    for (int i = SizeClasses.SMALL; i < SizeClasses.COUNT; i++) {
      free.add(new ArrayDeque<>(0));
    }
  }

  Block take(int sizeClass) {
    Block pooled = poll(sizeClass);
    if (pooled != null) {
      return pooled;
    }
    long capacity = SizeClasses.capacity(sizeClass);
    Block block = Slab.open(capacity).carve(sizeClass);
    countAllocation(capacity);
    return Objects.requireNonNull(block);
  }

  private synchronized @Nullable Block poll(int sizeClass) {
    Block block = free.get(sizeClass - SizeClasses.SMALL).pollLast();
    if (block != null) {
      freeBytes -= block.capacity;
      countAllocation(block.capacity);
    }
    return block;
  }

  private synchronized void countAllocation(long bytes) {
    allocations++;
    liveBytes += bytes;
    windowPeak = Math.max(windowPeak, liveBytes);
  }

  void give(Block block) {
    giveAndEvict(block).forEach(victim -> victim.origin.close());
  }

  private synchronized List<Block> giveAndEvict(Block block) {
    turnWindow();
    liveBytes -= block.capacity;
    freeBytes += block.capacity;
    block.freedAt = ++returns;
    free.get(block.sizeClass - SizeClasses.SMALL).addLast(block);
    return evictDownTo(Math.max(windowPeak, previousPeak));
  }

  private void turnWindow() {
    long now = clock.getAsLong();
    if (now - windowStart > WINDOW_NANOS) {
      previousPeak = windowPeak;
      windowPeak = liveBytes;
      windowStart = now;
    }
  }

  private List<Block> evictDownTo(long limit) {
    if (freeBytes <= limit) {
      return List.of();
    }
    List<Block> victims = new ArrayList<>();
    while (freeBytes > limit) {
      Block oldest = pollOldest();
      freeBytes -= oldest.capacity;
      victims.add(oldest);
    }
    return victims;
  }

  private Block pollOldest() {
    ArrayDeque<Block> from = free.getFirst();
    for (ArrayDeque<Block> blocks : free) {
      Block first = blocks.peekFirst();
      Block best = from.peekFirst();
      if (first != null && (best == null || first.freedAt < best.freedAt)) {
        from = blocks;
      }
    }
    return from.removeFirst();
  }

  /// Gives back what the last two windows did not need.
  void trimSurplus() {
    evictSurplus().forEach(victim -> victim.origin.close());
  }

  private synchronized List<Block> evictSurplus() {
    turnWindow();
    return evictDownTo(Math.max(windowPeak, previousPeak));
  }

  /// Gives every free block back to the system.
  void trim() {
    evictAll().forEach(victim -> victim.origin.close());
  }

  private synchronized List<Block> evictAll() {
    return evictDownTo(0);
  }

  synchronized long allocations() {
    return allocations;
  }

  synchronized long freeBytes() {
    return freeBytes;
  }
}
