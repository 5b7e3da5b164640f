package dev.gatun.bench.compare;

import dev.gatun.bench.ReferenceEncoder;
import dev.gatun.memory.Scope;
import java.util.Locale;

/// A Transformer's encoder layer and two of its parts. The loss of the layer is the mean of the
/// squares of its output; it has a dropout of 0 and ReLU between its linear layers.
///
/// @param part what is done
public record Encoding(Part part) implements Layer {
  /// Sequences of the layer and of the norm.
  public static final int BATCH = 32;

  /// Positions of theirs.
  public static final int LENGTH = 128;

  /// The size of a position.
  public static final int WIDTH = 256;

  /// Heads of the layer, and of the attention by itself.
  public static final int HEADS = 8;

  /// The size between the linear layers.
  public static final int INNER = 1024;

  /// Sequences of the attention by itself.
  public static final int SEQUENCES = 8;

  /// Positions of theirs.
  public static final int POSITIONS = 512;

  /// The size of one of its heads.
  public static final int HEAD = 64;

  /// The learning rate.
  public static final double LR = 0.1;

  /// What is done.
  public enum Part {
    /// The layer, nothing recorded.
    LAYER("encoder layer 256, 8 heads, of 32x128"),
    /// A step of training it.
    TRAINING("encoder layer 256, 8 heads, of 32x128, training"),
    /// `layer_norm` of `[BATCH,LENGTH,WIDTH]`.
    NORM("layer norm 32x128x256"),
    /// `scaled_dot_product_attention` of `[SEQUENCES,HEADS,POSITIONS,HEAD]`.
    ATTENTION("scaled dot product attention 8x8x512x64");

    private final String title;

    Part(String title) {
      this.title = title;
    }
  }

  /// A parameter.
  public static final class Weights {
    private final String name;
    private final float[] values;
    private final long[] shape;

    /// Takes its arguments as they are.
    ///
    /// @param name PyTorch's
    /// @param values row-major
    /// @param shape of it
    public Weights(String name, float[] values, long... shape) {
      this.name = name;
      this.values = values;
      this.shape = shape;
    }

    /// {@return PyTorch's name}
    public String name() {
      return name;
    }

    /// {@return the elements, row-major}
    public float[] values() {
      return values;
    }

    /// {@return the sizes}
    public long[] shape() {
      return shape;
    }
  }

  @Override
  public String name() {
    return part.title.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean training() {
    return part == Part.TRAINING;
  }

  /// What is encoded or normalized.
  ///
  /// @return `[BATCH,LENGTH,WIDTH]`
  public float[] x() {
    return Inputs.uniform(41, BATCH * LENGTH * WIDTH, 2);
  }

  /// The parameters of the layer, in PyTorch's order; those of its first norm alone for the norm.
  ///
  /// @return 12 of them, or 2
  public Weights[] weights() {
    Weights[] norm = {
      weights("norm1.weight", 42, 1, WIDTH), weights("norm1.bias", 43, 1, WIDTH),
      weights("norm2.weight", 44, 1, WIDTH), weights("norm2.bias", 45, 1, WIDTH)
    };
    if (part == Part.NORM) {
      return new Weights[] {norm[0], norm[1]};
    }
    return new Weights[] {
      weights("self_attn.in_proj_weight", 46, 0.1, 3 * WIDTH, WIDTH),
      weights("self_attn.in_proj_bias", 47, 0.1, 3 * WIDTH),
      weights("self_attn.out_proj.weight", 48, 0.06, WIDTH, WIDTH),
      weights("self_attn.out_proj.bias", 49, 0.1, WIDTH),
      weights("linear1.weight", 50, 0.06, INNER, WIDTH),
      weights("linear1.bias", 51, 0.06, INNER),
      weights("linear2.weight", 52, 0.03, WIDTH, INNER),
      weights("linear2.bias", 53, 0.03, WIDTH),
      norm[0],
      norm[1],
      norm[2],
      norm[3]
    };
  }

  private static Weights weights(String name, long seed, double bound, int... sizes) {
    int count = 1;
    long[] shape = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      count *= sizes[i];
      shape[i] = sizes[i];
    }
    return new Weights(name, Inputs.uniform(seed, count, bound), shape);
  }

  /// Queries, keys and values of the attention by itself.
  ///
  /// @param which of the three
  /// @return `[SEQUENCES,HEADS,POSITIONS,HEAD]`
  public float[] heads(int which) {
    return Inputs.uniform(60 + which, SEQUENCES * HEADS * POSITIONS * HEAD, 2);
  }

  @Override
  public void check(double[] got) {
    try (var _ = Scope.open()) {
      double[] want =
          switch (part) {
            case LAYER -> ReferenceEncoder.forward(this);
            case TRAINING -> ReferenceEncoder.losses(this);
            case NORM -> ReferenceEncoder.norm(this);
            case ATTENTION -> ReferenceEncoder.attention(this);
          };
      Inputs.requireClose(name(), got, want, 1e-4);
    }
  }
}
