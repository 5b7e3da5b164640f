package dev.gatun.nn.data;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.gatun.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Unsigned bytes of any shape in IDX, the format of MNIST's files, compressed by gzip or not.
///
/// A file is two zero bytes, the element type (8 is the unsigned byte), the number of dimensions,
/// each dimension as four big-endian bytes, then the elements and nothing else.
public final class Idx {
  private static final int UNSIGNED_BYTE = 8;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private final int[] shape;
  private final byte[] data;

  private Idx(int[] shape, byte[] data) {
    this.shape = shape;
    this.data = data;
  }

  /// {@return the size of one dimension}
  ///
  /// @param dim which, from 0
  public int size(int dim) {
    return shape[dim];
  }

  /// {@return the elements in row-major order; the array itself}
  public byte[] data() {
    return data;
  }

  /// The elements as they are.
  ///
  /// @return a new tensor of U8
  public Tensor tensor() {
    return Tensor.of(data, Arrays.stream(shape).asLongStream().toArray());
  }

  /// Reads a whole file.
  ///
  /// @param file the file
  /// @param dims how many dimensions it must have
  /// @return its shape and elements
  /// @throws IOException if it cannot be read, is no such file, is truncated or has bytes left over
  public static Idx read(Path file, int dims) throws IOException {
    if (dims < 1 || dims > 255) {
      throw new IllegalArgumentException("Idx: dimensions must be of 1 to 255: " + dims);
    }
    try (InputStream in = open(file)) {
      int[] shape = readHeader(in, file, dims);
      long expected = Arrays.stream(shape).asLongStream().reduce(1, Idx::saturatedProduct);
      if (expected > MAX_BYTES) {
        throw bad("is too large", file, "%s elements", describe(shape));
      }
      byte[] data = in.readNBytes((int) expected);
      if (data.length < expected) {
        throw bad(
            "is truncated", file, "%s = %d bytes, got %d", describe(shape), expected, data.length);
      }
      if (in.read() >= 0) {
        throw bad("has bytes left over", file, "%s = %d bytes", describe(shape), expected);
      }
      return new Idx(shape, data);
    } catch (EOFException e) {
      throw new IOException("IDX file is truncated: " + file + " (its gzip stream just ends)", e);
    } catch (ZipException e) {
      throw new IOException("IDX file is damaged: " + file + " (gzip: " + e.getMessage() + ")", e);
    }
  }

  private static int[] readHeader(InputStream in, Path file, int dims) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4) {
      throw bad("is truncated", file, "%d bytes where the magic takes 4", magic.length);
    }
    int wanted = UNSIGNED_BYTE << 8 | dims;
    int found = ByteBuffer.wrap(magic).getInt();
    if (found != wanted) {
      throw bad("has the wrong magic", file, "0x%08x where 0x%08x is expected", found, wanted);
    }
    byte[] sizes = in.readNBytes(4 * dims);
    if (sizes.length < 4 * dims) {
      throw bad("is truncated", file, "%d bytes of header, got %d", 4 + 4 * dims, 4 + sizes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(sizes);
    int[] shape = IntStream.range(0, dims).map(dim -> buffer.getInt(4 * dim)).toArray();
    if (Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw bad("has a negative size", file, "%s", describe(shape));
    }
    return shape;
  }

  /// Decided by the content, so that a decompressed file that kept its `.gz` still opens.
  private static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("IDX file expected, found a folder: " + file);
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return compressed ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static long saturatedProduct(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    return high != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  private static String describe(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  @FormatMethod
  private static IOException bad(
      String what, Path file, @FormatString String detail, Object... values) {
    return new IOException("IDX file %s: %s (%s)".formatted(what, file, detail.formatted(values)));
  }
}
