package dev.gatun.bench.coldstart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The network 784-256-128-10 and one sample, in a file of plain floats that every contestant reads
/// in the same way. Kept as simple as can be: what this costs, all of them pay.
public final class Digits {
  private final FloatBuffer numbers;

  private Digits(FloatBuffer numbers) {
    this.numbers = numbers;
  }

  /// Sizes of layers.
  ///
  /// @return from the input to the output
  public static int[] sizes() {
    return new int[] {784, 256, 128, 10};
  }

  /// Writes the file.
  static void write(Path file) throws IOException {
    int[] sizes = sizes();
    int count = sizes[0];
    for (int i = 1; i < sizes.length; i++) {
      count += sizes[i] * sizes[i - 1] + sizes[i];
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(((i * 0x9E37_79B9) >> 8) * 0x1p-27f);
    }
    Files.write(file, bytes.array());
  }

  /// Opens the file.
  ///
  /// @param file its path
  /// @return at its beginning
  /// @throws IOException if it cannot be read
  public static Digits read(String file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file)));
    return new Digits(bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
  }

  /// The next numbers: for each layer its weight `[out,in]` and its bias, then the sample.
  ///
  /// @param count how many
  /// @return as many
  public float[] next(int count) {
    float[] next = new float[count];
    numbers.get(next);
    return next;
  }
}
