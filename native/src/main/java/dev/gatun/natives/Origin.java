package dev.gatun.natives;

/// Where a loaded library came from, in the order of the search.
public enum Origin {
  /// The path in the system property `gatun.openblas`.
  EXPLICIT("-Dgatun.openblas"),
  /// The jar of the platform, unpacked into the cache folder.
  BUNDLED("bundled"),
  /// The jar of the platform, unpacked into memory because no folder could be used.
  MEMFD("bundled, in memory"),
  /// A folder of the operating system.
  SYSTEM("system");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
