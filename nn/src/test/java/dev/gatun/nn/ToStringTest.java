package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Modules print as PyTorch prints them.
class ToStringTest {
  private static final class Block extends Module {
    private final Sequential net =
        child(
            "net", new Sequential(new Linear(20, 64), new ReLU(), new Linear(64, 32), new ReLU()));
    private final Linear linear = child("linear", new Linear(32, 16));

    @Override
    public Tensor forward(Tensor x) {
      return linear.forward(net.forward(x));
    }
  }

  private static final class Childless extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x;
    }
  }

  static Stream<String> names() {
    return Golden.texts(ToStringTest.class, "toString.txt").keySet().stream();
  }

  private static Object make(String name) {
    return switch (name) {
      case "Linear" -> new Linear(20, 256);
      case "Linear-nobias" -> new Linear(3, 4, false);
      case "ReLU" -> new ReLU();
      case "Sigmoid" -> new Sigmoid();
      case "Tanh" -> new Tanh();
      case "GELU" -> new GELU();
      case "GELU-tanh" -> new GELU(true);
      case "LayerNorm" -> new LayerNorm(20);
      case "LayerNorm-plain" -> new LayerNorm(new long[] {3, 4}, 1e-4, false, false, DType.F32);
      case "Softplus" -> new Softplus();
      case "Softplus-beta-threshold" -> new Softplus(2, 3);
      case "Softmax" -> new Softmax(1);
      case "Softmax-dim-1" -> new Softmax(-1);
      case "Flatten" -> new Flatten();
      case "Flatten-0-1" -> new Flatten(0, 1);
      case "Dropout" -> new Dropout();
      case "Dropout-0.2" -> new Dropout(0.2);
      case "Identity" -> new Identity();
      case "CrossEntropyLoss" -> new CrossEntropyLoss();
      case "MSELoss" -> new MSELoss();
      case "BCEWithLogitsLoss" -> new BCEWithLogitsLoss();
      case "NLLLoss" -> new NLLLoss();
      case "L1Loss" -> new L1Loss();
      case "Sequential" -> new Sequential(new Linear(20, 256), new ReLU(), new Linear(256, 10));
      case "Sequential-empty" -> new Sequential();
      case "Sequential-nested" ->
          new Sequential(new Sequential(new Linear(4, 8), new ReLU()), new Linear(8, 1));
      case "Sequential-named" -> named();
      case "Block" -> new Block();
      case "Block-in-Sequential" ->
          new Sequential(new Block(), new Linear(16, 20), new Dropout(0.1));
      case "Childless" -> new Childless();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Sequential named() {
    Map<String, Module> modules = new LinkedHashMap<>();
    modules.put("hidden", new Linear(4, 8));
    modules.put("act", new ReLU());
    modules.put("out", new Linear(8, 1));
    return new Sequential(modules);
  }

  @ParameterizedTest
  @MethodSource("names")
  void printsAsPyTorch(String name) {
    assertEquals(Golden.texts(ToStringTest.class, "toString.txt").get(name), make(name).toString());
  }

  @Test
  void ownTextStandsBeforeTheChildren() {
    Module module =
        new Sequential(
            new Module() {
              private final Module inner = child("inner", new ReLU());

              @Override
              public Tensor forward(Tensor x) {
                return inner.forward(x);
              }

              @Override
              protected String extraRepr() {
                return "a=1\nb=2";
              }
            });
    assertEquals(
        """
        Sequential(
          (0): Module(
            a=1
            b=2
            (inner): ReLU()
          )
        )\
        """,
        module.toString());
  }

  @Test
  void namesParametersAsSuch() {
    try (Linear layer = new Linear(2, 2)) {
      assertTrue(layer.weight().toString().startsWith("Parameter containing:\ntensor([["));
    }
  }
}
