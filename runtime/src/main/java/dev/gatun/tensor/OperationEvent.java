package dev.gatun.tensor;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// `dev.gatun.Operation`
@Name("dev.gatun.Operation")
@Label("Operation")
@Category("Gatun")
@Description("An operation on tensors that took long")
@Threshold("1 ms")
final class OperationEvent extends Event {
  @Label("Operation")
  @Nullable String operation;

  @Label("Operands")
  @Description("Their dtypes and shapes")
  @Nullable String operands;

  @Label("GFLOP/s")
  @Description("Of products; 0 for other operations")
  double gflops;
}
