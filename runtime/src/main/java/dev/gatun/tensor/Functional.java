package dev.gatun.tensor;

import dev.gatun.memory.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Derivatives of functions of tensors: PyTorch's `torch.autograd.functional`.
///
/// Functions take tensors and return tensors, and are called with leaves of the values of the given
/// inputs: nothing is accumulated in what the caller holds, and results are not part of its graph
/// unless [Config#createGraph] is asked for. A result that does not depend on an input has the
/// derivative 0, or is an error where [Config#strict] is asked for. Tensors that a function makes
/// and does not return are freed with the call, unless a graph is asked for.
public final class Functional {
  private static final Config PLAIN = new Config(false, false);

  private Functional() {}

  /// How derivatives are made.
  ///
  /// @param createGraph whether results can be differentiated with respect to the inputs in turn
  /// @param strict whether a result that does not depend on an input is an error
  public record Config(boolean createGraph, boolean strict) {}

  /// A function's results and a product with their derivative.
  ///
  /// @param outputs what the function returned
  /// @param products one tensor for each input (vjp, hvp, vhp) or output (jvp)
  public record Product(List<Tensor> outputs, List<Tensor> products) {}

  /// The Jacobian of a function of one tensor.
  ///
  /// @param function from one tensor to one
  /// @param input of any shape
  /// @return `J[i…, j…] = ∂y[i…]/∂x[j…]`, of the output's shape followed by the input's
  public static Tensor jacobian(Function<Tensor, Tensor> function, Tensor input) {
    return jacobian(lists(function), List.of(input), PLAIN).getFirst().getFirst();
  }

  /// The Jacobians of each output with respect to each input, a row at a time: one backward for
  /// each element of the outputs.
  ///
  /// @param function from tensors to tensors
  /// @param inputs of any shapes
  /// @param config whether to create graphs, and to be strict
  /// @return one list for each output, in it one Jacobian for each input, of the output's shape
  ///   followed by the input's
  /// @throws IllegalStateException if strict, and an output does not depend on an input
  public static List<List<Tensor>> jacobian(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs, Config config) {
    return scoped(
        "jacobian",
        config,
        scope -> {
          FunctionCall call = FunctionCall.of("jacobian", function, inputs, config);
          List<List<Tensor>> jacobians = new ArrayList<>();
          for (int i = 0; i < call.outputs().size(); i++) {
            List<Tensor> rows = call.rows(i, config);
            keep(scope, rows);
            jacobians.add(rows);
          }
          return jacobians;
        });
  }

  /// The Hessian of a function from one tensor to a scalar.
  ///
  /// @param function from one tensor to one element
  /// @param input of any shape
  /// @return `H[i…, j…] = ∂²y/∂x[i…]∂x[j…]`, of the input's shape twice
  public static Tensor hessian(Function<Tensor, Tensor> function, Tensor input) {
    return hessian(in -> function.apply(in.getFirst()), List.of(input), PLAIN)
        .getFirst()
        .getFirst();
  }

  /// The Hessian of a scalar function, in blocks.
  ///
  /// @param function from tensors to one element
  /// @param inputs of any shapes
  /// @param config whether to create graphs, and to be strict
  /// @return `H[a][b]`, of the shape of input `a` followed by that of input `b`
  /// @throws ShapeException if the function returns more than one element
  /// @throws IllegalStateException if strict, and the output or its gradient does not depend on an
  ///   input
  public static List<List<Tensor>> hessian(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, Config config) {
    Config inner = new Config(true, config.strict);
    return jacobian(in -> gradient("hessian", function, in, inner), inputs, config);
  }

  /// The product of a vector with the Jacobian: `vᵀ J`, by one backward.
  ///
  /// @param function from one tensor to one
  /// @param input of any shape
  /// @param v of the output's shape
  /// @return the output, and the product in the shape of the input
  public static Product vjp(Function<Tensor, Tensor> function, Tensor input, Tensor v) {
    return vjp(lists(function), List.of(input), List.of(v), PLAIN);
  }

  /// The products of vectors with the Jacobians of all outputs, added up for each input.
  ///
  /// @param function from tensors to tensors
  /// @param inputs of any shapes
  /// @param v one for each output, in its shape
  /// @param config whether to create graphs, and to be strict
  /// @return the outputs, and one product for each input in its shape
  /// @throws ShapeException if `v` does not have the shapes of the outputs
  public static Product vjp(
      Function<List<Tensor>, List<Tensor>> function,
      List<Tensor> inputs,
      List<Tensor> v,
      Config config) {
    return product(
        "vjp",
        config,
        () -> {
          FunctionCall call = FunctionCall.of("vjp", function, inputs, config);
          call.requireLike("vjp", "v", v, call.outputs());
          return new Product(call.results(), call.times(v, config.createGraph, config.strict));
        });
  }

  /// The product of the Jacobian with a vector: `J v`, by differentiating a vjp.
  ///
  /// @param function from one tensor to one, differentiable twice
  /// @param input of any shape
  /// @param v of the input's shape
  /// @return the output, and the product in the shape of the output
  public static Product jvp(Function<Tensor, Tensor> function, Tensor input, Tensor v) {
    return jvp(lists(function), List.of(input), List.of(v), PLAIN);
  }

