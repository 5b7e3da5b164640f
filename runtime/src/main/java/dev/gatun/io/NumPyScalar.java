package dev.gatun.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/// Numbers of NumPy's types, which people leave in their checkpoints without noticing.
final class NumPyScalar {
  private NumPyScalar() {}

  /// `numpy.dtype('f8')`; what byte order it has is said later.
  static final class Dtype {
    private final String name;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    Dtype(String name) {
      this.name = name;
    }

    void order(String text) {
      order = text.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private Object read(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
      return switch (name + "/" + bytes.length) {
        case "f8/8" -> in.getDouble();
        case "f4/4" -> (double) in.getFloat();
        case "f2/2" -> (double) Float.float16ToFloat(in.getShort());
        case "i8/8" -> in.getLong();
        case "i4/4" -> (long) in.getInt();
        case "i2/2" -> (long) in.getShort();
        case "i1/1" -> (long) in.get();
        case "u4/4" -> in.getInt() & 0xffff_ffffL;
        case "u2/2" -> (long) (in.getShort() & 0xffff);
        case "u1/1" -> (long) (in.get() & 0xff);
        case "b1/1" -> in.get() != 0;
        default -> Optional.empty();
      };
    }
  }

  /// Empty for a type that is no number.
  static Object value(List<?> args) {
    if (args.size() == 2
        && args.get(0) instanceof Dtype dtype
        && args.get(1) instanceof byte[] bytes) {
      return dtype.read(bytes);
    }
    return Optional.empty();
  }
}
