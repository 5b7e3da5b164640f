package dev.gatun.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// Linear layers with ReLU between them.
///
/// @param sizes of the input, of the hidden layers, of the output
public record Network(List<Integer> sizes) {
  /// The smaller one of the comparison.
  public static final Network SMALL = new Network(List.of(20, 256, 10));

  /// The larger one of the comparison.
  public static final Network DIGITS = new Network(List.of(784, 256, 128, 10));

  /// One layer.
  ///
  /// @param in numbers in its input
  /// @param out numbers in its output
  /// @param weight `[out,in]`, as PyTorch keeps it
  /// @param bias `[out]`
  @SuppressWarnings("ArrayRecordComponent")
  public record Layer(int in, int out, float[] weight, float[] bias) {
    /// The weight for a product from the right.
    ///
    /// @return `[in,out]`
    public float[] transposed() {
      float[] transposed = new float[weight.length];
      for (int i = 0; i < out; i++) {
        for (int j = 0; j < in; j++) {
          transposed[j * out + i] = weight[i * in + j];
        }
      }
      return transposed;
    }
  }

  /// A network by its name.
  ///
  /// @param name sizes with hyphens between them
  /// @return the network
  /// @throws NumberFormatException if one is not a number
  public static Network of(String name) {
    return new Network(Arrays.stream(name.split("-", -1)).map(Integer::valueOf).toList());
  }

  /// How many numbers go in.
  ///
  /// @return of one sample
  public int inputs() {
    return sizes.getFirst();
  }

  /// How many numbers come out.
  ///
  /// @return of one sample
  public int outputs() {
    return sizes.getLast();
  }

  /// New layers, always with the same numbers.
  ///
  /// @return from input to output
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.size(); i++) {
      int in = sizes.get(i - 1);
      int out = sizes.get(i);
      double bound = 1 / Math.sqrt(in);
      float[] weight = Inputs.uniform(100 + i, out * in, bound);
      layers.add(new Layer(in, out, weight, Inputs.uniform(200 + i, out, bound)));
    }
    return layers;
  }

  /// Samples.
  ///
  /// @param batch how many
  /// @return `[batch,inputs]`
  public float[] samples(int batch) {
    return Inputs.uniform(5, batch * inputs(), 1);
  }

  /// Classes of samples.
  ///
  /// @param batch how many samples
  /// @return one for each
  public long[] labels(int batch) {
    return new Random(6).longs(batch, 0, outputs()).toArray();
  }

  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
