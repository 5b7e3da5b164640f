package dev.gatun.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("restricted")
class SearchTest {
  private static final Platform HERE = Platform.current();

  @TempDir Path temporary;

  private Settings settings(@Nullable String explicit, @Nullable Path cache) {
    return new Settings(explicit, cache, HERE, new ResourceFinder(HERE), List.of());
  }

  private static LoadReport search(Settings settings) {
    return new Search(settings, path -> System.load(path)).run();
  }

  /// A library that every JDK has and that is not OpenBLAS.
  private static Path otherLibrary() {
    Path home = Path.of(System.getProperty("java.home"));
    return home.resolve(HERE.isWindows() ? "bin" : "lib").resolve(System.mapLibraryName("zip"));
  }

  private static NativeLibrary loaded(LoadReport report) {
    NativeLibrary library = report.library();
    assertNotNull(library, report.toString());
    return library;
  }

  @Test
  void loadsTheBundledLibraryFromTheCache() {
    assumeTrue(!HERE.bundled().isEmpty());
    LoadReport report = search(settings(null, temporary));
    NativeLibrary library = loaded(report);
    assertEquals(Origin.BUNDLED, library.origin());
    assertTrue(library.path().startsWith(temporary.toString()), library.path());
    assertEquals(List.of(), report.rejected());
    assertEquals(
        "openblas " + library.version() + " from " + library.path() + " (bundled)",
        report.toString());
    assertTrue(library.version().matches("\\d+\\.\\d+\\.\\d+"), library.version());
  }

  @Test
  void loadsFromMemoryWhereTheCacheCannotBeWritten() throws IOException {
    assumeTrue(HERE.isLinux() && !HERE.bundled().isEmpty());
    Path occupied = Files.write(temporary.resolve("occupied"), new byte[1]);
    LoadReport report = search(settings(null, occupied));
    assertEquals(Origin.MEMFD, loaded(report).origin());
    assertEquals(1, report.rejected().size());
    Rejected cache = report.rejected().getFirst();
    assertTrue(cache.reason().startsWith("cannot be unpacked: "), cache.reason());
    assertEquals(
        "pass -Dgatun.cache=DIR, a folder that can be written and executed from", cache.fix());
  }

  @Test
  void loadsFromMemoryForAUserWithoutAHome() {
    assumeTrue(HERE.isLinux() && !HERE.bundled().isEmpty());
    LoadReport report = search(settings(null, null));
    assertEquals(Origin.MEMFD, loaded(report).origin());
    assertEquals("no cache folder: this user has no home", report.rejected().getFirst().reason());
  }

  @Test
  void anExplicitPathThatDoesNotExistIsAnError() {
    Path missing = temporary.resolve("nowhere.so");
    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class, () -> search(settings(missing.toString(), temporary)));
    assertEquals(
        "openblas: cannot load the library named by -Dgatun.openblas: "
            + missing
            + " (no such file); pass -Dgatun.openblas=PATH of another libopenblas",
        e.getMessage());
  }

  @Test
  void anExplicitFileThatIsNoLibraryIsAnError() throws IOException {
    Path text = Files.writeString(temporary.resolve("text.so"), "no library");
    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class, () -> search(settings(text.toString(), temporary)));
    String message = String.valueOf(e.getMessage());
    assertFalse(message.contains("\n"), message);
    assertTrue(message.contains(text + " ("), message);
  }

  @Test
  void anExplicitLibraryWithoutGemmIsAnError() {
    assumeTrue(Files.exists(otherLibrary()));
    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class,
            () -> search(settings(otherLibrary().toString(), temporary)));
    assertEquals(
        "openblas: cannot load the library named by -Dgatun.openblas: "
            + otherLibrary()
            + " (has no cblas_sgemm); pass -Dgatun.openblas=PATH of another libopenblas",
        e.getMessage());
  }

  @Test
  void aSystemLibraryWithoutGemmIsPassedOver() throws IOException {
    assumeTrue(Files.exists(otherLibrary()));
    Path copy = temporary.resolve("libopenblas.so.0");
    Files.copy(otherLibrary(), copy);
    LoadReport report = search(unknownPlatform(List.of(temporary)));
    assertFalse(report.isLoaded());
    assertEquals(
        "openblas: library not found; tried -Dgatun.openblas (unset), bundled (none for"
            + " linux-riscv64), "
            + copy
            + " (has no cblas_sgemm), libopenblas.so (not found)",
        report.toString());
  }

  @Test
  void anUnknownPlatformSaysSo() {
    LoadReport report = search(unknownPlatform(List.of()));
    assertFalse(report.isLoaded());
    assertEquals(
        "openblas: library not found; tried -Dgatun.openblas (unset), bundled (none for"
            + " linux-riscv64), libopenblas.so.0 (not found), libopenblas.so (not found)",
        report.toString());
    assertEquals(
        "install OpenBLAS, or name one with -Dgatun.openblas=PATH",
        report.rejected().getFirst().fix());
  }

  @Test
  void takesTheLibraryOfTheSystemWhereNoneIsBundled() {
    assumeTrue(HERE.name().equals("linux-x86_64"));
    Path bundled = Path.of(loaded(search(settings(null, temporary))).path());
    Path folder = bundled.getParent();
    assertNotNull(folder);
    LoadReport report = search(unknownPlatform(List.of(temporary, folder)));
    assertEquals(Origin.SYSTEM, loaded(report).origin());
    assertTrue(report.toString().endsWith("; not taken: bundled (none for linux-riscv64)"));
  }

  @Test
  void saysWhichJarIsMissing() {
    assumeTrue(!HERE.bundled().isEmpty());
    LoadReport report = search(new Settings(null, temporary, HERE, name -> null, List.of()));
    assertEquals(
        "bundled (no jar of " + HERE.name() + " on the class path or module path)",
        report.rejected().getFirst().toString());
    assertEquals(
        "add org.bytedeco:openblas with the classifier " + HERE.name(),
        report.rejected().getFirst().fix());
  }

  private Settings unknownPlatform(List<Path> folders) {
    Platform platform = Platform.of("Linux", "riscv64", true);
    return new Settings(null, temporary, platform, new ResourceFinder(platform), folders);
  }
}
