package dev.gatun.tensor;

import dev.gatun.kernel.PackedWeights;
import dev.gatun.memory.Storage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weights in the layouts that products like best, one of each for all programs that multiply by
/// them, and for as long as one of these programs is open.
final class WeightCache {
  /// One version of some weights. Its layouts are made when they are first asked for.
  static final class Layouts {
    private final Tensor weight;
    private final int version;
    private int users;
    private @Nullable PackedWeights packed;
    private @Nullable Tensor turned;

    private Layouts(Tensor weight) {
      this.weight = weight;
      this.version = weight.storage.version();
    }

    /// Panels for products of many rows; null where there is no kernel for them.
    @Nullable PackedWeights packed() {
      synchronized (LAYOUTS) {
        if (packed == null) {
          packed =
              PackedWeights.of(
                  weight.memory(),
                  weight.offset,
                  !weight.contiguous,
                  weight.shape[0],
                  weight.shape[1]);
        }
        return packed;
      }
    }

    /// The transpose `[in,out]` in memory of its own, for products of few rows.
    Tensor turned() {
      synchronized (LAYOUTS) {
        Tensor made = turned;
        if (made == null) {
          made = weight.detach().t().shared();
          turned = made;
        }
        return made;
      }
    }

    /// Ends one use; after the last one the memory goes back.
    void release() {
      synchronized (LAYOUTS) {
        users--;
        if (users == 0) {
          LAYOUTS.remove(weight.storage, this);
          if (turned != null) {
            turned.free();
          }
        }
      }
    }
  }

  private static final Map<Storage, Layouts> LAYOUTS = new HashMap<>();

  private WeightCache() {}

  /// The layouts of weights as they are now, until [Layouts#release].
  static Layouts of(Tensor weight) {
    synchronized (LAYOUTS) {
      Layouts known = LAYOUTS.get(weight.storage);
      if (known == null || known.version != weight.storage.version()) {
        known = new Layouts(weight.detach());
        LAYOUTS.put(weight.storage, known);
      }
      known.users++;
      return known;
    }
  }
}
