package dev.gatun.nn.serve;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Named versions of a model, of which one is current: published by whoever trains or loads, used
/// by any number of threads meanwhile.
///
/// ```java
/// var versions = new Versions<MLP>(3);
/// versions.publish("epoch 1", Snapshot.of(MLP::new, net));
/// …
/// try (Lease<MLP> model = versions.acquire()) {
///   Tensor y = model.value().call(x);
/// }
/// ```
///
/// Readers take no lock: [#acquire()] counts them on the version that they get, and the last of
/// them to leave an old version closes it. The newest versions are kept for [#rollBack]; what is
/// published must not be changed any more, for which [Snapshot] makes copies.
///
/// @param <V> such as a module, or a plan compiled from one
public final class Versions<V extends AutoCloseable> implements AutoCloseable {
  private final int kept;

  /// In the order in which they became current; guarded by itself.
  private final SequencedMap<String, Version<V>> byName = new LinkedHashMap<>();

  private volatile @Nullable Version<V> current;
  private volatile boolean closed;

  /// Without a version yet.
  ///
  /// @param kept how many versions are kept at most, with the current one
  public Versions(int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("versions: at least 1 must be kept: " + kept);
    }
    this.kept = kept;
  }

  /// Makes a value the current version. The oldest that is kept no longer is closed, now or when
  /// its last reader leaves.
  ///
  /// @param name not that of a version that is kept
  /// @param value belongs to this from now on, unless an exception is thrown
  /// @throws IllegalArgumentException if the name is taken
  /// @throws IllegalStateException if this is closed
  public void publish(String name, V value) {
    Version<V> oldest;
    synchronized (byName) {
      requireOpen("publish");
      if (byName.containsKey(name)) {
        throw new IllegalArgumentException(
            "publish: a version has this name already: '%s'".formatted(name));
      }
      Version<V> version = new Version<>(name, value);
      byName.put(name, version);
      current = version;
      oldest = byName.size() > kept ? byName.pollFirstEntry().getValue() : null;
    }
    if (oldest != null) {
      oldest.letGo();
    }
  }

  /// Makes a version that is kept the current one again; it then counts as the newest.
  ///
  /// @param name of the version
  /// @throws IllegalArgumentException if none of that name is kept
  /// @throws IllegalStateException if this is closed
  public void rollBack(String name) {
    synchronized (byName) {
      requireOpen("rollBack");
      Version<V> version = byName.remove(name);
      if (version == null) {
        throw new IllegalArgumentException(
            "rollBack: no version of this name is kept: '%s' (%s)"
                .formatted(name, String.join(", ", byName.keySet())));
      }
      byName.put(name, version);
      current = version;
    }
  }

  /// The current version, for as long as the lease is open.
  ///
  /// @return to be closed
  /// @throws IllegalStateException if nothing was published yet, or this is closed
  @MustBeClosed
  public Lease<V> acquire() {
    while (true) {
      Version<V> version = current;
      if (version == null) {
        requireOpen("acquire");
        throw new IllegalStateException("acquire: nothing was published yet");
      }
      // When it was closed in between, another one is current.
      if (version.hold()) {
        return new Lease<>(version);
      }
      Thread.onSpinWait();
    }
  }

  /// {@return the versions that are kept, oldest first; the last is the current one}
  public List<String> names() {
    synchronized (byName) {
      return List.copyOf(byName.keySet());
    }
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new IllegalStateException(operation + ": the versions are closed");
    }
  }

  /// Closes all versions, those that are in use when their last reader leaves. Closing again does
  /// nothing.
  @Override
  public void close() {
    List<Version<V>> all;
    synchronized (byName) {
      closed = true;
      current = null;
      all = new ArrayList<>(byName.values());
      byName.clear();
    }
    letGo(all);
  }

  /// Lets all go, whatever one of them throws.
  private static <V extends AutoCloseable> void letGo(List<Version<V>> all) {
    RuntimeException first = null;
    for (Version<V> version : all) {
      try {
        version.letGo();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
