package dev.gatun.tensor;

import dev.gatun.kernel.PackedWeights;
import dev.gatun.kernel.ReducedWeights;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.PlannedMemory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weights in the layouts that products like best, one of each for all programs that multiply by
/// them, and for as long as one of these programs is open.
final class WeightCache {
  /// Which elements of a storage are the weights.
  private record Key(Storage storage, long offset, long out, long in, long rows, long columns) {
    static Key of(Tensor w) {
      return new Key(w.storage, w.offset, w.shape[0], w.shape[1], w.strides[0], w.strides[1]);
    }
  }

  /// Weights of fewer bits, and the memory that they are in.
  record Reduced(ReducedWeights weights, Storage storage) {}

  /// One version of some weights. Its layouts are made when they are first asked for.
  static final class Layouts {
    private final Tensor weight;
    private final int version;
    private final Map<ReducedWeights.Format, Reduced> reduced =
        new EnumMap<>(ReducedWeights.Format.class);
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

    /// The same in fewer bits.
    Reduced reduced(ReducedWeights.Format format) {
      synchronized (LAYOUTS) {
        return reduced.computeIfAbsent(format, this::reduce);
      }
    }

    private Reduced reduce(ReducedWeights.Format format) {
      long out = weight.shape[0];
      long in = weight.shape[1];
      Storage storage = Storage.allocateShared(ReducedWeights.bytes(format, out, in));
      try (var _ = Scope.open("weights")) {
        Tensor full = Raw.contiguous(weight.dtype == DType.F32 ? weight : weight.to(DType.F32));
        var memory = PlannedMemory.plain(storage);
        return new Reduced(
            ReducedWeights.of(format, full.memory(), full.offset, false, out, in, memory), storage);
      } catch (RuntimeException | Error e) {
        storage.free();
        throw e;
      }
    }

    /// Ends one use; after the last one the memory goes back.
    void release() {
      synchronized (LAYOUTS) {
        users--;
        if (users == 0) {
          LAYOUTS.remove(Key.of(weight), this);
          if (turned != null) {
            turned.free();
          }
          reduced.values().forEach(r -> r.storage.free());
        }
      }
    }
  }

  private static final Map<Key, Layouts> LAYOUTS = new HashMap<>();

  private WeightCache() {}

  /// The layouts of weights as they are now, until [Layouts#release].
  static Layouts of(Tensor weight) {
    synchronized (LAYOUTS) {
      Layouts known = LAYOUTS.get(Key.of(weight));
      if (known == null || known.version != weight.storage.version()) {
        known = new Layouts(weight.detach());
        LAYOUTS.put(Key.of(weight), known);
      }
      known.users++;
      return known;
    }
  }
}
