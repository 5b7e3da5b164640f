package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.BadCalls;
import dev.gatun.testing.BadTensors;
import dev.gatun.testing.Part;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every function and every module of the catalogue, of tensors that are wrong in every way.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
final class BadTensorsTest {
  /// Not of billions of elements: a loss looks at each of them, for seconds.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HUGE")
  void areRefusedOrComputedWith(BadTensors.Kind kind) {
    try (BadCalls calls = new BadCalls()) {
      List<Method> methods = kind.share(BadCalls.methods(F.class).stream()).toList();
      methods.forEach(method -> calls.call(method, kind, 8));
      assertEquals(Set.of(), calls.problems());
      assertTrue(calls.succeeded().size() > methods.size() / 4, calls.succeeded()::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GOOD", "HUGE"})
  void areRefusedOrComputedWithByModules(BadTensors.Kind kind) {
    Set<String> problems = new TreeSet<>();
    AtomicInteger returned = new AtomicInteger();
    try (BadTensors tensors = new BadTensors()) {
      Part.of(ModuleCatalogTest.subjects())
          .forEach(subject -> {
            try (Scope _ = Scope.open("bad")) {
              Module module = subject.module(DType.F32);
              Map<String, Tensor> bad = new LinkedHashMap<>();
              subject
                  .inputs(DType.F32)
                  .tensors()
                  .forEach((name, x) -> bad.put(name, tensors.make(kind, x.dtype(), x.shape())));
              List<Tensor> results = subject.row().run(module, new Checks.Inputs(bad));
              returned.incrementAndGet();
              if (kind == BadTensors.Kind.CLOSED) {
                results.forEach(y -> assertThrows(IllegalStateException.class, y::toDoubleArray));
              }
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
              String problem = BadCalls.problem(e);
              if (problem != null) {
                problems.add(subject + ": " + problem);
              }
            }
          });
    }
    assertEquals(Set.of(), problems);
    // Of what is closed there are views only, of few modules.
    assertTrue(kind == BadTensors.Kind.CLOSED || returned.get() > 0, "none returned");
  }
}
