package dev.gatun.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Checks;
import dev.gatun.nn.Parameter;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Optimizers that go on from a state which PyTorch saved, against where PyTorch's went.
class PyTorchStateTest {
  private static final Path ALL = Golden.path(PyTorchStateTest.class, "optimizers.pt");
  private static final Path ADAM = Golden.path(PyTorchStateTest.class, "adam.pt");
  private static final Golden CASES = Golden.load(PyTorchStateTest.class, "optimizer-states.txt");

  static Stream<Golden.Case> cases() {
    return CASES.cases().stream();
  }

  /// With other options than those of the file, which has to bring them.
  private static Optimizer make(String name, List<Tensor> p) {
    return switch (name.split("-", -1)[1]) {
      case "SGD" -> new SGD(p, 1);
      case "Adam" -> new Adam(p, 1);
      case "AdamW" -> new AdamW(p, 1);
      case "NAdam" -> new NAdam(p);
      case "RAdam" -> new RAdam(p);
      case "Adamax" -> new Adamax(p);
      case "Adagrad" -> new Adagrad(p);
      case "Adadelta" -> new Adadelta(p, 0.1);
      case "RMSprop" -> new RMSprop(p);
      case "Rprop" -> new Rprop(p);
      case "ASGD" -> new ASGD(p);
      case "LBFGS" -> new LBFGS(p);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesOnWherePyTorchWas(Golden.Case c) throws IOException {
    try (var _ = Scope.open()) {
      Parameter p = new Parameter(Checks.tensor(c.output("p7")));
      Parameter q = new Parameter(Checks.tensor(c.output("q7")));
      try (Optimizer optimizer = optimizer(c.name(), p, q)) {
        if (c.name().endsWith("groups")) {
          optimizer.load(ADAM);
        } else {
          optimizer.load(ALL, "optimizers." + c.name());
        }
        go(optimizer, Checks.inputs(c), p, q);
      }
      Checks.assertClose(c.output("p12"), p.detach());
      Checks.assertClose(c.output("q12"), q.detach());
      p.free();
      q.free();
    }
  }

  private static Optimizer optimizer(String name, Parameter p, Parameter q) {
    return name.endsWith("groups")
        ? new Adam(AdamOptions.of(1), ParameterGroup.of(List.of(p)), ParameterGroup.of(List.of(q)))
        : make(name, List.of(p, q));
  }

  private static void go(Optimizer optimizer, Checks.Inputs in, Parameter p, Parameter q) {
    for (int step = 0; step < 5; step++) {
      optimizer.step(() -> {
        optimizer.zeroGrad();
        Tensor x = Tensor.cat(0, p, q.view(-1));
        Tensor loss = in.get("A").mv(x).sub(in.get("b")).square().sum();
        Tensor all = loss.add(x.pow(4).sum().mul(0.1));
        all.backward();
        return all;
      });
    }
  }

  @Test
  void takesOverTheOptions() throws IOException {
    try (var _ = Scope.open()) {
      Parameter p = new Parameter(Tensor.zeros(3));
      Parameter q = new Parameter(Tensor.zeros(1, 2));
      try (Optimizer optimizer = optimizer("saved-Adam-groups", p, q)) {
        optimizer.load(ADAM);
        assertEquals(AdamOptions.of(0.05).eps(0.01), optimizer.groups().getFirst().options());
        assertEquals(AdamOptions.of(0.2), optimizer.groups().getLast().options());
        Map<String, Double> numbers = optimizer.stateDict().numbers();
        assertEquals(7, numbers.get("state.1.step"));
      }
      p.free();
      q.free();
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Parameter p = new Parameter(Tensor.zeros(3));
      try (Optimizer optimizer = new Adam(List.of(p), 0.5)) {
        assertStarts(
            "Adam: loadStateDict: 'state.1.exp_avg', where 1 are known;"
                + " 'state.1.exp_avg_sq', where 1 are known;"
                + " 'state.1.step', where 1 are known;"
                + " 'param_groups.1.lr', where 1 are known",
            () -> optimizer.load(ADAM));
        assertStarts(
            "Adam: load: several states of optimizers: " + ALL + " has [optimizers.saved-SGD, ",
            () -> optimizer.load(ALL));
        assertStarts(
            "Adam: load: no state 'optimizer': " + ADAM + " has []; name one of them",
            () -> optimizer.load(ADAM, "optimizer"));
        Path halves = Golden.path(PyTorchStateTest.class, "halves.pt");
        assertStarts(
            "Adam: load: no state of an optimizer is in %s; save optimizer.state_dict()"
                .formatted(halves),
            () -> optimizer.load(halves));
        assertEquals(0.5, optimizer.lr());
      }
      p.free();
    }
  }

  private static void assertStarts(String expected, Executable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    assertTrue(message.startsWith(expected), message);
  }
}
