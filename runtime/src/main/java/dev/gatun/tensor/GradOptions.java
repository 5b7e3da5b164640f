package dev.gatun.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a backward pass is made: the keyword arguments of `torch.autograd.grad` and
/// `torch.autograd.backward`. Each method returns other options and leaves these as they are.
///
/// ```java
/// Autograd.grad(List.of(y), List.of(x), new GradOptions().gradOutputs(v).createGraph());
/// ```
public final class GradOptions {
  private final @Nullable List<@Nullable Tensor> gradOutputs;
  private final boolean retainGraph;
  private final boolean createGraph;
  private final boolean allowUnused;

  /// Gradients of scalars; the graph is freed, nothing is recorded, every input must be used.
  public GradOptions() {
    this(null, false, false, false);
  }

  private GradOptions(
      @Nullable List<@Nullable Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph,
      boolean allowUnused) {
    this.gradOutputs = gradOutputs;
    this.retainGraph = retainGraph;
    this.createGraph = createGraph;
    this.allowUnused = allowUnused;
  }

  /// Starts from these gradients of the outputs.
  ///
  /// @param gradients one for each output, in its shape and dtype; null means 1 for a scalar
  /// @return options
  public GradOptions gradOutputs(@Nullable Tensor... gradients) {
    return new GradOptions(Arrays.asList(gradients.clone()), retainGraph, createGraph, allowUnused);
  }

  /// Keeps what the graph saved for a further pass.
  ///
  /// @return options
  public GradOptions retainGraph() {
    return new GradOptions(gradOutputs, true, createGraph, allowUnused);
  }

  /// Records the pass, for gradients of gradients; keeps the graph too.
  ///
  /// @return options
  public GradOptions createGraph() {
    return new GradOptions(gradOutputs, true, true, allowUnused);
  }

  /// Results in null for an input that no output depends on, rather than in an error.
  ///
  /// @return options
  public GradOptions allowUnused() {
    return new GradOptions(gradOutputs, retainGraph, createGraph, true);
  }

  @Nullable List<@Nullable Tensor> gradOutputs() {
    return gradOutputs;
  }

  boolean retains() {
    return retainGraph;
  }

  boolean creates() {
    return createGraph;
  }

  boolean allowsUnused() {
    return allowUnused;
  }
}
