package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Layers of [TransformerDecoderLayer] one after the other, and perhaps a normalization at the end.
/// Shapes are those of a layer. Parameters are those of PyTorch's `torch.nn.TransformerDecoder`.
public final class TransformerDecoder extends Module {
  private final ModuleList<TransformerDecoderLayer> layers;
  private final @Nullable Module norm;

  /// Without a normalization at the end.
  ///
  /// @param layer which is copied; it is no part of this, and still to be closed
  /// @param numLayers how many copies
  public TransformerDecoder(TransformerDecoderLayer layer, int numLayers) {
    this(layer, numLayers, null);
  }

  /// Layers that all start with the values of one.
  ///
  /// @param layer which is copied; it is no part of this, and still to be closed
  /// @param numLayers how many copies
  /// @param norm called at the end; null for none
  public TransformerDecoder(TransformerDecoderLayer layer, int numLayers, @Nullable Module norm) {
    this(() -> new TransformerDecoderLayer(layer), numLayers, norm);
  }

  /// Layers that each start with values of their own.
  ///
  /// @param layer makes a layer
  /// @param numLayers how many
  /// @param norm called at the end; null for none
  public TransformerDecoder(
      Supplier<TransformerDecoderLayer> layer, int numLayers, @Nullable Module norm) {
    if (numLayers < 0) {
      throw new IllegalArgumentException(
          "TransformerDecoder: the number of layers must not be negative: " + numLayers);
    }
    List<TransformerDecoderLayer> all = new ArrayList<>();
    for (int i = 0; i < numLayers; i++) {
      all.add(layer.get());
    }
    layers = child("layers", new ModuleList<>(all));
    this.norm = norm == null ? null : child("norm", norm);
  }

  /// {@return the layers, in their order}
  public ModuleList<TransformerDecoderLayer> layers() {
    return layers;
  }

  /// Throws: a decoder needs the result of an encoder too.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor tgt) {
    throw new UnsupportedOperationException(
        "TransformerDecoder: needs a memory; call forward(tgt, memory)");
  }

  /// Decodes a sequence without masks.
  ///
  /// @param tgt the sequence
  /// @param memory result of an encoder
  /// @return the shape of `tgt`
  public Tensor forward(Tensor tgt, Tensor memory) {
    return forward(tgt, memory, TransformerMasks.NONE);
  }

  /// Decodes a sequence under masks.
  ///
  /// @param tgt the sequence
  /// @param memory result of an encoder
  /// @param masks those of target and memory
  /// @return the shape of `tgt`
  public Tensor forward(Tensor tgt, Tensor memory, TransformerMasks masks) {
    Tensor x = tgt;
    for (TransformerDecoderLayer layer : layers) {
      x = layer.call(x, y -> layer.forward(y, memory, masks));
    }
    return normalize(x);
  }

  private Tensor normalize(Tensor x) {
    return norm == null ? x : norm.call(x);
  }
}
