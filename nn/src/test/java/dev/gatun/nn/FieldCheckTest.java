package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A layer that nobody registered is an error, not a layer that never trains.
@SuppressWarnings("UnusedVariable") // the fields are read by reflection
class FieldCheckTest {
  private abstract static class Plain extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x;
    }
  }

  private static final class Forgotten extends Plain {
    final Linear known = child("known", new Linear(2, 2));
    final Linear hidden = new Linear(2, 2);
  }

  private static final class ForgottenParameter extends Plain {
    final Parameter scale = new Parameter(Tensor.ones(1));
  }

  private static final class ForgottenList extends Plain {
    final List<Module> layers = List.of(new ReLU());
  }

  private static final class ForgottenMap extends Plain {
    final Map<String, ? extends Module> layers = Map.of("a", new ReLU());
  }

  private static final class ForgottenArray extends Plain {
    final Linear[] layers = {new Linear(1, 1)};
  }

  private static final class ForgottenTensor extends Plain {
    final Tensor scale = new Parameter(Tensor.ones(1));
  }

  private static final class Fine extends Plain {
    static final Linear CONSTANT = new Linear(1, 1);
    final Linear first = new Linear(1, 1);
    final Sequential net = child("net", new Sequential(first, new ReLU()));
    final @Nullable Linear none = null;
    final transient Linear teacher = new Linear(1, 1);
    final List<Module> layers = List.of(first, net);
    final List<String> names = List.of("a");
    final Function<Tensor, Tensor> act = F::relu;
    final Object anything = "text";
    final @Nullable Parameter bias = first.bias();
    int calls;
  }

  private static final class Derived extends Fine2 {
    final Linear own = child("own", new Linear(1, 1));
  }

  private abstract static class Fine2 extends Plain {
    final Linear forgotten = new Linear(1, 1);
  }

  private static @Nullable String refused(Module module) {
    return assertThrows(IllegalStateException.class, module::parameters).getMessage();
  }

  @Test
  void namesTheFieldAndTheCure() {
    assertEquals(
        "parameters: field 'hidden' of Forgotten holds a Linear that is not registered;"
            + " register it with child(name, module), or mark the field transient",
        refused(new Forgotten()));
    assertEquals(
        "parameters: field 'scale' of ForgottenParameter holds a Parameter that is not registered;"
            + " register it with parameter(name, tensor), or mark the field transient",
        refused(new ForgottenParameter()));
  }

  @Test
  void looksIntoCollectionsArraysAndSuperclasses() {
    for (Module module :
        List.of(
            new ForgottenList(),
            new ForgottenMap(),
            new ForgottenArray(),
            new ForgottenTensor(),
            new Derived())) {
      assertThrows(IllegalStateException.class, module::parameters);
    }
  }

  @Test
  void everyWalkRefuses() {
    Module net = new Sequential(new Forgotten());
    assertThrows(IllegalStateException.class, net::namedParameters);
    assertThrows(IllegalStateException.class, net::stateDict);
    assertThrows(IllegalStateException.class, () -> net.loadStateDict(Map.of()));
    assertThrows(IllegalStateException.class, net::zeroGrad);
    assertThrows(IllegalStateException.class, () -> net.requiresGrad_(false));
    assertThrows(IllegalStateException.class, () -> net.apply(m -> {}));
  }

  @Test
  void acceptsWhatIsRegisteredAnywhereBelow() {
    assertEquals(2, new Fine().parameters().size());
  }

  @Test
  void acceptsCapturedAndEnclosingModules() {
    assertEquals(2, new Outer().net.parameters().size());
  }

  private static final class Outer extends Plain {
    final Module net =
        child(
            "net",
            new Plain() {
              final Linear inner = child("inner", new Linear(1, 1));

              @Override
              public Tensor forward(Tensor x) {
                return Outer.this.forward(inner.forward(x));
              }
            });
  }

  @Test
  void countsByTypeWhereFieldsCannotBeRead() {
    assertEquals(
        "parameters: Forgotten has 2 unreadable fields of type Linear but registered 1; register"
            + " each with child or parameter, or open its package to dev.gatun.nn",
        assertThrows(
                IllegalStateException.class,
                () -> FieldCheck.check(new Forgotten(), field -> false))
            .getMessage());
    assertThrows(
        IllegalStateException.class,
        () -> FieldCheck.check(new ForgottenParameter(), field -> false));
    assertDoesNotThrow(() -> FieldCheck.check(new Outer(), field -> false));
  }

  @Test
  void readableFieldsDoNotCountTwice() {
    Derived module = new Derived();
    assertThrows(
        IllegalStateException.class,
        () -> FieldCheck.check(module, field -> field.getName().equals("own")));
  }
}
