package dev.gatun.nn;

import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What layers of encoder and decoder have in common: parts that are added to their input, each
/// with a normalization and a dropout of its own.
abstract sealed class TransformerLayer extends Module
    permits TransformerEncoderLayer, TransformerDecoderLayer {
  private final TransformerOptions options;
  private final MultiheadAttention selfAttn;
  private final @Nullable MultiheadAttention multiheadAttn;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final List<LayerNorm> norms = new ArrayList<>();
  private final List<Dropout> dropouts = new ArrayList<>();

  /// @param crossed whether there is attention to another sequence too
  TransformerLayer(TransformerOptions options, boolean crossed) {
    this.options = options;
    long size = options.dModel();
    selfAttn = child("self_attn", attention());
    multiheadAttn = crossed ? child("multihead_attn", attention()) : null;
    linear1 = child("linear1", linear(size, options.dimFeedforward()));
    dropout = child("dropout", dropout());
    linear2 = child("linear2", linear(options.dimFeedforward(), size));
    int parts = crossed ? 3 : 2;
    for (int i = 1; i <= parts; i++) {
      var norm =
          new LayerNorm(new long[] {size}, options.layerNormEps(), true, true, options.dtype());
      norms.add(child("norm" + i, norm));
    }
    for (int i = 1; i <= parts; i++) {
      dropouts.add(child("dropout" + i, dropout()));
    }
  }

  private MultiheadAttention attention() {
    return new MultiheadAttention(
        MultiheadAttention.Options.of(options.dModel(), options.nhead())
            .dropout(options.dropout())
            .batchFirst(options.batchFirst())
            .dtype(options.dtype())
            .generator(options.generator()));
  }

  private Linear linear(long in, long out) {
    return new Linear(in, out, true, options.dtype(), options.generator());
  }

  private Dropout dropout() {
    return new Dropout(options.dropout(), options.generator());
  }

  /// {@return what this layer is like}
  public final TransformerOptions options() {
    return options;
  }

  /// Adds a part to its input, and normalizes before or after.
  final Tensor residual(int i, Tensor x, UnaryOperator<Tensor> part) {
    LayerNorm norm = norms.get(i);
    if (options.normFirst()) {
      return x.add(dropouts.get(i).call(part.apply(norm.call(x))));
    }
    return norm.call(x.add(dropouts.get(i).call(part.apply(x))));
  }

  final Tensor attendToItself(
      Tensor x, @Nullable Tensor mask, @Nullable Tensor padding, boolean isCausal) {
    var arguments = arguments(mask, padding, isCausal);
    return selfAttn.call(x, y -> selfAttn.forward(y, y, y, arguments).output());
  }

  final Tensor attendTo(Tensor memory, Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    MultiheadAttention attention = multiheadAttn == null ? selfAttn : multiheadAttn;
    var arguments = arguments(mask, padding, false);
    return attention.call(x, y -> attention.forward(y, memory, memory, arguments).output());
  }

  private static AttentionArguments arguments(
      @Nullable Tensor mask, @Nullable Tensor padding, boolean isCausal) {
    return AttentionArguments.of()
        .attnMask(mask)
        .keyPaddingMask(padding)
        .isCausal(isCausal)
        .needWeights(false);
  }

  final Tensor feedForward(Tensor x) {
    UnaryOperator<Tensor> function = options.function();
    if (function != null || linear1.hasHooks()) {
      return linear2.call(dropout.call(activate(linear1.call(x), function)));
    }
    Tensor inner = linear1.forward(x, options.activation());
    Tensor y = linear2.call(dropout.call(inner));
    if (NoGrad.isOpen() && !linear2.hasHooks() && !dropout.hasHooks()) {
      // The largest by far, and nobody can have seen it.
      inner.free();
    }
    return y;
  }

  private Tensor activate(Tensor x, @Nullable UnaryOperator<Tensor> function) {
    if (function != null) {
      return function.apply(x);
    }
    return switch (options.activation()) {
      case NONE -> x;
      case RELU -> x.relu();
      case SIGMOID -> x.sigmoid();
      case TANH -> x.tanh();
      case GELU -> x.gelu();
    };
  }

  /// Gives this the values, the mode and the frozen parameters of `other`.
  final void copy(TransformerLayer other) {
    loadStateDict(other.stateDict());
    train(other.isTraining());
    List<Parameter> from = other.parameters();
    List<Parameter> to = parameters();
    for (int i = 0; i < to.size(); i++) {
      to.get(i).requiresGrad_(from.get(i).requiresGrad());
    }
  }
}
