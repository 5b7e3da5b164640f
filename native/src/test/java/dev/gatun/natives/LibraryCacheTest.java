package dev.gatun.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {
  private static final Platform PLATFORM = Platform.of("Linux", "amd64", true);

  @TempDir Path temporary;
  private final List<byte[]> contents = new ArrayList<>();
  private final List<BundledFile> files = new ArrayList<>();
  private Path base = Path.of("");

  @BeforeEach
  void makeFiles() throws IOException {
    base = temporary.resolve("cache");
    Random random = new Random(1);
    for (int i = 0; i < 3; i++) {
      byte[] bytes = new byte[10_000 * (i + 1)];
      random.nextBytes(bytes);
      Path source = Files.write(temporary.resolve("lib" + i), bytes);
      contents.add(bytes);
      files.add(new BundledFile("lib" + i, source.toUri(), bytes.length, 0));
    }
  }

  private LibraryCache cache() {
    return new LibraryCache(base, PLATFORM, files);
  }

  private void assertComplete(List<Path> paths) throws IOException {
    assertEquals(contents.size(), paths.size());
    for (int i = 0; i < paths.size(); i++) {
      assertArrayEquals(contents.get(i), Files.readAllBytes(paths.get(i)));
    }
  }

  @Test
  void unpacksOnceAndTrustsTheMarkerAfterwards() throws IOException {
    List<Path> paths = cache().unpack();
    assertComplete(paths);

    // The sources are gone: a second start must not need them.
    for (int i = 0; i < 3; i++) {
      Files.delete(temporary.resolve("lib" + i));
    }
    assertEquals(paths, cache().unpack());
  }

  @Test
  void repairsATruncatedFile() throws IOException {
    Path damaged = cache().unpack().get(1);
    Files.write(damaged, new byte[17]);
    assertComplete(cache().unpack());
  }

  @Test
  void repairsAMissingFile() throws IOException {
    Files.delete(cache().unpack().get(2));
    assertComplete(cache().unpack());
  }

  @Test
  void repairsAFileOfTheRightSizeThatWasWrittenTo() throws IOException {
    Path damaged = cache().unpack().get(0);
    Files.write(damaged, new byte[10_000]);
    Files.setLastModifiedTime(damaged, FileTime.from(Instant.now().plusSeconds(60)));
    assertComplete(cache().unpack());
  }

  @Test
  void checksByHashWhereTheMarkerIsMissing() throws IOException {
    Path folder = cache().folder();
    Path damaged = cache().unpack().get(0);
    Path intact = cache().unpack().get(1);
    FileTime before = FileTime.from(Instant.now().minusSeconds(3600));
    Files.setLastModifiedTime(intact, before);
    Files.write(damaged, new byte[10_000]);
    Files.delete(folder.resolve("verified"));

    assertComplete(cache().unpack());
    assertEquals(
        before.toInstant().getEpochSecond(),
        Files.getLastModifiedTime(intact).toInstant().getEpochSecond(),
        "an intact file is not written again");
    assertTrue(Files.exists(folder.resolve("verified")));
  }

  @Test
  void deletesWhatAKilledProcessLeftBehind() throws IOException {
    Files.createDirectories(cache().folder());
    Path leftover = Files.write(cache().folder().resolve("lib0123.tmp"), new byte[5]);
    Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minusSeconds(7200)));
    cache().unpack();
    assertFalse(Files.exists(leftover));
  }

  @Test
  void differentFilesGoToDifferentFolders() throws IOException {
    Path folder = cache().folder();
    BundledFile first = files.getFirst();
    files.set(0, new BundledFile(first.name(), first.uri(), first.size(), 42));
    assertFalse(folder.equals(cache().folder()));
  }

  @Test
  void failsWhereNothingCanBeWritten() throws IOException {
    base = Files.write(temporary.resolve("occupied"), new byte[1]);
    assertThrows(IOException.class, () -> cache().unpack());
  }

  @Test
  void manyThreadsMayUnpackAtOnce() throws Exception {
    List<Callable<List<Path>>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(() -> cache().unpack());
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      for (Future<List<Path>> result : executor.invokeAll(tasks)) {
        assertComplete(result.get());
      }
    }
    try (var listing = Files.list(cache().folder())) {
      assertEquals(5, listing.count(), "three files, the marker and the lock");
    }
  }
}
