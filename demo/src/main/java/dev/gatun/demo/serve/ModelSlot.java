package dev.gatun.demo.serve;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.nn.serve.Lease;
import dev.gatun.nn.serve.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The model that is served, and its file: when the file changes, a new version takes the place of
/// the old one, whose memory goes back when its last request is answered.
///
/// The file is looked at from time to time. That needs no right to signal the process and no
/// address where a stranger could ask for the work of loading; it works on network and container
/// file systems, which do not tell of changes; and a file that is replaced while nobody is there to
/// signal is served too.
final class ModelSlot implements AutoCloseable {
  private final Path file;
  private final Loader loader;
  private final IntConsumer batches;
  private final Listener listener;
  private final Versions<Scheduler> versions = new Versions<>(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private int number;
  private Stamp served;
  private @Nullable Stamp seen;
  private boolean complained;

  /// Loads the model, and its successors.
  @FunctionalInterface
  interface Loader {
    /// Loads a model; see [Scheduler#load].
    Scheduler load(Path file, IntConsumer batches) throws IOException;
  }

  /// Is told what became of a changed file.
  @FunctionalInterface
  interface Listener {
    /// The file has changed, or cannot be read any more.
    ///
    /// @param served whether it is served now; else the version before stays
    /// @param line what happened, for people
    void changed(boolean served, String line);
  }

  /// What tells a file from another one at the same place.
  private record Stamp(FileTime time, long size, @Nullable Object key) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  /// Loads the first version.
  ///
  /// @param file the model's file
  /// @param loader reads it
  /// @param batches is told the rows of every batch
  /// @param listener is told of new versions and of files that are none
  /// @throws IOException if the file cannot be read, or holds no model
  ModelSlot(Path file, Loader loader, IntConsumer batches, Listener listener) throws IOException {
    this.file = file;
    this.loader = loader;
    this.batches = batches;
    this.listener = listener;
    served = Stamp.of(file);
    publish();
  }

  private void publish() throws IOException {
    Scheduler scheduler = loader.load(file, batches);
    number++;
    versions.publish(Integer.toString(number), scheduler);
  }

  /// {@return the version that answers now, for as long as the lease is open}
  @MustBeClosed
  Lease<Scheduler> acquire() {
    return versions.acquire();
  }

  /// Looks at the file again and again, on a thread of its own.
  ///
  /// @param interval from one look to the next
  void watch(Duration interval) {
    Thread _ = Thread.ofPlatform().daemon().name("gatun-model-watch").start(() -> run(interval));
  }

  private void run(Duration interval) {
    try {
      while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A file that is being written is left alone: it has to stand still from one look to the next.
  private synchronized void look() {
    try {
      Stamp now = Stamp.of(file);
      boolean still = now.equals(seen);
      seen = now;
      if (!now.equals(served) && still) {
        // Also when it is no model: it is not tried again until it changes.
        served = now;
        publish();
        listener.changed(true, "version %d is served: %s".formatted(number, file));
      }
      complained = false;
    } catch (IOException | RuntimeException e) {
      if (!complained) {
        listener.changed(false, "version %d stays: %s".formatted(number, e));
      }
      // A missing file would be told at every look.
      complained = e instanceof IOException && !Files.exists(file);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      versions.close();
    }
  }
}
