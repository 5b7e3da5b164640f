package dev.gatun.natives;

/// An OpenBLAS that is loaded into this process.
///
/// @param path the file, or for [Origin#MEMFD] its name under `/proc`
/// @param origin where it was found
/// @param version its version, such as `0.3.31`, or `unknown`
/// @param config what the library says about its build, such as `OpenBLAS 0.3.31 DYNAMIC_ARCH
///   NO_AFFINITY SkylakeX MAX_THREADS=64`
public record NativeLibrary(String path, Origin origin, String version, String config) {

  @Override
  public String toString() {
    return "openblas " + version + " from " + path + " (" + origin + ")";
  }
}
