package dev.gatun.tensor;

/// Losses of probabilities of two classes.
final class BinaryLosses {
  private static final double LEAST_LOG = -100;

  // Of F32 in any dtype, as in PyTorch.
  private static final double LEAST_VARIANCE = 1e-12f;

  private BinaryLosses() {}

  /// `y = -(t ln x + (1 - t) ln(1 - x))`, logarithms not below -100
  record BinaryCrossEntropy() implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor t) {
      Fused.floating("binaryCrossEntropy", x, t);
      Tensor p = x.detach();
      requireProbabilities(p);
      Tensor no = p.neg().log1p_().clampMin_(LEAST_LOG);
      Tensor yes = p.log().clampMin_(LEAST_LOG);
      Tensor y = no.sub(yes).mul_(t.detach()).sub_(no);
      no.free();
      yes.free();
      return y;
    }

    private static void requireProbabilities(Tensor x) {
      if (x.numel == 0) {
        return;
      }
      double least = x.min().item();
      double most = x.max().item();
      if (!(least >= 0 && most <= 1)) {
        throw new IllegalArgumentException(
            "binaryCrossEntropy: input must be between 0 and 1: smallest %s, largest %s; see binaryCrossEntropyWithLogits"
                .formatted(least, most));
      }
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g (x - t) / (x (1 - x))`
    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor variance = x.sub(x.square()).clampMin(LEAST_VARIANCE);
      return g.mul(x.sub(node.input(1)).div(variance));
    }

    /// `g (ln(1 - x) - ln x)`
    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor x = node.input(0);
      return g.mul(x.neg().log1p().sub(x.log()));
    }
  }
}
