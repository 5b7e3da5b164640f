package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Lists and dicts of modules and parameters.
class ContainersTest {
  private static String message(Class<? extends Throwable> type, Executable action) {
    return String.valueOf(assertThrows(type, action).getMessage());
  }

  @Test
  void aModuleListNumbersItsModules() {
    Linear a = new Linear(2, 3);
    Linear b = new Linear(3, 4);
    Linear c = new Linear(4, 5);
    try (var list = new ModuleList<>(a, b)) {
      list.append(c);
      assertEquals(3, list.size());
      assertSame(c, list.get(-1));
      List<Linear> seen = new ArrayList<>();
      list.forEach(seen::add);
      assertEquals(List.of(a, b, c), seen);
      assertEquals(
          List.of("0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias"),
          List.copyOf(list.namedParameters().keySet()));
    }
  }

  @Test
  void aModuleListChangesInTheMiddle() {
    Module a = new ReLU();
    Module b = new Tanh();
    Module c = new Sigmoid();
    try (var list = new ModuleList<>(List.of(a, b))) {
      list.insert(1, c);
      assertEquals(List.of(a, c, b), List.copyOf(list.children()));
      list.insert(3, new Identity());
      assertEquals(
          """
          ModuleList(
            (0): ReLU()
            (1): Sigmoid()
            (2): Tanh()
            (3): Identity()
          )\
          """,
          list.toString());
      assertSame(c, list.pop(1));
      assertSame(a, list.set(0, c));
      assertEquals(List.of("0", "1", "2"), List.copyOf(list.namedChildren().keySet()));
      assertSame(c, list.getSubmodule("0"));
      assertEquals(
          "ModuleList: index 3 out of range for 3 modules",
          message(IndexOutOfBoundsException.class, () -> list.get(3)));
      assertEquals(
          "child '0' of ModuleList contains it",
          message(IllegalArgumentException.class, () -> list.set(0, new Sequential(list))));
      assertSame(c, list.get(0));
    }
  }

  @Test
  void containersComputeNothingThemselves() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(1);
      var type = UnsupportedOperationException.class;
      assertEquals(
          "ModuleList: a list has no forward; call its modules, or use Sequential",
          message(type, () -> new ModuleList<>().forward(x)));
      assertEquals(
          "ModuleDict: a dict has no forward; call its modules",
          message(type, () -> new ModuleDict<>().forward(x)));
      assertEquals(
          "ParameterList: a list of parameters has no forward; use them in that of a module",
          message(type, () -> new ParameterList().forward(x)));
      assertEquals(
          "ParameterDict: a dict of parameters has no forward; use them in that of a module",
          message(type, () -> new ParameterDict().forward(x)));
    }
  }

  @Test
  void aModuleDictHasNames() {
    Map<String, Module> given = new LinkedHashMap<>();
    given.put("act", new ReLU());
    given.put("fc", new Linear(2, 2));
    try (var dict = new ModuleDict<>(given)) {
      dict.put("act", new Tanh());
      dict.put("last", new Identity());
      assertEquals(List.of("act", "fc", "last"), List.copyOf(dict.keys()));
      assertEquals(3, dict.size());
      assertTrue(dict.get("act") instanceof Tanh);
      assertSame(dict.get("act"), dict.getSubmodule("act"));
      assertEquals(List.of("fc.weight", "fc.bias"), List.copyOf(dict.stateDict().keySet()));
      assertTrue(dict.pop("last") instanceof Identity);
      assertFalse(dict.containsKey("last"));
      assertEquals(
          """
          ModuleDict(
            (act): Tanh()
            (fc): Linear(in_features=2, out_features=2, bias=True)
          )\
          """,
          dict.toString());
      assertEquals(
          "ModuleDict: no 'none': [act, fc]",
          message(IllegalArgumentException.class, () -> dict.get("none")));
      assertEquals(
          "child name 'a.b' in ModuleDict has a dot; dots separate nested modules",
          message(IllegalArgumentException.class, () -> dict.put("a.b", new ReLU())));
    }
  }

  @Test
  void aParameterListTakesTensorsAndParameters() {
    try (var _ = Scope.open();
        var list = new ParameterList(Tensor.ones(2, 3), Tensor.zeros(4))) {
      Parameter shared = new Parameter(Tensor.ones(1));
      list.append(shared).extend(List.of(shared));
      assertSame(shared, list.get(3));
      assertEquals(3, list.parameters().size());
      assertEquals(List.of("0", "1", "2", "3"), List.copyOf(list.stateDict().keySet()));
      Parameter last = list.set(-1, Tensor.zeros(2));
      assertSame(shared, last);
      assertArrayEquals(new long[] {2}, list.get(3).shape());
      assertTrue(list.get(0).requiresGrad());
    }
  }

  @Test
  void parameterContainersPrintAsInPyTorch() {
    try (var _ = Scope.open();
        var list = new ParameterList(Tensor.zeros(2, 3), Tensor.zeros(4));
        var dict = new ParameterDict()) {
      dict.put("a", Tensor.zeros(2, 3)).put("b", Tensor.zeros(DType.F64));
      assertEquals(
          """
          ParameterList(
              (0): Parameter containing: [torch.float32 of size 2x3]
              (1): Parameter containing: [torch.float32 of size 4]
          )\
          """,
          list.toString());
      assertEquals(
          """
          ParameterDict(
              (a): Parameter containing: [torch.FloatTensor of size 2x3]
              (b): Parameter containing: [torch.DoubleTensor of size ]
          )\
          """,
          dict.toString());
      assertEquals("ParameterList()", new ParameterList().toString());
    }
  }

  @Test
  void aParameterDictHasNames() {
    try (var _ = Scope.open();
        var dict = new ParameterDict(Map.of("w", Tensor.ones(2)))) {
      Parameter replaced = dict.get("w");
      dict.put("w", Tensor.zeros(3)).put("b", Tensor.ones(1));
      assertEquals(List.of("w", "b"), List.copyOf(dict.keys()));
      assertEquals(3, dict.get("w").numel());
      assertEquals(2, replaced.numel());
      assertEquals(2, dict.size());
      assertSame(dict.get("b"), dict.pop("b"));
      assertFalse(dict.containsKey("b"));
      assertEquals(
          "ParameterDict: no 'b': [w]",
          message(IllegalArgumentException.class, () -> dict.get("b")));
      dict.clear();
      assertEquals(Map.of(), dict.items());
    }
  }
}
