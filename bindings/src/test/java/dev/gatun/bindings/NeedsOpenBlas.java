package dev.gatun.bindings;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test where there is no OpenBLAS; with `-Dtests.require=openblas` it runs and fails.
final class NeedsOpenBlas implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean required = "openblas".equals(System.getProperty("tests.require"));
    return required || Blas.isAvailable()
        ? ConditionEvaluationResult.enabled("OpenBLAS is there or required")
        : ConditionEvaluationResult.disabled(Blas.report().toString());
  }
}
