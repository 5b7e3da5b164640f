package dev.gatun;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// 64 bits that stand for the bits of values, to compare runs and machines by: equal values, dtypes
/// and shapes have equal fingerprints, others almost surely not. It is the same on every machine
/// and in every version of Java. Not meant against people who forge values.
///
/// ```java
/// System.out.println(Fingerprint.of(net.stateDict())); // after training, on both machines
/// ```
///
/// @param bits all of them
public record Fingerprint(long bits) {
  /// The fingerprint of a tensor, read at the speed of memory; what is not contiguous is copied.
  ///
  /// @param tensor of any dtype and shape
  /// @return of its elements' bits, dtype and shape; `-0.0` differs from `0.0`
  /// @throws IllegalStateException if the tensor cannot be read here, as for [Tensor#segment()]
  public static Fingerprint of(Tensor tensor) {
    Sums sums = new Sums();
    sums.add(tensor);
    return sums.end();
  }

  /// The fingerprint of named tensors, such as a state dict, in whatever order they come.
  ///
  /// @param tensors by their names
  /// @return of names and tensors
  /// @throws IllegalStateException if a tensor cannot be read here, as for [Tensor#segment()]
  public static Fingerprint of(Map<String, Tensor> tensors) {
    Sums sums = new Sums();
    new TreeMap<>(tensors)
        .forEach((name, tensor) -> {
          sums.add(name);
          sums.add(tensor);
        });
    return sums.end();
  }

  /// The fingerprint of text.
  static Fingerprint of(String text) {
    Sums sums = new Sums();
    sums.add(text);
    return sums.end();
  }

  /// Reads what [#toString()] wrote.
  ///
  /// @param text 16 hexadecimal digits
  /// @return the fingerprint
  /// @throws IllegalArgumentException if it is anything else
  public static Fingerprint parse(String text) {
    if (!text.matches("[0-9a-fA-F]{16}")) {
      throw new IllegalArgumentException(
          "fingerprint: not 16 hexadecimal digits: '%s'".formatted(text));
    }
    return new Fingerprint(HexFormat.fromHexDigitsToLong(text));
  }

  /// 16 hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits);
  }

  /// Two checksums of different polynomials over the same bytes; the JVM has instructions for both.
  private static final class Sums {
    private static final long CHUNK = 1 << 16; // in the cache for the second one

    private final CRC32 first = new CRC32();
    private final CRC32C second = new CRC32C();

    void add(Tensor tensor) {
      // The copy of a tensor that is not contiguous goes with the scope.
      try (var _ = Scope.open("fingerprint")) {
        StringBuilder head = new StringBuilder(tensor.dtype().name());
        for (long size : tensor.shape()) {
          head.append(' ').append(size);
        }
        add(head.toString());
        MemorySegment bytes = tensor.detach().contiguous().segment();
        for (long done = 0; done < bytes.byteSize(); done += CHUNK) {
          long size = Math.min(CHUNK, bytes.byteSize() - done);
          ByteBuffer chunk = bytes.asSlice(done, size).asByteBuffer();
          first.update(chunk);
          second.update(chunk.rewind());
        }
      }
    }

    void add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      first.update(bytes);
      first.update(0); // ends it
      second.update(bytes);
      second.update(0);
    }

    Fingerprint end() {
      return new Fingerprint(first.getValue() << Integer.SIZE | second.getValue());
    }
  }
}
