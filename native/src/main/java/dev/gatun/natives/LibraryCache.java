package dev.gatun.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bundled files on disk, unpacked once per user.
///
/// A marker beside them, written last, holds the size, time and hash of each. While sizes and times
/// are as it says the files are trusted, because hashing 40 MB at every start would be slow;
/// otherwise each file is compared with the jar by its hash and replaced where it differs. Files
/// only ever appear by an atomic move, so that two processes may do this at once; a lock file keeps
/// them from doing the work twice.
final class LibraryCache {
  private static final String MARKER = "verified";
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);
  private static final Duration STALE = Duration.ofHours(1);

  private final Path folder;
  private final List<BundledFile> files;

  LibraryCache(Path cache, Platform platform, List<BundledFile> files) {
    this.folder =
        cache.resolve("openblas").resolve(platform.name() + "-" + BundledFile.fingerprint(files));
    this.files = List.copyOf(files);
  }

  Path folder() {
    return folder;
  }

  /// The paths of the files, in their order, all complete.
  List<Path> unpack() throws IOException {
    if (!isVerified()) {
      Files.createDirectories(folder);
      repairLocked();
    }
    return files.stream().map(file -> folder.resolve(file.name())).toList();
  }

  private boolean isVerified() {
    try {
      List<String> marked = Files.readAllLines(folder.resolve(MARKER));
      if (marked.size() != files.size()) {
        return false;
      }
      for (int i = 0; i < files.size(); i++) {
        String line = marked.get(i);
        if (!line.startsWith(quickLine(files.get(i)) + " ")) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Name, size and time of the file on disk; never equal to a marker's line when the size is
  /// wrong.
  private String quickLine(BundledFile file) throws IOException {
    Path path = folder.resolve(file.name());
    if (Files.size(path) != file.size()) {
      throw new NoSuchFileException(path.toString());
    }
    long seconds = Files.getLastModifiedTime(path).toInstant().getEpochSecond();
    return file.name() + " " + file.size() + " " + seconds;
  }

  private void repairLocked() throws IOException {
    try (FileChannel channel = openLock()) {
      FileLock lock = channel == null ? null : lock(channel);
      // The one that held the lock before may have done it all.
      if (lock == null || !isVerified()) {
        repair();
      }
    } // closing the channel releases the lock
  }

  private @Nullable FileChannel openLock() {
    try {
      return FileChannel.open(
          folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return null; // a folder that is complete but read-only
    }
  }

  /// Null when there is none to be had: without it the work may be done twice, and is still right.
  private static @Nullable FileLock lock(FileChannel channel) {
    Instant end = Instant.now().plus(LOCK_PATIENCE);
    try {
      while (Instant.now().isBefore(end)) {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
        Thread.sleep(20);
      }
    } catch (IOException | OverlappingFileLockException e) {
      return null; // a file system without locks, or another class loader of this process
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private void repair() throws IOException {
    deleteStale();
    List<String> marked = new ArrayList<>();
    for (BundledFile file : files) {
      Path path = folder.resolve(file.name());
      String hash = Hashes.of(file);
      if (!Files.isRegularFile(path)
          || Files.size(path) != file.size()
          || !hash.equals(Hashes.of(path))) {
        write(file, hash, path);
      }
      marked.add(quickLine(file) + " " + hash);
    }
    try {
      Path temporary = Files.createTempFile(folder, MARKER, ".tmp");
      Files.write(temporary, marked);
      replace(temporary, folder.resolve(MARKER));
    } catch (IOException e) {
      // Read-only and complete: the files serve, and the next start hashes them again.
      System.getLogger("dev.gatun.natives").log(System.Logger.Level.DEBUG, "no marker written", e);
    }
  }

  private void write(BundledFile file, String hash, Path path) throws IOException {
    Path temporary = Files.createTempFile(folder, file.name(), ".tmp");
    try {
      try (InputStream in = file.open();
          OutputStream out = Files.newOutputStream(temporary)) {
        in.transferTo(out);
      }
      if (!Hashes.of(temporary).equals(hash)) {
        throw new IOException(path + " differs after it was written");
      }
      replace(temporary, path);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// What processes that were killed left behind.
  private void deleteStale() throws IOException {
    Instant limit = Instant.now().minus(STALE);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.tmp")) {
      for (Path leftover : leftovers) {
        if (isOlder(leftover, limit)) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  /// False for a file that another process has moved into its place meanwhile.
  private static boolean isOlder(Path file, Instant limit) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
