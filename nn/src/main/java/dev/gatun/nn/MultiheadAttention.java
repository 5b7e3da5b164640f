package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Attention by several heads: `concat(head_1, …, head_h) W_outᵀ + b_out`, where each head is
/// `softmax(q kᵀ / √d) v` of its own projections of query, key and value (Vaswani et al.,
/// arXiv:1706.03762).
///
/// | tensor            | shape                                                          |
/// |-------------------|----------------------------------------------------------------|
/// | query             | `[L, N, E]`, `[N, L, E]` with `batchFirst`, or `[L, E]`        |
/// | key               | `[S, N, kdim]`, `[N, S, kdim]` with `batchFirst`, or `[S, kdim]` |
/// | value             | as key, with `vdim`                                            |
/// | `in_proj_weight`  | `[3 E, E]`; with a `kdim` or `vdim` other than E there are     |
/// |                   | `q_proj_weight` `[E, E]`, `k_proj_weight` `[E, kdim]` and `v_proj_weight` `[E, vdim]` |
/// | `in_proj_bias`    | `[3 E]`                                                        |
/// | `bias_k`,`bias_v` | `[1, 1, E]`, with `addBiasKv`                                  |
/// | `out_proj.weight` | `[E, E]`                                                       |
/// | `out_proj.bias`   | `[E]`                                                          |
/// | output            | the shape of query                                             |
/// | weights           | `[N, L, S]`, or `[N, heads, L, S]` when not averaged           |
///
/// Projections start as Glorot's uniform ones, biases as 0, `bias_k` and `bias_v` as Glorot's
/// normal ones, `out_proj.weight` as that of [Linear].
///
/// Without weights in the result ([AttentionArguments#needWeights]) the scores are never in memory
/// as a whole; see [Tensor#scaledDotProductAttention(Tensor, Tensor, Tensor, double, boolean,
/// double, Generator)]. A query that sees no key attends to nothing, with weights of 0, where
/// PyTorch has NaN.
public final class MultiheadAttention extends Module {
  private final Options options;
  private final AttentionHeads heads;
  private final Linear outProj;

  /// F32, with biases, sequence first, without dropout.
  ///
  /// @param embedDim E
  /// @param numHeads heads, of `embedDim / numHeads` elements each
  public MultiheadAttention(long embedDim, int numHeads) {
    this(Options.of(embedDim, numHeads));
  }

  /// With options: `new MultiheadAttention(Options.of(256, 8).batchFirst(true))`.
  ///
  /// @param options how to attend
  /// @throws IllegalArgumentException if `embedDim` is not a multiple of `numHeads`
  public MultiheadAttention(Options options) {
    options.check();
    this.options = options;
    long e = options.embedDim;
    DType dtype = options.dtype;
    try (var _ = Scope.open("MultiheadAttention")) {
      Parameter in = null;
      List<Parameter> apart = List.of();
      if (options.isPacked()) {
        in = parameter("in_proj_weight", Tensor.empty(dtype, 3 * e, e));
      } else {
        apart =
            List.of(
                parameter("q_proj_weight", Tensor.empty(dtype, e, e)),
                parameter("k_proj_weight", Tensor.empty(dtype, e, options.kdim)),
                parameter("v_proj_weight", Tensor.empty(dtype, e, options.vdim)));
      }
      Parameter bias = options.bias ? parameter("in_proj_bias", Tensor.zeros(dtype, 3 * e)) : null;
      Parameter k = options.addBiasKv ? parameter("bias_k", Tensor.empty(dtype, 1, 1, e)) : null;
      Parameter v = options.addBiasKv ? parameter("bias_v", Tensor.empty(dtype, 1, 1, e)) : null;
      heads = new AttentionHeads(options, in, apart, bias, k, v);
    }
    outProj =
        child(
            "out_proj",
            new NonDynamicallyQuantizableLinear(e, e, options.bias, dtype, options.generator));
    resetParameters(options.generator);
  }

  /// Draws the parameters anew.
  ///
  /// @param generator where they are drawn from
  public void resetParameters(Generator generator) {
    outProj.resetParameters(generator);
    Parameter bias = outProj.bias();
    if (bias != null) {
      Init.zeros_(bias);
    }
    heads.reset(generator);
  }

