package dev.gatun.natives;

/// Loads the library and prints where it came from; run as a process of its own.
final class LoadingProgram {
  private LoadingProgram() {}

  @SuppressWarnings("restricted")
  public static void main(String[] args) {
    NativeLibrary library = OpenBlas.load(path -> System.load(path)).library();
    System.out.println(library == null ? "none" : library.origin());
  }
}
