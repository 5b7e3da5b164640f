package dev.gatun.io;

import java.util.ArrayList;
import java.util.List;

/// A view of a storage, checked: every element of it is inside.
///
/// @param storage that it looks at
/// @param type of its elements
/// @param offset of its first element
/// @param shape sizes
/// @param strides in elements, none negative
record PickledTensor(
    PickledStorage storage, ElementType type, long offset, List<Long> shape, List<Long> strides) {

  /// @param args of `_rebuild_tensor_v2`: storage, offset, size, stride and what does not matter
  static PickledTensor of(PickleReader in, List<?> args, ElementType type, int at)
      throws TensorFormatException {
    if (args.size() < 4
        || !(args.get(0) instanceof PickledStorage storage)
        || !(args.get(1) instanceof Long offset)) {
      throw in.error("a tensor is not described at offset %d".formatted(at));
    }
    List<Long> shape = sizes(in, args.get(2), at);
    List<Long> strides = sizes(in, args.get(3), at);
    if (shape.size() != strides.size()) {
      throw in.error(
          "a tensor has %d sizes and %d strides at offset %d"
              .formatted(shape.size(), strides.size(), at));
    }
    var tensor = new PickledTensor(storage, type, offset, shape, strides);
    if (Bytes.bytes(shape, type.byteSize()) < 0 || !tensor.fits()) {
      throw in.error(
          "tensor %s with strides %s from element %d leaves storage %s of %d at offset %d"
              .formatted(
                  Bytes.format(shape),
                  Bytes.format(strides),
                  offset,
                  Bytes.quote(storage.key()),
                  storage.numel(),
                  at));
    }
    return tensor;
  }

  private static List<Long> sizes(PickleReader in, Object value, int at)
      throws TensorFormatException {
    List<Long> sizes = new ArrayList<>();
    if (value instanceof List<?> list && list.size() <= Bytes.MAX_DIMS) {
      for (Object size : list) {
        if (size instanceof Long number && number >= 0) {
          sizes.add(number);
        }
      }
      if (sizes.size() == list.size()) {
        return List.copyOf(sizes);
      }
    }
    throw in.error("a tensor has bad sizes or strides at offset %d".formatted(at));
  }

  private boolean fits() {
    long elements = storage.numel() * storage.type().byteSize() / type.byteSize();
    if (offset < 0 || offset > elements || storage.numel() > Long.MAX_VALUE / 16) {
      return false;
    }
    if (shape.contains(0L)) {
      return true;
    }
    long last = offset;
    for (int i = 0; i < shape.size(); i++) {
      long steps = shape.get(i) - 1;
      long stride = strides.get(i);
      if (stride > 0 && steps > (elements - last) / stride) {
        return false;
      }
      last += steps * stride;
    }
    return last < elements;
  }

  TensorInfo info(String name) {
    return new TensorInfo(
        name, type.name(), type.target(), shape, Bytes.bytes(shape, type.byteSize()));
  }
}
