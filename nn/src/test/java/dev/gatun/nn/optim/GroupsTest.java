package dev.gatun.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Checks;
import dev.gatun.nn.Parameter;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Parameter groups, closures, and the state of optimizers.
class GroupsTest {
  static Stream<String> names() {
    return Stream.of(
        "SGD",
        "Adam",
        "AdamW",
        "NAdam",
        "RAdam",
        "Adamax",
        "Adagrad",
        "Adadelta",
        "RMSprop",
        "Rprop",
        "ASGD");
  }

  private static Optimizer make(String name, List<Tensor> p) {
    return switch (name) {
      case "SGD" -> new SGD(p, 0.1, 0.9);
      case "Adam" -> new Adam(p, AdamOptions.of(0.1).amsgrad(true));
      case "AdamW" -> new AdamW(p, 0.1);
      case "RMSprop" -> new RMSprop(p, RMSprop.Options.of().momentum(0.5).centered(true));
      default -> OptimizerRows.make(name, p);
    };
  }

  private static void descend(Optimizer optimizer, List<Tensor> p) {
    optimizer.step(() -> {
      optimizer.zeroGrad();
      Tensor loss = p.get(0).sin().sum().add(p.get(1).square().sum());
      loss.backward();
      return loss;
    });
  }

  private static List<Tensor> parameters() {
    try (var _ = Scope.open()) {
      return List.of(
          new Parameter(Tensor.of(0.5f, -1f, 2f)), new Parameter(Tensor.of(0.25f).view(1, 1)));
    }
  }

