package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Sequences of several lengths as one tensor: PyTorch's `torch.nn.utils.rnn`. Results belong to
/// the current scope; gradients go through.
public final class RnnUtils {
  private RnnUtils() {}

  /// Drops the padding.
  ///
  /// @param input `[steps, batch, *]`, or `[batch, steps, *]` with `batchFirst`
  /// @param lengths of the sequences, 1 to `steps`
  /// @param batchFirst whether the batch comes first
  /// @param enforceSorted whether lengths that grow are an error; otherwise the sequences are
  ///   sorted, and results brought back to their order
  /// @return the packed sequences
  /// @throws ShapeException if there is not one length for each sequence
  /// @throws IllegalArgumentException if a length is out of range, or grows and must not
  public static PackedSequence packPaddedSequence(
      Tensor input, long[] lengths, boolean batchFirst, boolean enforceSorted) {
    Tensor x = batchFirst ? input.transpose(0, 1) : input;
    long steps = x.size(0);
    int batch = lengths.length;
    if (batch == 0 || x.size(1) != batch) {
      throw new ShapeException(
          "packPaddedSequence: needs a length for each sequence: %s with %d lengths"
              .formatted(Numbers.text(input.shape()), batch));
    }
    checkLengths(lengths, steps, enforceSorted);
    int[] order = order(lengths);
    long longest = lengths[order[0]];
    long[] sizes = new long[Math.toIntExact(longest)];
    long[] rows = new long[Math.toIntExact(Arrays.stream(lengths).sum())];
    int n = 0;
    for (int t = 0; t < sizes.length; t++) {
      for (int b = 0; b < batch && lengths[order[b]] > t; b++) {
        rows[n++] = (long) t * batch + order[b];
        sizes[t]++;
      }
    }
    long[] shape = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    shape[0] = -1;
    Tensor data = x.reshape(shape).indexSelect(0, Tensor.of(rows, n));
    Tensor batchSizes = Tensor.of(sizes, sizes.length);
    return enforceSorted
        ? new PackedSequence(data, batchSizes, null, null)
        : new PackedSequence(data, batchSizes, indices(order), indices(inverse(order)));
  }

  private static void checkLengths(long[] lengths, long steps, boolean enforceSorted) {
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] < 1 || lengths[b] > steps) {
        throw new IllegalArgumentException(
            "packPaddedSequence: length out of range: %d (expected 1..%d)"
                .formatted(lengths[b], steps));
      }
      if (enforceSorted && b > 0 && lengths[b] > lengths[b - 1]) {
        throw new IllegalArgumentException(
            "packPaddedSequence: lengths must not grow: %s; pass enforceSorted = false"
                .formatted(Numbers.text(lengths)));
      }
    }
  }

  /// The longest first; equal ones in the order in which they came.
  private static int[] order(long[] lengths) {
    return IntStream.range(0, lengths.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer b) -> -lengths[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int b = 0; b < order.length; b++) {
      inverse[order[b]] = b;
    }
    return inverse;
  }

  private static Tensor indices(int[] values) {
    return Tensor.of(Arrays.stream(values).asLongStream().toArray(), values.length);
  }

  /// Pads what [#packPaddedSequence] packed, with zeros.
  ///
  /// @param packed the sequences
  /// @param batchFirst whether the batch comes first in the result
  /// @return the sequences in their own order, and their lengths
  public static PaddedSequence padPackedSequence(PackedSequence packed, boolean batchFirst) {
    return padPackedSequence(packed, batchFirst, 0, packed.sizes().length);
  }

  /// Pads what [#packPaddedSequence] packed.
  ///
  /// @param packed the sequences
  /// @param batchFirst whether the batch comes first in the result
  /// @param paddingValue what follows the end of a sequence
  /// @param totalLength steps of the result
  /// @return the sequences in their own order, and their lengths
  /// @throws IllegalArgumentException if a sequence is longer than `totalLength`
  public static PaddedSequence padPackedSequence(
      PackedSequence packed, boolean batchFirst, double paddingValue, long totalLength) {
    long[] sizes = packed.sizes();
    if (totalLength < sizes.length) {
      throw new IllegalArgumentException(
          "padPackedSequence: totalLength is less than the longest sequence: %d < %d"
              .formatted(totalLength, sizes.length));
    }
    int batch = Math.toIntExact(sizes[0]);
    long[] order = order(packed.sortedIndices(), batch);
    long[] lengths = new long[batch];
    long[] rows = new long[Math.toIntExact(packed.data().size(0))];
    int n = 0;
    for (int t = 0; t < sizes.length; t++) {
      for (int b = 0; b < sizes[t]; b++) {
        rows[n++] = t * (long) batch + order[b];
        lengths[(int) order[b]]++;
      }
    }
    long[] shape = packed.data().shape().clone();
    shape[0] = totalLength * batch;
    Tensor padding = Tensor.full(packed.data().dtype(), paddingValue, shape);
    Tensor flat = padding.indexCopy(0, Tensor.of(rows, n), packed.data());
    long[] whole = new long[shape.length + 1];
    System.arraycopy(shape, 1, whole, 2, shape.length - 1);
    whole[0] = totalLength;
    whole[1] = batch;
    Tensor output = flat.view(whole);
    return new PaddedSequence(
        batchFirst ? output.transpose(0, 1) : output, Tensor.of(lengths, batch));
  }

  private static long[] order(@Nullable Tensor sorted, int batch) {
    if (sorted != null) {
      return sorted.toLongArray();
    }
    long[] order = new long[batch];
    Arrays.setAll(order, b -> b);
    return order;
  }

  /// Stacks sequences of several lengths, each padded to the longest one.
  ///
  /// @param sequences `[steps, *]` each, of one dtype; at least one
  /// @param batchFirst whether the batch comes first in the result
  /// @param paddingValue what follows the end of a sequence
  /// @return `[longest, batch, *]`, or `[batch, longest, *]`
  /// @throws IllegalArgumentException if there are no sequences, or scalars
  /// @throws ShapeException if they differ in more than their lengths
  public static Tensor padSequence(
      List<Tensor> sequences, boolean batchFirst, double paddingValue) {
    long longest = Arrays.stream(lengths("padSequence", sequences)).max().orElse(0);
    Tensor[] padded = new Tensor[sequences.size()];
    for (int b = 0; b < padded.length; b++) {
      Tensor x = sequences.get(b);
      long[] pads = new long[2 * x.shape().length];
      pads[pads.length - 1] = longest - x.size(0);
      padded[b] = x.padWith(paddingValue, pads);
    }
    return Tensor.stack(batchFirst ? 0 : 1, padded);
  }

  /// [#packPaddedSequence] of sequences that were not padded.
  ///
  /// @param sequences `[steps, *]` each, of one dtype; at least one
  /// @param enforceSorted whether lengths that grow are an error
  /// @return the packed sequences
  /// @throws IllegalArgumentException if there are no sequences, or one is empty
  /// @throws ShapeException if they differ in more than their lengths
  public static PackedSequence packSequence(List<Tensor> sequences, boolean enforceSorted) {
    long[] lengths = lengths("packSequence", sequences);
    return packPaddedSequence(padSequence(sequences, false, 0), lengths, false, enforceSorted);
  }

  private static long[] lengths(String op, List<Tensor> sequences) {
    if (sequences.isEmpty() || sequences.stream().anyMatch(x -> x.shape().length == 0)) {
      throw new IllegalArgumentException(op + ": needs sequences of at least one dimension");
    }
    return sequences.stream().mapToLong(x -> x.size(0)).toArray();
  }
}
