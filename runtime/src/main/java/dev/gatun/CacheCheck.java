package dev.gatun;

import dev.gatun.bindings.Blas;
import dev.gatun.natives.NativeLibrary;
import dev.gatun.natives.NativeLibraryException;
import dev.gatun.natives.OpenBlas;
import dev.gatun.natives.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether the native library can be unpacked to where it can be loaded from.
final class CacheCheck {
  private static final String OTHER =
      "pass -Dgatun.cache=DIR, a folder that can be written and executed from";

  private CacheCheck() {}

  static Finding here() {
    String forced = Advice.forcedBySystem();
    if (!forced.isEmpty() && !forced.equals("openblas")) {
      return Finding.ok(Subject.CACHE, "not needed: -Dgatun.backend=" + forced);
    }
    Origin origin = null;
    try {
      NativeLibrary library = Blas.report().library();
      origin = library == null ? null : library.origin();
    } catch (NativeLibraryException e) {
      // told where the library is looked at
    }
    return of(OpenBlas.cacheFolder(), origin, SystemFiles.HERE);
  }

  static Finding of(@Nullable Path folder, @Nullable Origin origin, SystemFiles files) {
    if (origin == Origin.EXPLICIT) {
      return Finding.ok(Subject.CACHE, "not needed: -Dgatun.openblas names a library");
    }
    if (folder == null) {
      return Finding.advice(Subject.CACHE, "none: this user has no home" + inMemory(origin), OTHER);
    }
    Path there = existing(folder);
    Mount mount = Mount.of(there, files);
    String obstacle = origin == Origin.BUNDLED ? "" : obstacle(there, mount);
    if (obstacle.isEmpty() && origin == Origin.MEMFD) {
      obstacle = "cannot be used";
    }
    if (!obstacle.isEmpty()) {
      return Finding.advice(Subject.CACHE, folder + " " + obstacle + inMemory(origin), OTHER);
    }
    String where =
        mount.type().isEmpty() ? "" : " on %s (%s)".formatted(mount.point(), mount.type());
    return Finding.ok(Subject.CACHE, folder + where);
  }

  private static String obstacle(Path there, Mount mount) {
    if (mount.forbidsExecution()) {
      return "is on %s, mounted noexec".formatted(mount.point());
    }
    if (mount.isReadOnly()) {
      return "is on %s, mounted read-only".formatted(mount.point());
    }
    if (!Files.isDirectory(there)) {
      return "is no folder: " + there + " is a file";
    }
    return Files.isWritable(there) ? "" : "cannot be written to";
  }

  private static String inMemory(@Nullable Origin origin) {
    return origin == Origin.MEMFD
        ? "; each start unpacks the library into memory of its own (40 MB)"
        : "";
  }

  private static Path existing(Path folder) {
    Path path = folder;
    Path parent = path.getParent();
    while (!Files.exists(path) && parent != null) {
      path = parent;
      parent = path.getParent();
    }
    return path;
  }
}