  @Test
  void groupsFollowPyTorch() {
    Golden.Case c = Golden.load(GroupsTest.class, "groups.txt").cases().getFirst();
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      Parameter p = new Parameter(in.get("p"));
      Parameter q = new Parameter(in.get("q"));
      AdamOptions options = AdamOptions.of(0.05).weightDecay(0.01);
      ParameterGroup second =
          ParameterGroup.of(List.of(q)).lr(0.2).set("betas.0", 0.5).set("betas.1", 0.9);
      try (Optimizer optimizer = new Adam(options, ParameterGroup.of(List.of(p)))) {
        optimizer.addParamGroup(second);
        for (int step = 1; step <= 50; step++) {
          optimizer.zeroGrad();
          try (var _ = Scope.open()) {
            Tensor loss = p.sum().sub(1).square().add(q.mul(q.t()).sum());
            loss.add(p.mul(p).sum()).backward();
          }
          optimizer.step();
          if (c.outputs().containsKey("p" + step)) {
            Checks.assertClose(c.output("p" + step), p.detach());
            Checks.assertClose(c.output("q" + step), q.detach());
          }
        }
        assertEquals(
            "Adam[lr=0.05, beta1=0.9, beta2=0.999, eps=1.0E-8, weightDecay=0.01, amsgrad=false,"
                + " maximize=false], [lr=0.2, beta1=0.5, beta2=0.9, eps=1.0E-8,"
                + " weightDecay=0.01, amsgrad=false, maximize=false]",
            optimizer.toString());
      }
    }
  }

  /// Another optimizer goes on bit for bit.
  @ParameterizedTest
  @MethodSource("names")
  void resumesBitForBit(String name) {
    List<Tensor> p = parameters();
    List<Tensor> q = parameters();
    try (Optimizer first = make(name, p);
        Optimizer second = make(name, q)) {
      first.lr(0.07);
      for (int step = 0; step < 7; step++) {
        descend(first, p);
      }
      for (int i = 0; i < 2; i++) {
        try (var _ = dev.gatun.tensor.NoGrad.open()) {
          q.get(i).copy_(p.get(i));
        }
      }
      second.loadStateDict(first.stateDict());
      assertEquals(first.stateDict().numbers(), second.stateDict().numbers());
      for (int step = 0; step < 7; step++) {
        descend(first, p);
        descend(second, q);
      }
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(p.get(i).detach().toFloatArray(), q.get(i).detach().toFloatArray());
      }
    }
    p.forEach(Tensor::free);
    q.forEach(Tensor::free);
  }

  @Test
  void stateHasPyTorchsNames() {
    List<Tensor> p = parameters();
    try (Optimizer adam = make("Adam", p)) {
      descend(adam, p);
      OptimizerState state = adam.stateDict();
      assertEquals(
          "[state.0.exp_avg, state.0.exp_avg_sq, state.0.max_exp_avg_sq, state.1.exp_avg,"
              + " state.1.exp_avg_sq, state.1.max_exp_avg_sq]",
          state.tensors().keySet().toString());
      assertEquals(
          "{state.0.step=1.0, state.1.step=1.0, param_groups.0.lr=0.1,"
              + " param_groups.0.betas.0=0.9, param_groups.0.betas.1=0.999,"
              + " param_groups.0.eps=1.0E-8, param_groups.0.weight_decay=0.0,"
              + " param_groups.0.amsgrad=1.0, param_groups.0.maximize=0.0,"
              + " param_groups.0.params.0=0.0, param_groups.0.params.1=1.0}",
          state.numbers().toString());
      long held = MemoryStats.now().sharedBytes();
      adam.loadStateDict(adam.stateDict());
      assertEquals(held, MemoryStats.now().sharedBytes());
    }
    p.forEach(Tensor::free);
  }

  @Test
  void refusesAStateThatDoesNotFit() {
    List<Tensor> p = parameters();
    try (Optimizer adam = make("Adam", p)) {
      descend(adam, p);
      OptimizerState good = adam.stateDict();
      Map<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
      tensors.put("state.0.exp_avg", p.get(1).detach());
      tensors.put("state.7.exp_avg", p.get(1).detach());
      Map<String, Double> numbers = new LinkedHashMap<>(good.numbers());
      numbers.put("param_groups.0.betas.0", 1.5);
      numbers.remove("param_groups.0.params.1");
      numbers.put("nonsense", 1.0);
      assertEquals(
          "Adam: loadStateDict: 'state.7.exp_avg', where 2 are known; unexpected 'nonsense';"
              + " 'state.0.exp_avg' has shape [1,1], the parameter has [3]; group 0 has 2"
              + " parameters, the state has 1; group 0: optimizer: beta1 must be at least 0 and"
              + " below 1: 1.5",
          refused(() -> {
            adam.loadStateDict(new OptimizerState(tensors, numbers));
            return adam;
          }));
      assertEquals(good.numbers(), adam.stateDict().numbers());
    }
    p.forEach(Tensor::free);
  }

  @Test
  void zeroGradientsMayStay() {
    try (var _ = Scope.open()) {
      Parameter p = new Parameter(Tensor.ones(1));
      try (Optimizer optimizer = new SGD(List.of(p), SGD.Options.of(0.5).weightDecay(1))) {
        p.sum().backward();
        optimizer.zeroGrad(true);
        optimizer.step();
        assertEquals(1, p.get(0));
        p.sum().backward();
        optimizer.zeroGrad(false);
        optimizer.step();
        assertEquals(0.5, p.get(0));
      }
      p.free();
    }
  }

  private static @Nullable String refused(Supplier<?> action) {
    return assertThrows(IllegalArgumentException.class, action::get).getMessage();
  }

  @Test
  void rejectsGroupsThatDoNotFit() {
    List<Tensor> p = parameters();
    List<Tensor> first = List.of(p.get(0));
    try (Optimizer sgd = new SGD(first, 0.1)) {
      assertEquals(
          "SGD: options of another optimizer: AdamOptions[lr=1.0, beta1=0.9, beta2=0.999,"
              + " eps=1.0E-8, weightDecay=0.0, amsgrad=false, maximize=false]",
          refused(() -> add(sgd, ParameterGroup.of(List.of(p.get(1)), AdamOptions.of(1)))));
      assertEquals(
          "optimizer: tensor [3] is given twice",
          refused(() -> add(sgd, ParameterGroup.of(first))));
      assertEquals(
          "optimizer: lr must not be negative: -1.0",
          refused(() -> add(sgd, ParameterGroup.of(List.of(p.get(1))).lr(-1))));
      assertEquals(
          "optimizer: a group has no 'betas.0': [lr, momentum, dampening, weight_decay, nesterov,"
              + " maximize]",
          refused(() -> sgd.groups().getFirst().get("betas.0")));
      assertEquals(1, sgd.groups().size());
    }
    p.forEach(Tensor::free);
  }

  private static Optimizer add(Optimizer optimizer, ParameterGroup group) {
    optimizer.addParamGroup(group);
    return optimizer;
  }
}
