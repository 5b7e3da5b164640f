package dev.gatun.nn;

import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.PadMode;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// [Conv1d], [Conv2d] and [Conv3d].
abstract sealed class Correlation extends Convolution permits Conv1d, Conv2d, Conv3d {
  Correlation(Options options, int dims) {
    super(options, dims, false);
  }

  @Override
  public final Tensor forward(Tensor x) {
    infer(x);
    @Nullable PadMode mode =
        switch (settings.mode()) {
          case ZEROS -> null;
          case REFLECT -> PadMode.REFLECT;
          case REPLICATE -> PadMode.REPLICATE;
          case CIRCULAR -> PadMode.CIRCULAR;
        };
    if (mode == null) {
      return apply(x, settings.whole());
    }
    Tensor padded = x.pad(mode, settings.pads());
    Tensor y = apply(padded, settings.unpadded());
    if (NoGrad.isOpen()) {
      padded.free();
    }
    return y;
  }
}
