package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.Collections;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/// Multiplies the first rate by a function of the epoch. Functions are not in its state.
public final class LambdaLR extends EpochScheduler {
  private final List<LongToDoubleFunction> lambdas;

  /// With one function for all groups.
  ///
  /// @param optimizer whose rates are set
  /// @param lambda is given the epoch
  public LambdaLR(Optimizer optimizer, LongToDoubleFunction lambda) {
    this(optimizer, Collections.nCopies(optimizer.groups().size(), lambda));
  }

  /// Sets the rates of epoch 0.
  ///
  /// @param optimizer whose rates are set
  /// @param lambdas one for each group
  public LambdaLR(Optimizer optimizer, List<LongToDoubleFunction> lambdas) {
    super(optimizer);
    Rates.requireCount("LambdaLR: functions", optimizer.groups().size(), lambdas.size());
    this.lambdas = List.copyOf(lambdas);
    start();
  }

  @Override
  protected double rate(ParameterGroup group, int index) {
    return baseLr(index) * lambdas.get(index).applyAsDouble(lastEpoch());
  }
}
