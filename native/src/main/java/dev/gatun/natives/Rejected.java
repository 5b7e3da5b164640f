package dev.gatun.natives;

/// A candidate library that was not taken.
///
/// @param candidate what was tried, such as `bundled` or `libopenblas.so.0`
/// @param reason why it was not taken
/// @param fix what to do about it
public record Rejected(String candidate, String reason, String fix) {

  @Override
  public String toString() {
    return candidate + " (" + reason + ")";
  }
}
