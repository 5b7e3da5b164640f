package dev.gatun.nn.serve;

import java.util.concurrent.atomic.AtomicInteger;

/// A published value and how many hold it: its readers, and [Versions] while it is kept. The last
/// to let go closes it.
final class Version<V extends AutoCloseable> {
  final String name;
  final V value;
  private final AtomicInteger holders = new AtomicInteger(1);

  Version(String name, V value) {
    this.name = name;
    this.value = value;
  }

  /// Holds it, unless the last has let go already.
  boolean hold() {
    int now = holders.get();
    while (now > 0) {
      if (holders.compareAndSet(now, now + 1)) {
        return true;
      }
      now = holders.get();
    }
    return false;
  }

  void letGo() {
    if (holders.decrementAndGet() == 0) {
      close();
    }
  }

  private void close() {
    try {
      value.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(
          "versions: '%s' could not be closed: %s".formatted(name, e), e);
    }
  }
}
