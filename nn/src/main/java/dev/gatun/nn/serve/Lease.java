package dev.gatun.nn.serve;

import java.util.concurrent.atomic.AtomicBoolean;

/// The use of one version of something; see [Versions#acquire()]. As long as it is open the version
/// is not closed, whatever is published meanwhile.
///
/// @param <V> what has versions
public final class Lease<V extends AutoCloseable> implements AutoCloseable {
  private final Version<V> version;
  private final AtomicBoolean open = new AtomicBoolean(true);

  Lease(Version<V> version) {
    this.version = version;
  }

  /// {@return the version's name}
  public String name() {
    return version.name;
  }

  /// The value, to be used before this is closed.
  ///
  /// @return the same as long as this is open
  /// @throws IllegalStateException if this is closed
  public V value() {
    if (!open.get()) {
      throw new IllegalStateException("lease: version '%s' was given back".formatted(name()));
    }
    return version.value;
  }

  /// Gives the version back; the last to do so closes one that is not kept. Closing again does
  /// nothing.
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      version.letGo();
    }
  }
}
