package dev.gatun.kernel;

/// What a recurrent layer does at each step with the sums of its gates.
public enum RecurrentCell {
  /// `h = tanh(s)`
  RNN_TANH(1, 0),
  /// `h = max(s, 0)`
  RNN_RELU(1, 0),
  /// Gates i, f, g and o: `c = σ(f) c + σ(i) tanh(g)`, `h = σ(o) tanh(c)`
  LSTM(4, 4),
  /// Gates r, z and n: `h = (1 - σ(z)) tanh(n) + σ(z) h`, where the hidden part of `n` is scaled by
  /// `σ(r)`
  GRU(3, 4);

  private final int gates;
  private final int kept;

  RecurrentCell(int gates, int kept) {
    this.gates = gates;
    this.kept = kept;
  }

  /// Gates, each with as many rows of weights as there are hidden elements.
  ///
  /// @return how many
  public int gates() {
    return gates;
  }

  /// Values that backward reads, for each hidden element: the activated gates, and of [#GRU] the
  /// hidden part of `n`. With 0 it reads the hidden elements alone.
  ///
  /// @return how many
  public int kept() {
    return kept;
  }
}
