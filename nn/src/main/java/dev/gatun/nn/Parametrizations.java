package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Weights that are computed from other parameters at each `forward`: PyTorch's
/// `torch.nn.utils.weight_norm` and `spectral_norm`, with the names that they give in a
/// `state_dict`.
///
/// Linear and bilinear layers and convolutions can have such a weight. The layer's `weight()` is
/// then the parameter behind it, `weight_v` or `weight_orig`; an optimizer that is made afterwards
/// trains what [Module#parameters()] lists then.
///
/// ```java
/// var layer = Parametrizations.weightNorm(new Linear(20, 40)); // bias, weight_g, weight_v
/// ```
public final class Parametrizations {
  private static final String WEIGHT = "weight";
  private static final String LENGTH = "_g";
  private static final String DIRECTION = "_v";
  private static final String ORIGINAL = "_orig";
  private static final String LEFT = "_u";
  private static final String RIGHT = "_v";

  private Parametrizations() {}

  /// As [#weightNorm(Module, String, Integer)], of `weight` and its first dimension.
  ///
  /// @param <M> the type of the module
  /// @param module to be changed
  /// @return `module`
  @CanIgnoreReturnValue
  public static <M extends Module> M weightNorm(M module) {
    return weightNorm(module, WEIGHT, 0);
  }

  /// Splits a parameter into length and direction, `w = g · v / ‖v‖` (Salimans and Kingma,
  /// arXiv:1602.07868): `name_g` and `name_v` take its place.
  ///
  /// @param <M> the type of the module
  /// @param module to be changed
  /// @param name of the parameter
  /// @param dim the dimension that has a length for each index; null for one length of all
  /// @return `module`
  /// @throws IllegalArgumentException if the module has no such parameter, or computes it already
  @CanIgnoreReturnValue
  public static <M extends Module> M weightNorm(M module, String name, @Nullable Integer dim) {
    Parameter v = take("weightNorm", module, name);
    Integer at = dim == null ? null : dim("weightNorm", v, dim);
    try (var _ = Scope.open("weightNorm");
        var _ = NoGrad.open()) {
      Parameter g = new Parameter(Reparametrization.Direction.norm(v, at));
      Registry registry = module.registry();
      registry.replace(name, new Reparametrization.Direction(g, v, at));
      registry.parameters.put(name + LENGTH, g);
      registry.parameters.put(name + DIRECTION, v);
    }
    return module;
  }

  /// Makes what [#weightNorm(Module, String, Integer)] split a parameter again.
  ///
  /// @param <M> the type of the module
  /// @param module to be changed
  /// @param name of the parameter
  /// @return `module`
  /// @throws IllegalArgumentException if it was not split
  @CanIgnoreReturnValue
  public static <M extends Module> M removeWeightNorm(M module, String name) {
    Registry registry = module.registry();
    if (!(registry.computed(name) instanceof Reparametrization.Direction direction)) {
      throw absent("removeWeightNorm", "weightNorm", module, name);
    }
    fix(direction, direction.v());
    registry.parameters.remove(name + LENGTH);
    registry.parameters.remove(name + DIRECTION);
    registry.restore(name, direction.v());
    direction.g().free();
    return module;
  }

  /// As [#spectralNorm(Module, String, int, double, int, Generator)], of `weight`, with one
  /// iteration and PyTorch's other defaults.
  ///
  /// @param <M> the type of the module
  /// @param module to be changed
  /// @return `module`
  @CanIgnoreReturnValue
  public static <M extends Module> M spectralNorm(M module) {
    int dim = module instanceof Transposed ? 1 : 0;
    return spectralNorm(module, WEIGHT, 1, 1e-12, dim, Generator.shared());
  }

