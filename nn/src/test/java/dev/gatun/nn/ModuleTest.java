package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Registration, names, order and modes.
class ModuleTest {
  /// Registers what a test asks for.
  private static final class Net extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x;
    }

    @CanIgnoreReturnValue
    Module addChild(String name, Module module) {
      return child(name, module);
    }

    @CanIgnoreReturnValue
    Parameter addParameter(String name, Tensor init) {
      return parameter(name, init);
    }

    @CanIgnoreReturnValue
    Tensor addBuffer(String name, Tensor value) {
      return buffer(name, value);
    }

    @CanIgnoreReturnValue
    Tensor addScratch(String name, Tensor value) {
      return buffer(name, value, false);
    }
  }

  private static @Nullable String message(Class<? extends Throwable> type, Supplier<?> action) {
    return assertThrows(type, action::get).getMessage();
  }

  @Test
  void namesParametersByPath() {
    try (Module net =
        new Sequential(new Sequential(new Linear(4, 8), new ReLU()), new Linear(8, 1, false))) {
      assertEquals(
          List.of("0.0.weight", "0.0.bias", "1.weight"),
          List.copyOf(net.namedParameters().keySet()));
      assertEquals(List.of("", "0", "0.0", "0.1", "1"), List.copyOf(net.namedModules().keySet()));
      assertEquals(2, net.children().size());
      assertEquals(3, net.parameters().size());
    }
  }

  @Test
  void registrationReturnsWhatItRegisters() {
    try (Net net = new Net();
        var _ = Scope.open()) {
      Module relu = new ReLU();
      assertSame(relu, net.addChild("act", relu));
      Parameter w = net.addParameter("w", Tensor.ones(2));
      assertSame(w, net.parameters().getFirst());
      Tensor mean = net.addBuffer("mean", Tensor.full(3, 2));
      assertSame(mean, net.namedBuffers().get("mean"));
      assertTrue(mean.isShared());
      assertFalse(mean.requiresGrad());
      assertEquals(List.of("w", "mean"), List.copyOf(net.stateDict().keySet()));
    }
  }

  @Test
  void parametersOutliveTheScopeTheyWereMadeIn() {
    Net net = new Net();
    Parameter w;
    try (var _ = Scope.open()) {
      w = net.addParameter("w", Tensor.ones(2, 3));
    }
    assertTrue(w.isShared());
    assertTrue(w.requiresGrad());
    assertTrue(w.isLeaf());
    assertEquals(6, w.detach().sum().item());
    net.close();
  }

  @Test
  void rejectsBadNames() {
    Net net = new Net();
    Parameter w = net.addParameter("weight", Tensor.ones(1));
    net.addChild("fc", new ReLU());
    var bad = IllegalArgumentException.class;
    assertEquals(
        "parameter 'weight' is already registered in Net",
        message(bad, () -> net.addParameter("weight", w)));
    assertEquals(
        "child 'weight' is already registered in Net as a parameter",
        message(bad, () -> net.addChild("weight", new ReLU())));
    assertEquals(
        "buffer 'fc' is already registered in Net as a child",
        message(bad, () -> net.addBuffer("fc", w)));
    assertEquals(
        "child name 'a.b' in Net has a dot; dots separate nested modules",
        message(bad, () -> net.addChild("a.b", new ReLU())));
    assertEquals("child name in Net is empty", message(bad, () -> net.addChild("", new ReLU())));
    net.close();
  }

  @Test
  @SuppressWarnings("NullAway")
  void rejectsNulls() {
    Net net = new Net();
    var npe = NullPointerException.class;
    assertEquals("child 'fc' in Net is null", message(npe, () -> net.addChild("fc", null)));
    assertEquals("child name in Net is null", message(npe, () -> net.addChild(null, new ReLU())));
    assertEquals("buffer 'm' in Net is null", message(npe, () -> net.addBuffer("m", null)));
    assertEquals("parameter 'w' in Net is null", message(npe, () -> net.addParameter("w", null)));
  }

  @Test
  void rejectsAModuleInsideItself() {
    Net outer = new Net();
    Net inner = new Net();
    outer.addChild("inner", inner);
    assertEquals(
        "child 'outer' of Net contains it",
        message(IllegalArgumentException.class, () -> inner.addChild("outer", outer)));
  }

  @Test
  void sharedLayersCountOnceButAreSavedUnderEachName() {
    Linear shared = new Linear(8, 8);
    try (Module net = new Sequential(new Linear(4, 8), shared, new ReLU(), shared)) {
      assertEquals(4, net.parameters().size());
      assertEquals(
          List.of("0.weight", "0.bias", "1.weight", "1.bias"),
          List.copyOf(net.namedParameters().keySet()));
      assertEquals(
          List.of("0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias"),
          List.copyOf(net.stateDict().keySet()));
      assertEquals(3, net.children().size());
    }
  }

  @Test
  void sharedParametersCountOnceAndTrainTogether() {
    try (Linear first = new Linear(3, 3);
        Net net = new Net();
        var _ = Scope.open()) {
      net.addChild("fc", first);
      assertSame(first.weight(), net.addParameter("tied", first.weight()));
      assertEquals(List.of("tied", "fc.bias"), List.copyOf(net.namedParameters().keySet()));
      first.forward(Tensor.ones(1, 3)).sum().backward();
      assertSame(first.weight(), net.parameters().getFirst());
      assertNotNull(first.weight().grad());
    }
  }

  @Test
  void modeReachesEveryChild() {
    Net net = new Net();
    Dropout dropout = new Dropout(0.5);
    net.addChild("inner", new Sequential(dropout));
    assertTrue(dropout.isTraining());
    assertSame(net, net.eval());
    assertFalse(dropout.isTraining());
    net.train();
    assertTrue(dropout.isTraining());
  }

  @Test
  void applyVisitsChildrenFirst() {
    Module relu = new ReLU();
    Module inner = new Sequential(relu);
    Module outer = new Sequential(inner, relu);
    List<Module> visited = new ArrayList<>();
    outer.apply(visited::add);
    assertEquals(List.of(relu, inner, relu, outer), visited);
  }

  @Test
  void gradientsAreClearedAndParametersFrozen() {
    try (Linear layer = new Linear(2, 2);
        var _ = Scope.open()) {
      layer.forward(Tensor.ones(1, 2)).sum().backward();
      assertNotNull(layer.weight().grad());
      layer.zeroGrad();
      assertNull(layer.weight().grad());
      layer.requiresGrad_(false);
      assertFalse(layer.forward(Tensor.ones(1, 2)).requiresGrad());
      layer.requiresGrad_(true);
      assertTrue(layer.forward(Tensor.ones(1, 2)).requiresGrad());
    }
  }

  @Test
  void closingFreesParametersGradientsAndBuffers() {
    Garbage.collect();
    long before = MemoryStats.now().sharedBytes();
    Linear layer = new Linear(64, 64);
    Net net = new Net();
    net.addChild("layer", layer);
    net.addChild("again", layer);
    try (var _ = Scope.open()) {
      net.addBuffer("mean", Tensor.zeros(1000));
      layer.forward(Tensor.ones(1, 64)).sum().backward();
    }
    assertTrue(MemoryStats.now().sharedBytes() > before);
    net.close();
    assertEquals(before, MemoryStats.now().sharedBytes());
    net.close();
    assertThrows(IllegalStateException.class, () -> layer.weight().detach().sum().item());
  }

  @Test
  void stateSharesTheMemoryOfTheModule() {
    try (Linear layer = new Linear(2, 2)) {
      Tensor view = layer.stateDict().get("weight");
      assertNotNull(view);
      assertNotSame(layer.weight(), view);
      assertFalse(view.requiresGrad());
      view.fill_(7);
      assertEquals(28, layer.weight().detach().sum().item());
    }
  }

  @Test
  void findsMembersByTheirNames() {
    try (var net = new Net()) {
      Linear fc = new Linear(2, 3);
      net.addChild("body", new Sequential(new ReLU(), fc));
      Tensor mean = net.addBuffer("mean", Tensor.ones(2));
      assertSame(net, net.getSubmodule(""));
      assertSame(fc, net.getSubmodule("body.1"));
      assertSame(fc.weight(), net.getParameter("body.1.weight"));
      assertSame(mean, net.getBuffer("mean"));
      var bad = IllegalArgumentException.class;
      assertEquals(
          "getSubmodule: Sequential has no module '2': 'body.2'",
          message(bad, () -> net.getSubmodule("body.2")));
      assertEquals(
          "getParameter: Linear has no parameter 'gamma': 'body.1.gamma'",
          message(bad, () -> net.getParameter("body.1.gamma")));
      assertEquals(
          "getBuffer: Net has no buffer 'var': 'var'", message(bad, () -> net.getBuffer("var")));
      assertEquals(
          "getSubmodule: Net has no module '': 'body..1'".replace("Net", "Sequential"),
          message(bad, () -> net.getSubmodule("body..1")));
    }
  }

  @Test
  void listsWhatIsItsOwnAndWhatIsBelow() {
    try (var net = new Net()) {
      Linear fc = new Linear(2, 3);
      net.addChild("a", fc);
      net.addChild("b", fc);
      Parameter w = net.addParameter("w", Tensor.ones(1));
      net.addBuffer("m", Tensor.ones(1));
      assertEquals(List.of("a"), List.copyOf(net.namedChildren().keySet()));
      assertEquals(List.of(net, fc), net.modules());
      assertEquals(Map.of("w", w), net.namedParameters(false));
      assertEquals(
          List.of("w", "a.weight", "a.bias"), List.copyOf(net.namedParameters(true).keySet()));
      assertEquals(1, net.buffers().size());
      assertEquals(List.of("m"), List.copyOf(net.namedBuffers(false).keySet()));
    }
  }

  @Test
  void aBufferMayBeLeftOutOfTheState() {
    try (var net = new Net();
        var _ = Scope.open()) {
      net.addScratch("scratch", Tensor.ones(2));
      net.addBuffer("mean", Tensor.ones(2));
      assertEquals(List.of("mean"), List.copyOf(net.stateDict().keySet()));
      assertEquals(List.of("net.mean"), List.copyOf(net.stateDict("net.").keySet()));
      assertEquals(2, net.namedBuffers().size());
      net.loadStateDict(Map.of("mean", Tensor.zeros(2)));
      assertEquals(0, net.getBuffer("mean").sum().item());
    }
  }
}
