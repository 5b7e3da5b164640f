package dev.gatun.memory;

/// Says what a storage is used as, for messages.
@FunctionalInterface
public interface Described {
  /// Names the user of the storage.
  ///
  /// @return for example `tensor [64,10]`
  String describe();
}
