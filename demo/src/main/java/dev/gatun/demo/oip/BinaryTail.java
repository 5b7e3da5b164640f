package dev.gatun.demo.oip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What follows the JSON of a body: the numbers of its tensors, little-endian.
///
/// @param body the whole body
/// @param start where the tail begins
@SuppressWarnings("ArrayRecordComponent")
record BinaryTail(byte[] body, int start) {

  int size() {
    return body.length - start;
  }

  void requireEmpty() {
    if (size() != 0) {
      throw Refusal.of("body has %d bytes that belong to no input", size());
    }
  }

  /// Reads the only tensor of the tail.
  ///
  /// @param count how many numbers its shape asks for
  /// @param told its size in bytes, as the request tells
  /// @param pixels whether they are unsigned bytes, else F32
  /// @return the numbers
  float[] read(int count, long told, boolean pixels) {
    long expected = (long) count * (pixels ? 1 : Float.BYTES);
    if (told != expected || size() != expected) {
      throw Refusal.of(
          "binary data does not fit its shape: %d bytes sent, binary_data_size %d, %d needed",
          size(), told, expected);
    }
    float[] values = new float[count];
    if (pixels) {
      for (int i = 0; i < count; i++) {
        values[i] = Byte.toUnsignedInt(body[start + i]);
      }
    } else {
      ByteBuffer.wrap(body, start, size())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    }
    return values;
  }
}
