package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialTest {
  @Test
  void callsAModuleInEveryPlaceItStands() {
    Module plusOne =
        new Module() {
          @Override
          public Tensor forward(Tensor x) {
            return x.add(1);
          }
        };
    try (var _ = Scope.open()) {
      assertEquals(3, new Sequential(plusOne, plusOne, plusOne).forward(Tensor.scalar(0)).item());
    }
  }

  @Test
  void isIndexedFromBothEndsAndIterated() {
    Module first = new ReLU();
    Module last = new Tanh();
    Sequential net = new Sequential(first).add(last);
    assertSame(first, net.get(0));
    assertSame(last, net.get(-1));
    assertEquals(2, net.size());
    List<Module> seen = new ArrayList<>();
    net.forEach(seen::add);
    assertEquals(List.of(first, last), seen);
    assertEquals(
        "Sequential: index 2 out of range for 2 modules",
        assertThrows(IndexOutOfBoundsException.class, () -> net.get(2)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> net.get(-3));
  }

  @Test
  void namesByPositionUnlessNamed() {
    Sequential net = new Sequential(new ReLU()).add("act", new Tanh()).add(new Sigmoid());
    assertEquals(List.of("", "0", "act", "2"), List.copyOf(net.namedModules().keySet()));
    assertEquals(
        "child 'act' is already registered in Sequential",
        assertThrows(IllegalArgumentException.class, () -> net.add("act", new ReLU()))
            .getMessage());
  }

  @Test
  void activationsAfterLinearLayersAreAppliedOnce() {
    try (var _ = Scope.open();
        Linear first = new Linear(3, 4);
        Linear second = new Linear(4, 2)) {
      Tensor x = Checks.sample(1, 5, 3).to(DType.F32);
      List<Module> activations =
          List.of(new ReLU(), new Sigmoid(), new Tanh(), new GELU(), new GELU(true));
      for (Module activation : activations) {
        Sequential net = new Sequential(first, activation, activation, second);
        Tensor hidden = activation.forward(activation.forward(first.forward(x)));
        float[] expected = second.forward(hidden).detach().toFloatArray();
        assertArrayEquals(expected, net.forward(x).detach().toFloatArray(), 1e-6f);
        Tensor last = net.add(activation).forward(x);
        float[] after = activation.forward(second.forward(hidden)).detach().toFloatArray();
        assertArrayEquals(after, last.detach().toFloatArray(), 1e-6f);
      }
    }
  }

  @Test
  void withoutModulesReturnsItsInput() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(2);
      assertSame(x, new Sequential().forward(x));
    }
  }

  @Test
  void changesInTheMiddle() {
    Module a = new ReLU();
    Module b = new Tanh();
    Module c = new Sigmoid();
    Sequential net = new Sequential(a, b);
    net.insert(0, c).insert(3, new Identity());
    assertSame(c, net.get(0));
    assertSame(a, net.getSubmodule("1"));
    assertSame(b, net.pop(-2));
    assertEquals(List.of("0", "1", "2"), List.copyOf(net.namedChildren().keySet()));
    assertSame(a, net.set(1, b));
    assertEquals(List.of(c, b), net.children().subList(0, 2));
    net.extend(List.of(a, new Identity()));
    assertEquals(5, net.size());
    assertSame(a, net.getSubmodule("3"));
    assertEquals(
        "child '1' of Sequential contains it",
        assertThrows(IllegalArgumentException.class, () -> net.insert(1, new Sequential(net)))
            .getMessage());
    assertEquals(
        "Sequential: index 5 out of range for 5 modules",
        assertThrows(IndexOutOfBoundsException.class, () -> net.pop(5)).getMessage());
  }
}
