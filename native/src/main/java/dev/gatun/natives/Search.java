package dev.gatun.natives;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One search: the path that was named, or else the bundled library, or else the system's.
final class Search {
  private static final String OTHER_FOLDER =
      "pass -Dgatun.cache=DIR, a folder that can be written and executed from";

  private final Settings settings;
  private final Probe probe;
  private final List<Rejected> rejected = new ArrayList<>();

  Search(Settings settings, Consumer<String> systemLoad) {
    this.settings = settings;
    this.probe = new Probe(systemLoad);
  }

  LoadReport run() {
    String explicit = settings.explicit();
    return new LoadReport(explicit != null ? explicit(explicit) : firstFound(), rejected);
  }

  private NativeLibrary explicit(String value) {
    String where = "openblas: cannot load the library named by -Dgatun.openblas: " + value + " (";
    try {
      Path path = Path.of(value).toAbsolutePath();
      if (!Files.isRegularFile(path)) {
        throw new Rejection("no such file", Probe.NAME_ANOTHER);
      }
      return probe.load(path, Origin.EXPLICIT);
    } catch (Rejection e) {
      throw new NativeLibraryException(where + e.reason() + "); " + e.fix(), e);
    } catch (IllegalArgumentException e) {
      throw new NativeLibraryException(where + "not a path); " + Probe.NAME_ANOTHER, e);
    }
  }

  private @Nullable NativeLibrary firstFound() {
    NativeLibrary bundled = bundled();
    return bundled != null ? bundled : system();
  }

  private @Nullable NativeLibrary bundled() {
    List<BundledFile> files;
    try {
      files = BundledFile.find(settings);
    } catch (Rejection e) {
      reject(e.of("bundled"));
      return null;
    }
    NativeLibrary cached = cached(files);
    return cached == null && settings.platform().isLinux() ? inMemory(files) : cached;
  }

  private @Nullable NativeLibrary cached(List<BundledFile> files) {
    Path base = settings.cache();
    if (base == null) {
      reject(new Rejected("bundled", "no cache folder: this user has no home", OTHER_FOLDER));
      return null;
    }
    LibraryCache cache = new LibraryCache(base, settings.platform(), files);
    String candidate = "bundled in " + cache.folder();
    try {
      return loadAll(cache.unpack(), Origin.BUNDLED);
    } catch (IOException e) {
      reject(new Rejected(candidate, "cannot be unpacked: " + describe(e), OTHER_FOLDER));
    } catch (Rejection e) {
      reject(new Rejected(candidate, e.reason(), OTHER_FOLDER));
    }
    return null;
  }

  private @Nullable NativeLibrary inMemory(List<BundledFile> files) {
    try {
      return loadAll(MemoryFiles.unpack(files), Origin.MEMFD);
    } catch (IOException e) {
      reject(new Rejected(Origin.MEMFD.toString(), describe(e), OTHER_FOLDER));
    } catch (Rejection e) {
      reject(e.of(Origin.MEMFD.toString()));
    }
    return null;
  }

  /// What a library needs is loaded before it: the dynamic linker then finds it by its name.
  private NativeLibrary loadAll(List<Path> paths, Origin origin) throws Rejection {
    for (Path needed : paths.subList(0, paths.size() - 1)) {
      probe.loadForGood(needed);
    }
    return probe.load(paths.getLast(), origin);
  }

  private @Nullable NativeLibrary system() {
    for (String name : settings.platform().systemNames()) {
      boolean found = false;
      for (Path folder : settings.systemFolders()) {
        Path path = folder.resolve(name);
        if (Files.isRegularFile(path)) {
          found = true;
          try {
            return probe.load(path, Origin.SYSTEM);
          } catch (Rejection e) {
            reject(e.of(path.toString()));
          }
        }
      }
      if (!found) {
        reject(new Rejected(name, "not found", "install OpenBLAS"));
      }
    }
    return null;
  }

  private void reject(Rejected candidate) {
    rejected.add(candidate);
    // Asked for here, because the JDK's logging takes long to load.
    System.getLogger("dev.gatun.natives")
        .log(Level.INFO, () -> "openblas: not taken: " + candidate + "; " + candidate.fix());
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
