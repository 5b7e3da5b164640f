package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Layers of [TransformerEncoderLayer] one after the other, and perhaps a normalization at the end.
/// Shapes are those of a layer. Parameters are those of PyTorch's `torch.nn.TransformerEncoder`.
public final class TransformerEncoder extends Module {
  private final ModuleList<TransformerEncoderLayer> layers;
  private final @Nullable Module norm;

  /// Without a normalization at the end.
  ///
  /// @param layer which is copied; it is no part of this, and still to be closed
  /// @param numLayers how many copies
  public TransformerEncoder(TransformerEncoderLayer layer, int numLayers) {
    this(layer, numLayers, null);
  }

  /// Layers that all start with the values of one.
  ///
  /// @param layer which is copied; it is no part of this, and still to be closed
  /// @param numLayers how many copies
  /// @param norm called at the end; null for none
  public TransformerEncoder(TransformerEncoderLayer layer, int numLayers, @Nullable Module norm) {
    this(() -> new TransformerEncoderLayer(layer), numLayers, norm);
  }

  /// Layers that each start with values of their own.
  ///
  /// @param layer makes a layer
  /// @param numLayers how many
  /// @param norm called at the end; null for none
  public TransformerEncoder(
      Supplier<TransformerEncoderLayer> layer, int numLayers, @Nullable Module norm) {
    if (numLayers < 0) {
      throw new IllegalArgumentException(
          "TransformerEncoder: the number of layers must not be negative: " + numLayers);
    }
    List<TransformerEncoderLayer> all = new ArrayList<>();
    for (int i = 0; i < numLayers; i++) {
      all.add(layer.get());
    }
    layers = child("layers", new ModuleList<>(all));
    this.norm = norm == null ? null : child("norm", norm);
  }

  /// {@return the layers, in their order}
  public ModuleList<TransformerEncoderLayer> layers() {
    return layers;
  }

  @Override
  public Tensor forward(Tensor src) {
    Tensor x = src;
    for (TransformerEncoderLayer layer : layers) {
      x = layer.call(x);
    }
    return normalize(x);
  }

  /// Encodes a sequence under masks.
  ///
  /// @param src the sequence
  /// @param mask `[S, S]` or `[N * nhead, S, S]`; BOOL where true hides, or added; null for none
  /// @param srcKeyPaddingMask `[N, S]`; BOOL where true hides, or added; null for none
  /// @return the shape of `src`
  public Tensor forward(Tensor src, @Nullable Tensor mask, @Nullable Tensor srcKeyPaddingMask) {
    return forward(src, mask, srcKeyPaddingMask, false);
  }

  /// Encodes a sequence under masks.
  ///
  /// @param src the sequence
  /// @param mask `[S, S]` or `[N * nhead, S, S]`; BOOL where true hides, or added; null for none
  /// @param srcKeyPaddingMask `[N, S]`; BOOL where true hides, or added; null for none
  /// @param isCausal whether each position sees itself and earlier ones alone, which saves a mask
  /// @return the shape of `src`
  public Tensor forward(
      Tensor src, @Nullable Tensor mask, @Nullable Tensor srcKeyPaddingMask, boolean isCausal) {
    Tensor x = src;
    for (TransformerEncoderLayer layer : layers) {
      x = layer.call(x, y -> layer.forward(y, mask, srcKeyPaddingMask, isCausal));
    }
    return normalize(x);
  }

  private Tensor normalize(Tensor x) {
    return norm == null ? x : norm.call(x);
  }
}
