package dev.gatun.tensor;

import static dev.gatun.tensor.InPlacePrograms.get;
import static java.util.Objects.requireNonNull;

import dev.gatun.tensor.Programs.Program;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Programs that use more of the graph than one backward.
final class AutogradPrograms {
  private static final GradOptions OPTIONS = new GradOptions();
  private static final Functional.Config PLAIN = new Functional.Config(false, false);

  private AutogradPrograms() {}

  static Stream<Program> entries() {
    return Stream.of(
        new Program("retain-grad", AutogradPrograms::retainGrad),
        new Program("hooks", AutogradPrograms::hooks),
        new Program("grad-of-intermediate", AutogradPrograms::gradOfIntermediate),
        new Program("backward-inputs", AutogradPrograms::backwardInputs),
        new Program("backward-of-several", AutogradPrograms::backwardOfSeveral),
        new Program("custom-function", AutogradPrograms::customFunction),
        new Program("checkpoint", AutogradPrograms::checkpoint),
        new Program("jacobian", AutogradPrograms::jacobian),
        new Program("hessian", AutogradPrograms::hessian),
        new Program("vjp", AutogradPrograms::vjp),
        new Program("jvp", AutogradPrograms::jvp),
        new Program(
            "hvp", in -> product(Functional.hvp(AutogradPrograms::scalar, ab(in), uv(in), PLAIN))),
        new Program(
            "vhp", in -> product(Functional.vhp(AutogradPrograms::scalar, ab(in), uv(in), PLAIN))));
  }

  private static List<Tensor> ab(Map<String, Tensor> in) {
    return List.of(get(in, "a"), get(in, "b"));
  }

  private static List<Tensor> uv(Map<String, Tensor> in) {
    return List.of(get(in, "u"), get(in, "v"));
  }

  private static Map<String, Tensor> retainGrad(Map<String, Tensor> in) {
    Tensor h = get(in, "a").mul(get(in, "b"));
    h.retainGrad();
    Tensor loss = h.mul(h).sum();
    loss.backward(OPTIONS.retainGraph());
    loss.backward();
    return Map.of("h", h, "gh", requireNonNull(h.grad()));
  }

  private static Map<String, Tensor> hooks(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor h = a.tanh();
    h.registerHook(g -> g.mul(2));
    h.registerHook(g -> g.add(1));
    a.registerHook(g -> g.neg());
    Tensor loss = h.mul(h).mul(get(in, "b")).sum().add(a.sum());
    loss.backward();
    return Map.of("h", h, "loss", loss);
  }

  private static Map<String, Tensor> gradOfIntermediate(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor v = get(in, "v");
    Tensor h = a.exp();
    Tensor y = h.mul(get(in, "b"));
    List<@Nullable Tensor> g =
        Autograd.grad(List.of(y, y.mul(y)), List.of(h, a), OPTIONS.gradOutputs(v, v.mul(2)));
    a.sum().backward();
    return Map.of("gh", requireNonNull(g.get(0)), "ga", requireNonNull(g.get(1)));
  }

  private static Map<String, Tensor> backwardInputs(Map<String, Tensor> in) {
    Tensor b = get(in, "b");
    Tensor h = get(in, "a").mul(b);
    Tensor loss = h.mul(h).sum();
    loss.backward(OPTIONS.retainGraph(), b);
    Tensor first = requireNonNull(b.grad()).copy();
    loss.backward();
    return Map.of("first", first);
  }

  private static Map<String, Tensor> backwardOfSeveral(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor y = a.mul(a);
    Autograd.backward(List.of(y, a.sum()), OPTIONS.gradOutputs(get(in, "v"), null));
    return Map.of("y", y);
  }

  private record Cube() implements AutogradFunction {
    @Override
    public List<Tensor> forward(AutogradContext context, List<Tensor> inputs) {
      context.saveForBackward(inputs.getFirst());
      return List.of(inputs.getFirst().pow(3));
    }

    @Override
    public List<@Nullable Tensor> backward(
        AutogradContext context, List<@Nullable Tensor> gradients) {
      Tensor x = context.savedTensors().getFirst();
      return List.of(requireNonNull(gradients.getFirst()).mul(3).mul(x).mul(x));
    }
  }

  private static Map<String, Tensor> customFunction(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor y = new Cube().call(a).mul(get(in, "b")).sum();
    Tensor ga =
        requireNonNull(Autograd.grad(List.of(y), List.of(a), OPTIONS.createGraph()).getFirst());
    Tensor z = ga.square().sum();
    z.backward();
    return Map.of("y", y, "ga", ga, "z", z);
  }

  private static Map<String, Tensor> checkpoint(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor b = get(in, "b");
    Tensor h =
        Checkpoint.checkpoint(
                v -> List.of(v.get(0).mul(v.get(1)).tanh().mul(v.get(1))), List.of(a, b))
            .getFirst();
    Tensor k = Checkpoint.checkpoint(x -> x.mul(b).exp(), h);
    Tensor loss = k.mul(a).sum();
    loss.backward();
    return Map.of("k", k, "loss", loss);
  }

  private static Map<String, Tensor> jacobian(Map<String, Tensor> in) {
    List<Tensor> j =
        Functional.jacobian(v -> List.of(v.get(0).mul(v.get(1)).tanh().sum(1)), ab(in), PLAIN)
            .getFirst();
    return Map.of("ja", j.get(0), "jb", j.get(1));
  }

  private static Map<String, Tensor> hessian(Map<String, Tensor> in) {
    List<List<Tensor>> h =
        Functional.hessian(v -> v.get(0).mul(v.get(0)).mul(v.get(1)).exp().sum(), ab(in), PLAIN);
    return Map.of(
        "haa",
        h.get(0).get(0),
        "hab",
        h.get(0).get(1),
        "hba",
        h.get(1).get(0),
        "hbb",
        h.get(1).get(1));
  }

  private static Map<String, Tensor> vjp(Map<String, Tensor> in) {
    Functional.Product p =
        Functional.vjp(
            v -> List.of(v.get(0).matmul(v.get(1)).tanh()), ab(in), List.of(get(in, "v")), PLAIN);
    return Map.of(
        "y", p.outputs().getFirst(), "va", p.products().get(0), "vb", p.products().get(1));
  }

  private static Map<String, Tensor> jvp(Map<String, Tensor> in) {
    Functional.Product p =
        Functional.jvp(v -> List.of(v.get(0).matmul(v.get(1)).tanh()), ab(in), uv(in), PLAIN);
    return Map.of("y", p.outputs().getFirst(), "d", p.products().getFirst());
  }

  private static Tensor scalar(List<Tensor> v) {
    return v.get(0).mul(v.get(1).exp()).square().sum();
  }

  private static Map<String, Tensor> product(Functional.Product p) {
    return Map.of(
        "y", p.outputs().getFirst(), "pa", p.products().get(0), "pb", p.products().get(1));
  }
}
