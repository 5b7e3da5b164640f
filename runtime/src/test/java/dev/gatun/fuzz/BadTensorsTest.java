package dev.gatun.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Autograd;
import dev.gatun.tensor.Checkpoint;
import dev.gatun.tensor.Functional;
import dev.gatun.tensor.Index;
import dev.gatun.tensor.Linalg;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.BadCalls;
import dev.gatun.testing.BadTensors;
import dev.gatun.testing.Garbage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every public operation, of tensors that are wrong in every way.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
final class BadTensorsTest {
  private static final List<Class<?>> API =
      List.of(
          Tensor.class,
          Linalg.class,
          Autograd.class,
          Functional.class,
          Checkpoint.class,
          Index.class);

  /// What looks at each of billions of elements, for seconds, before it has a small result:
  /// families by the interface that declares them, and single methods.
  private static final Set<String> WALKS =
      Set.of(
          "ReductionOps",
          "StatisticsOps",
          "SortOps",
          "ScanOps",
          "CountingOps",
          "LossOps",
          "all",
          "any",
          "equal",
          "allclose",
          "item",
          "norm",
          "vectorNorm",
          "matrixNorm",
          "nonzero",
          "nonzeroTuple",
          "argwhere",
          "maskedSelect",
          "maskedScatter",
          "maskedScatter_");

  /// Methods of no arguments of which NaN everywhere gives another number, by what they are for.
  private static final Set<String> FORGET_NAN =
      Set.of(
          // Zeros beside the elements.
          "diagEmbed",
          "diagflat",
          "tril",
          "triu",
          // Old values have no part in it.
          "exponential_",
          "zero_",
          // NaN is true.
          "logicalNot_",
          // Replaces or leaves out NaN.
          "nanToNum",
          "nanToNum_",
          "nansum",
          // Neither above nor below 0, as in PyTorch.
          "sign",
          "sign_");

  /// Methods of no arguments that ask a tensor for its shape and dtype alone.
  private static final Set<String> SHAPE_ALONE = Set.of();

  private static Stream<Method> methods() {
    return API.stream().flatMap(type -> BadCalls.methods(type).stream());
  }

  private static boolean walks(Method method) {
    return WALKS.contains(method.getName())
        || WALKS.contains(method.getDeclaringClass().getSimpleName());
  }

  @ParameterizedTest
  @EnumSource(BadTensors.Kind.class)
  void areRefusedOrComputedWith(BadTensors.Kind kind) {
    Garbage.collect();
    MemoryStats before = MemoryStats.now();
    try (BadCalls calls = new BadCalls()) {
      Stream<Method> all = methods().filter(m -> kind != BadTensors.Kind.HUGE || !walks(m));
      List<Method> called = kind.share(all).toList();
      called.forEach(method -> calls.call(method, kind, 8));
      assertEquals(Set.of(), calls.problems());
      assertTrue(
          calls.succeeded().size() > called.size() / 2,
          () -> calls.succeeded().size() + " returned");
    }
    assertNothingLeft(before);
  }

  /// What was handed over and never accepted goes back when the collector has seen it.
  private static void assertNothingLeft(MemoryStats before) {
    MemoryStats now = MemoryStats.now();
    for (int i = 0; i < 50 && now.scopedBytes() > before.scopedBytes(); i++) {
      Garbage.collect();
      now = MemoryStats.now();
    }
    MemoryStats after = now;
    // Fewer where a thread of another test has ended meanwhile.
    assertTrue(after.openScopes() <= before.openScopes(), after::toString);
    assertTrue(after.scopedBytes() <= before.scopedBytes(), after::toString);
  }

  /// Names of the methods without arguments that make a tensor of a new `x` that `found` is true
  /// of.
  private static Set<String> unary(Supplier<Tensor> x, Predicate<Tensor> found) {
    Set<String> names = new TreeSet<>();
    for (Method method : BadCalls.methods(Tensor.class)) {
      boolean plain = method.getParameterCount() == 0 && method.getReturnType() == Tensor.class;
      if (plain && !Modifier.isStatic(method.getModifiers())) {
        try (Scope _ = Scope.open("unary")) {
          if (method.invoke(x.get()) instanceof Tensor y && found.test(y)) {
            names.add(method.getName());
          }
        } catch (InvocationTargetException | IllegalAccessException e) {
          // refused
        }
      }
    }
    return names;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void ofNanAreNan(DType dtype) {
    assertEquals(
        FORGET_NAN,
        unary(
            () -> Tensor.full(dtype, Double.NaN, 5, 5),
            y -> y.dtype().isFloating() && y.isnan().all().item() == 0));
  }

  @Test
  void ofAClosedScopeAreNotRead() {
    try (BadTensors tensors = new BadTensors()) {
      assertEquals(
          SHAPE_ALONE,
          unary(
              () -> tensors.make(BadTensors.Kind.CLOSED, DType.F32, 3, 3),
              y -> {
                try {
                  return y.to(DType.F64).toDoubleArray().length > 0;
                } catch (IllegalStateException e) {
                  return false;
                }
              }));
    }
  }
}
