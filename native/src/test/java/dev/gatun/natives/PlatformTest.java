package dev.gatun.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformTest {
  @Test
  void namesPlatformsAsTheBundledJarsAreNamed() {
    assertEquals("linux-x86_64", Platform.of("Linux", "amd64", true).name());
    assertEquals("linux-arm64", Platform.of("Linux", "aarch64", true).name());
    assertEquals("macosx-arm64", Platform.of("Mac OS X", "aarch64", false).name());
    assertEquals("macosx-x86_64", Platform.of("Mac OS X", "x86_64", false).name());
    assertEquals("windows-x86_64", Platform.of("Windows 11", "amd64", false).name());
  }

  @Test
  void hasNothingBundledForMuslOrAnUnknownProcessor() {
    assertEquals(List.of(), Platform.of("Linux", "amd64", false).bundled());
    assertEquals("linux-musl-x86_64", Platform.of("Linux", "amd64", false).name());
    assertEquals(List.of(), Platform.of("Linux", "riscv64", true).bundled());
    assertEquals(List.of(), Platform.of("SunOS", "sparcv9", false).bundled());
  }

  @Test
  void endsTheListOfFilesWithOpenBlasItself() {
    for (String arch : List.of("amd64", "aarch64")) {
      assertEquals("libopenblas.so.0", Platform.of("Linux", arch, true).bundled().getLast());
      assertEquals("libopenblas.0.dylib", Platform.of("Mac OS X", arch, true).bundled().getLast());
    }
  }

  @Test
  void takesTheCacheFolderOfTheUser() {
    Platform linux = Platform.of("Linux", "amd64", true);
    Path home = Path.of(System.getProperty("user.home"));
    Path xdg = Path.of("").toAbsolutePath();

    assertEquals(
        xdg.resolve("gatun"),
        Settings.cacheFolder(linux, Map.of("XDG_CACHE_HOME", xdg.toString())));
    assertEquals(
        home.resolve(".cache").resolve("gatun"),
        Settings.cacheFolder(linux, Map.of("XDG_CACHE_HOME", "relative")));
    assertEquals(
        home.resolve("Library").resolve("Caches").resolve("gatun"),
        Settings.cacheFolder(Platform.of("Mac OS X", "aarch64", false), Map.of()));
    assertEquals(
        xdg.resolve("gatun").resolve("cache"),
        Settings.cacheFolder(
            Platform.of("Windows 11", "amd64", false), Map.of("LOCALAPPDATA", xdg.toString())));
  }
}