  /// The products of the Jacobians with vectors, added up for each output.
  ///
  /// @param function from tensors to tensors, differentiable twice
  /// @param inputs of any shapes
  /// @param v one for each input, in its shape
  /// @param config whether to create graphs, and to be strict
  /// @return the outputs, and one product for each output in its shape
  /// @throws ShapeException if `v` does not have the shapes of the inputs
  public static Product jvp(
      Function<List<Tensor>, List<Tensor>> function,
      List<Tensor> inputs,
      List<Tensor> v,
      Config config) {
    return product(
        "jvp",
        config,
        () -> {
          FunctionCall call = FunctionCall.of("jvp", function, inputs, config);
          call.requireLike("jvp", "v", v, call.inputs());
          // uᵀ J is linear in u, whatever u is: its derivative along v is J v.
          List<Tensor> u = new ArrayList<>();
          for (Tensor y : call.outputs()) {
            u.add(Tensor.zeros(y.dtype, y.shape).requiresGrad_());
          }
          List<Tensor> rows = call.times(u, true, config.strict);
          return new Product(
              call.results(), FunctionCall.gradients("jvp", rows, u, v, config.createGraph, false));
        });
  }

  /// The product of a vector with the Hessian of a scalar function: `vᵀ H`, by two backwards.
  ///
  /// @param function from one tensor to one element
  /// @param input of any shape
  /// @param v of the input's shape
  /// @return the output, and the product in the shape of the input
  public static Product vhp(Function<Tensor, Tensor> function, Tensor input, Tensor v) {
    return vhp(in -> function.apply(in.getFirst()), List.of(input), List.of(v), PLAIN);
  }

  /// The products of vectors with the Hessian of a scalar function, in blocks.
  ///
  /// @param function from tensors to one element
  /// @param inputs of any shapes
  /// @param v one for each input, in its shape
  /// @param config whether to create graphs, and to be strict
  /// @return the output, and one product for each input in its shape
  /// @throws ShapeException if `v` does not have the shapes of the inputs, or the function returns
  ///   more than one element
  public static Product vhp(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, List<Tensor> v, Config config) {
    return secondProduct("vhp", function, inputs, v, config);
  }

  /// The product of the Hessian of a scalar function with a vector: `H v`. Since a Hessian is
  /// symmetric this is what [#vhp(Function, Tensor, Tensor)] finds, and it is found in that way.
  ///
  /// @param function from one tensor to one element, twice continuously differentiable
  /// @param input of any shape
  /// @param v of the input's shape
  /// @return the output, and the product in the shape of the input
  public static Product hvp(Function<Tensor, Tensor> function, Tensor input, Tensor v) {
    return hvp(in -> function.apply(in.getFirst()), List.of(input), List.of(v), PLAIN);
  }

  /// The products of the Hessian of a scalar function with vectors, in blocks.
  ///
  /// @param function from tensors to one element, twice continuously differentiable
  /// @param inputs of any shapes
  /// @param v one for each input, in its shape
  /// @param config whether to create graphs, and to be strict
  /// @return the output, and one product for each input in its shape
  /// @throws ShapeException as [#vhp(Function, List, List, Config)] does
  public static Product hvp(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, List<Tensor> v, Config config) {
    return secondProduct("hvp", function, inputs, v, config);
  }

  private static Product secondProduct(
      String op,
      Function<List<Tensor>, Tensor> function,
      List<Tensor> inputs,
      List<Tensor> v,
      Config config) {
    Config inner = new Config(true, config.strict);
    return product(
        op,
        config,
        () -> {
          List<Tensor> outputs = new ArrayList<>();
          FunctionCall call =
              FunctionCall.of(
                  op,
                  in -> {
                    Tensor y = function.apply(in);
                    outputs.add(config.createGraph ? y : y.detach());
                    return gradient(op, _ -> y, in, inner);
                  },
                  inputs,
                  config);
          call.requireLike(op, "v", v, call.inputs());
          return new Product(outputs, call.times(v, config.createGraph, config.strict));
        });
  }

  private static Product product(String op, Config config, Supplier<Product> work) {
    return scoped(
        op,
        config,
        scope -> {
          Product product = work.get();
          keep(scope, product.outputs);
          keep(scope, product.products);
          return product;
        });
  }

  /// Frees what was made in between, unless it is part of a graph that is asked for.
  private static <T> T scoped(String op, Config config, Function<@Nullable Scope, T> work) {
    if (config.createGraph) {
      return work.apply(null);
    }
    try (Scope scope = Scope.open(op)) {
      return work.apply(scope);
    }
  }

  private static void keep(@Nullable Scope scope, List<Tensor> results) {
    if (scope != null) {
      FunctionCall.keep(scope, results);
    }
  }

  private static List<Tensor> gradient(
      String op, Function<List<Tensor>, Tensor> function, List<Tensor> inputs, Config config) {
    Tensor y = function.apply(inputs);
    if (y.numel != 1) {
      throw new ShapeException(
          "%s: needs a function to one element, got %s".formatted(op, Shapes.format(y.shape)));
    }
    return FunctionCall.gradients(op, List.of(y), inputs, null, config.createGraph, config.strict);
  }

  private static Function<List<Tensor>, List<Tensor>> lists(Function<Tensor, Tensor> function) {
    return in -> List.of(function.apply(in.getFirst()));
  }
}
