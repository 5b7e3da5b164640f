package dev.gatun.io;

import java.util.List;

/// A run of elements that tensors of a PyTorch file are views of.
///
/// @param key its name in the file
/// @param type of its elements; of the bytes of an untyped storage U8
/// @param numel how many
record PickledStorage(String key, ElementType type, long numel) {

  /// What a persistent id names: `('storage', type, key, location, numel)`.
  static PickledStorage of(PickleReader in, Object id, int at) throws TensorFormatException {
    if (id instanceof List<?> fields
        && fields.size() >= 5
        && fields.get(0).equals("storage")
        && fields.get(1) instanceof PickleGlobals.Type type
        && fields.get(2) instanceof String key
        && fields.get(4) instanceof Long numel
        && numel >= 0) {
      return new PickledStorage(key, type.element(), numel);
    }
    throw in.error(
        "refused: a reference to something that is no storage at offset %d".formatted(at));
  }
}
