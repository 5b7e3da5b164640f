package dev.gatun.natives;

import java.io.File;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a search depends on, so that a test can change it.
///
/// @param explicit the value of `gatun.openblas`, or null
/// @param cache the folder to unpack into, or null when this user has none
/// @param platform the platform
/// @param resources finds a resource by name, or null
/// @param systemFolders where the system may have a library, in order
record Settings(
    @Nullable String explicit,
    @Nullable Path cache,
    Platform platform,
    Function<String, @Nullable URL> resources,
    List<Path> systemFolders) {

  static Settings ofSystem() {
    Platform platform = Platform.current();
    String explicit = System.getProperty("gatun.openblas", "");
    return new Settings(
        explicit.isBlank() ? null : explicit,
        cacheFolder(platform, System.getenv()),
        platform,
        new ResourceFinder(platform),
        systemFolders(platform));
  }

  static @Nullable Path cacheFolder(Platform platform, Map<String, String> environment) {
    String chosen = System.getProperty("gatun.cache", "");
    if (!chosen.isBlank()) {
      return Path.of(chosen).toAbsolutePath();
    }
    String home = System.getProperty("user.home", "");
    if (platform.isWindows()) {
      return below(environment.getOrDefault("LOCALAPPDATA", ""), "gatun", "cache");
    }
    if (platform.isMac()) {
      return below(home, "Library", "Caches", "gatun");
    }
    Path xdg = below(environment.getOrDefault("XDG_CACHE_HOME", ""), "gatun");
    return xdg != null ? xdg : below(home, ".cache", "gatun");
  }

  /// Null unless the base is absolute: a user without a home has `?` or nothing there.
  private static @Nullable Path below(String base, String... names) {
    try {
      Path path = Path.of(base);
      return path.isAbsolute() ? path.resolve(Path.of("", names)) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static List<Path> systemFolders(Platform platform) {
    List<Path> folders = new ArrayList<>();
    // It starts with LD_LIBRARY_PATH, and on Windows it is the PATH.
    for (String folder :
        System.getProperty("java.library.path", "").split(File.pathSeparator, -1)) {
      Path path = below(folder);
      if (path != null) {
        folders.add(path);
      }
    }
    if (platform.isMac()) {
      folders.add(Path.of("/opt/homebrew/opt/openblas/lib"));
      folders.add(Path.of("/usr/local/opt/openblas/lib"));
    } else if (platform.isLinux()) {
      String arch = platform.name().endsWith("-arm64") ? "aarch64" : System.getProperty("os.arch");
      String debian = arch.equals("amd64") ? "x86_64" : arch;
      folders.add(Path.of("/usr/lib/" + debian + "-linux-gnu"));
      folders.add(Path.of("/usr/local/lib64"));
      folders.add(Path.of("/usr/local/lib"));
    }
    return folders;
  }
}
