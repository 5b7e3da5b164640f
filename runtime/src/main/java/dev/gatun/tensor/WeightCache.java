package dev.gatun.tensor;

import dev.gatun.kernel.PackedWeights;
import dev.gatun.memory.Storage;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Weights in the layouts that products like best, one of each for all programs that multiply by
/// them, and for as long as the weights are there.
final class WeightCache {
  /// Both are made when they are first asked for.
  private static final class Layouts {
    private final int version;
    private @Nullable PackedWeights packed;
    private @Nullable Tensor turned;

    Layouts(int version) {
      this.version = version;
    }
  }

  private static final Map<Storage, Layouts> LAYOUTS = new WeakHashMap<>();

  private WeightCache() {}

  /// Panels for products of many rows; null where there is no kernel for them.
  static synchronized @Nullable PackedWeights packed(Tensor weight) {
    Layouts layouts = layouts(weight);
    if (layouts.packed == null) {
      layouts.packed =
          PackedWeights.of(
              weight.memory(), weight.offset, !weight.contiguous, weight.shape[0], weight.shape[1]);
    }
    return layouts.packed;
  }

  /// The transpose `[in,out]` in memory of its own, for products of few rows.
  static synchronized Tensor turned(Tensor weight) {
    Layouts layouts = layouts(weight);
    Tensor turned = layouts.turned;
    if (turned == null) {
      turned = weight.detach().t().shared();
      layouts.turned = turned;
    }
    return turned;
  }

  private static Layouts layouts(Tensor weight) {
    return LAYOUTS.compute(
        weight.storage,
        (storage, known) ->
            known == null || known.version != storage.version()
                ? new Layouts(storage.version())
                : known);
  }
}
