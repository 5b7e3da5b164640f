package dev.gatun.tensor;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import java.util.Locale;
import java.util.Set;

/// Names of the kernels that steps of a [Program] run on.
final class StepKernels {
  private static final String PRODUCTS = Backends.current().name().toLowerCase(Locale.ROOT);
  private static final String ROWS =
      Backends.vectorAvailable() && Backends.current() != Backend.SCALAR ? "vector" : "scalar";

  /// Families of operations that multiply matrices inside.
  private static final Set<Class<?>> MIXED =
      Set.of(Convolutions.class, Attention.class, Recurrent.class);

  private StepKernels() {}

  /// What a step runs on.
  static String of(Step step) {
    String chosen = step.kernel();
    if (chosen != null) {
      return chosen;
    }
    Class<?> family = step.op == null ? null : step.op.getClass().getEnclosingClass();
    if (family == Products.class) {
      return PRODUCTS;
    }
    boolean mixed = family != null && MIXED.contains(family) && !PRODUCTS.equals(ROWS);
    return mixed ? PRODUCTS + " and " + ROWS : ROWS;
  }

  /// What multiplies matrices.
  static String products() {
    return PRODUCTS;
  }

  /// What everything else runs on.
  static String rows() {
    return ROWS;
  }
}