  /// Attention of a sequence to itself; of the result only the output.
  ///
  /// @param x query, key and value
  /// @return the shape of `x`
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, x, x, AttentionArguments.of().needWeights(false)).output();
  }

  /// Attention with weights averaged over the heads, as PyTorch's without further arguments.
  ///
  /// @param query what asks
  /// @param key what is compared with it
  /// @param value what is summed
  /// @return output and weights
  public Result forward(Tensor query, Tensor key, Tensor value) {
    return forward(query, key, value, AttentionArguments.of());
  }

  /// Attention. Where query, key and value are one tensor, one product projects all three.
  ///
  /// @param query what asks
  /// @param key what is compared with it
  /// @param value what is summed
  /// @param arguments masks, and whether weights are wanted
  /// @return output and weights
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public Result forward(Tensor query, Tensor key, Tensor value, AttentionArguments arguments) {
    double p = isTraining() ? options.dropout : 0;
    Result inner = heads.attend(query, key, value, arguments, p);
    return new Result(outProj.call(inner.output), inner.weights);
  }

  /// {@return how this attends}
  public Options options() {
    return options;
  }

  /// What attention gives.
  ///
  /// @param output the shape of query
  /// @param weights null unless asked for
  public record Result(Tensor output, @Nullable Tensor weights) {}

  /// How to attend.
  ///
  /// @param embedDim E, the size of query and output
  /// @param numHeads heads, of `embedDim / numHeads` elements each
  /// @param dropout the probability of a weight to be dropped in training
  /// @param bias whether projections have one
  /// @param addBiasKv whether a learned key and value follow the others
  /// @param addZeroAttn whether a key and value of zeros follow the others
  /// @param kdim size of the key
  /// @param vdim size of the value
  /// @param batchFirst whether the batch is the first dimension, not the second
  /// @param dtype F32 or F64
  /// @param generator where parameters, and weights to drop, are drawn from
  public record Options(
      long embedDim,
      int numHeads,
      double dropout,
      boolean bias,
      boolean addBiasKv,
      boolean addZeroAttn,
      long kdim,
      long vdim,
      boolean batchFirst,
      DType dtype,
      Generator generator) {
    /// PyTorch's defaults: sequence first, with biases, without dropout; F32.
    ///
    /// @param embedDim E
    /// @param numHeads heads
    /// @return the options
    public static Options of(long embedDim, int numHeads) {
      return new Options(
          embedDim,
          numHeads,
          0,
          true,
          false,
          false,
          embedDim,
          embedDim,
          false,
          DType.F32,
          Generator.shared());
    }

    /// The same with another dropout.
    ///
    /// @param dropout the probability of a weight to be dropped in training
    /// @return the changed options
    public Options dropout(double dropout) {
      return with(to -> to.dropout = dropout);
    }

    /// The same with or without biases.
    ///
    /// @param bias whether projections have one
    /// @return the changed options
    public Options bias(boolean bias) {
      return with(to -> to.bias = bias);
    }

    /// The same with or without a learned key and value.
    ///
    /// @param addBiasKv whether a learned key and value follow the others
    /// @return the changed options
    public Options addBiasKv(boolean addBiasKv) {
      return with(to -> to.addBiasKv = addBiasKv);
    }

    /// The same with or without a key and value of zeros.
    ///
    /// @param addZeroAttn whether a key and value of zeros follow the others
    /// @return the changed options
    public Options addZeroAttn(boolean addZeroAttn) {
      return with(to -> to.addZeroAttn = addZeroAttn);
    }

    /// The same with keys of another size.
    ///
    /// @param kdim size of the key
    /// @return the changed options
    public Options kdim(long kdim) {
      return with(to -> to.kdim = kdim);
    }

    /// The same with values of another size.
    ///
    /// @param vdim size of the value
    /// @return the changed options
    public Options vdim(long vdim) {
      return with(to -> to.vdim = vdim);
    }

    /// The same with the dimensions in this order.
    ///
    /// @param batchFirst whether the batch is the first dimension, not the second
    /// @return the changed options
    public Options batchFirst(boolean batchFirst) {
      return with(to -> to.batchFirst = batchFirst);
    }

    /// The same in another dtype.
    ///
    /// @param dtype F32 or F64
    /// @return the changed options
    public Options dtype(DType dtype) {
      return with(to -> to.dtype = dtype);
    }

    /// The same with another generator.
    ///
    /// @param generator where parameters, and weights to drop, are drawn from
    /// @return the changed options
    public Options generator(Generator generator) {
      return with(to -> to.generator = generator);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(
          to.embedDim,
          to.numHeads,
          to.dropout,
          to.bias,
          to.addBiasKv,
          to.addZeroAttn,
          to.kdim,
          to.vdim,
          to.batchFirst,
          to.dtype,
          to.generator);
    }

    /// These while some of them change.
    private final class Draft {
      private long embedDim = embedDim();
      private int numHeads = numHeads();
      private double dropout = dropout();
      private boolean bias = bias();
      private boolean addBiasKv = addBiasKv();
      private boolean addZeroAttn = addZeroAttn();
      private long kdim = kdim();
      private long vdim = vdim();
      private boolean batchFirst = batchFirst();
      private DType dtype = dtype();
      private Generator generator = generator();
    }

    boolean isPacked() {
      return kdim == embedDim && vdim == embedDim;
    }

    void check() {
      if (embedDim < 1 || numHeads < 1 || embedDim % numHeads != 0) {
        throw new IllegalArgumentException(
            "MultiheadAttention: embedDim must be a multiple of numHeads: %d and %d"
                .formatted(embedDim, numHeads));
      }
      F.requireProbability(dropout);
    }
  }
}
