package dev.gatun.natives;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds and loads OpenBLAS.
///
/// The search takes the first of these that can serve:
///
/// 1. the file named by the system property `gatun.openblas`; where it is set nothing else is tried
/// 2. the library in the jar `org.bytedeco:openblas` of this platform, unpacked once into the cache
///    folder of the user (`gatun.cache` names another) or, on Linux where no folder can be written
///    or executed from, into memory
/// 3. the library of the operating system
///
/// Each candidate that is not taken is logged in one line at INFO under the name
/// `dev.gatun.natives`.
public final class OpenBlas {
  private OpenBlas() {}

  /// Searches, and loads what it finds.
  ///
  /// A native library belongs to the class loader of the class that calls [System#load(String)],
  /// and only that loader's classes find its functions. So the caller passes its own call, as
  /// `OpenBlas.load(path -> System.load(path))`.
  ///
  /// @param systemLoad calls [System#load(String)] with the path it is given
  /// @return the library, or why there is none
  /// @throws NativeLibraryException if `gatun.openblas` names a library that cannot be loaded
  public static LoadReport load(Consumer<String> systemLoad) {
    return new Search(Settings.ofSystem(), systemLoad).run();
  }

  /// The folder that the bundled library is unpacked below, whether or not it is there.
  ///
  /// @return what `gatun.cache` says, else the cache folder of this user, or null where there is
  ///   none
  public static @Nullable Path cacheFolder() {
    return Settings.ofSystem().cache();
  }
}