  /// Divides a parameter by its largest singular value (Miyato and others, arXiv:1802.05957), which
  /// power iterations estimate, some in each `forward` in training: the parameter becomes
  /// `name_orig`, the singular vectors are buffers `name_u` and `name_v`.
  ///
  /// @param <M> the type of the module
  /// @param module to be changed
  /// @param name of the parameter
  /// @param iterations in each `forward` in training, at least 1
  /// @param eps what norms are at least taken to be
  /// @param dim the dimension that becomes the rows of a matrix; 1 for transposed convolutions,
  ///   else 0
  /// @param generator where the first vectors are drawn from
  /// @return `module`
  /// @throws IllegalArgumentException if the module has no such parameter, or computes it already
  @CanIgnoreReturnValue
  public static <M extends Module> M spectralNorm(
      M module, String name, int iterations, double eps, int dim, Generator generator) {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "spectralNorm: the number of iterations must be positive: " + iterations);
    }
    Parameter weight = take("spectralNorm", module, name);
    int at = dim("spectralNorm", weight, dim);
    try (var _ = Scope.open("spectralNorm");
        var _ = NoGrad.open()) {
      Tensor matrix = Reparametrization.Spectrum.matrix(weight, at);
      Tensor u = Tensor.randn(generator, weight.dtype(), matrix.size(0));
      Tensor v = Tensor.randn(generator, weight.dtype(), matrix.size(1));
      Tensor left = module.buffer(name + LEFT, F.normalize(u, 2, 0, eps));
      Tensor right = module.buffer(name + RIGHT, F.normalize(v, 2, 0, eps));
      Registry registry = module.registry();
      registry.replace(
          name, new Reparametrization.Spectrum(weight, left, right, at, iterations, eps));
      registry.parameters.put(name + ORIGINAL, weight);
    }
    return module;
  }

  /// Makes what [#spectralNorm(Module)] divides a parameter again, divided as it is now.
  ///
  /// @param <M> the type of the module
  /// @param module to be changed
  /// @param name of the parameter
  /// @return `module`
  /// @throws IllegalArgumentException if it is not divided
  @CanIgnoreReturnValue
  public static <M extends Module> M removeSpectralNorm(M module, String name) {
    Registry registry = module.registry();
    if (!(registry.computed(name) instanceof Reparametrization.Spectrum spectrum)) {
      throw absent("removeSpectralNorm", "spectralNorm", module, name);
    }
    fix(spectrum, spectrum.weight());
    registry.parameters.remove(name + ORIGINAL);
    registry.buffers.remove(name + LEFT);
    registry.buffers.remove(name + RIGHT);
    registry.restore(name, spectrum.weight());
    spectrum.u().free();
    spectrum.v().free();
    return module;
  }

  private static void fix(Reparametrization computed, Parameter parameter) {
    try (var _ = Scope.open("parametrization");
        var _ = NoGrad.open()) {
      parameter.copy_(computed.compute(false));
    }
  }

  /// The parameter of that name, if it can be computed.
  private static Parameter take(String what, Module module, String name) {
    Registry registry = module.registry();
    String type = ModuleTree.typeName(module);
    if (registry.computed(name) != null) {
      throw new IllegalArgumentException(
          "%s: '%s' of %s is computed already; remove that first".formatted(what, name, type));
    }
    Parameter parameter = registry.parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "%s: %s has no parameter '%s' of its own: %s"
              .formatted(what, type, name, registry.parameters.keySet()));
    }
    if (!module.computes(name)) {
      throw new IllegalArgumentException(
          "%s: %s reads '%s' itself; linear and bilinear layers and convolutions can have a 'weight'"
                  .formatted(what, type, name)
              + " that is computed");
    }
    if (parameter.isUninitialized()) {
      throw new IllegalArgumentException(
          "%s: '%s' of %s is uninitialized; call the module with an input first"
              .formatted(what, name, type));
    }
    return parameter;
  }

  private static int dim(String what, Tensor weight, int dim) {
    int at = dim < 0 ? dim + weight.dim() : dim;
    if (at < 0 || at >= weight.dim()) {
      throw new IndexOutOfBoundsException(
          "%s: dim must be %d to %d: %d".formatted(what, -weight.dim(), weight.dim() - 1, dim));
    }
    return at;
  }

  private static IllegalArgumentException absent(
      String what, String other, Module module, String name) {
    return new IllegalArgumentException(
        "%s: %s has no %s of '%s'".formatted(what, ModuleTree.typeName(module), other, name));
  }
}
