package dev.gatun.testing;

import dev.gatun.memory.MemoryBudget;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Calls methods with bad tensors: each call returns, or throws an exception of a documented kind
/// with one line that says of what operation; and leaves nothing behind.
public final class BadCalls implements AutoCloseable {
  private static final Set<Class<?>> KINDS =
      Set.of(
          IllegalArgumentException.class,
          IllegalStateException.class,
          WrongThreadException.class,
          IndexOutOfBoundsException.class,
          UnsupportedOperationException.class,
          // A matrix that has no inverse, integers divided by 0.
          ArithmeticException.class);

  /// The name of an operation in front, or what is wrong with whose memory.
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(\\w+(\\.\\w+)*( \\d+)?: |scope '|tensor \\[|storage of |(parameter|buffer) ).*[^.\\s]");

  private static final long BUDGET = 32 << 20;

  private final BadTensors tensors = new BadTensors();
  private final Set<String> problems = new TreeSet<>();
  private final Set<String> succeeded = new TreeSet<>();

  /// What was wrong, one line each.
  public Set<String> problems() {
    return problems;
  }

  /// The methods that returned at least once.
  public Set<String> succeeded() {
    return succeeded;
  }

  /// The public methods of a class of this project, in a fixed order.
  public static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getDeclaringClass().getName().startsWith("dev.gatun"))
        .filter(m -> !m.isBridge() && !m.isSynthetic())
        .peek(m -> m.setAccessible(true)) // declared by classes that are not public
        .sorted(Comparator.comparing(Method::toGenericString))
        .toList();
  }

  /// Calls a method, of tensors of a kind, `times` times with other arguments.
  public void call(Method method, BadTensors.Kind kind, int times) {
    MemoryStats before = MemoryStats.now();
    long process = MemoryBudget.PROCESS.limitBytes();
    MemoryBudget.PROCESS.setLimitBytes(MemoryBudget.PROCESS.usedBytes() + 2 * BUDGET);
    try {
      for (int i = 0; i < times; i++) {
        once(method, kind, new Random(31L * i + method.toGenericString().hashCode()));
      }
    } finally {
      MemoryBudget.PROCESS.setLimitBytes(process);
    }
    MemoryStats after = MemoryStats.now();
    if (after.openScopes() > before.openScopes()) {
      problems.add("%s of %s leaves a scope open".formatted(name(method), kind));
    }
  }

  private void once(Method method, BadTensors.Kind kind, Random random) {
    try (Scope _ = Scope.open("bad", BUDGET)) {
      Arguments arguments = new Arguments(tensors, kind, random);
      boolean plain = !Modifier.isStatic(method.getModifiers());
      Tensor receiver = plain ? arguments.receiver() : null;
      @Nullable Object[] values = arguments.of(method.getGenericParameterTypes());
      @Nullable Object _ = method.invoke(receiver, values);
      succeeded.add(name(method));
    } catch (InvocationTargetException e) {
      String what = problem(Objects.requireNonNullElse(e.getCause(), e));
      if (what != null) {
        problems.add("%s of %s: %s".formatted(name(method), kind, what));
      }
    } catch (RuntimeException e) {
      // What an argument is made of is refused already.
      String what = problem(e);
      if (what != null) {
        problems.add("%s of %s: argument: %s".formatted(name(method), kind, what));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Why an exception is none that a caller should meet; null for a good one.
  public static @Nullable String problem(Throwable thrown) {
    Class<?> type = thrown.getClass();
    boolean documented =
        KINDS.contains(type)
            || (type.getName().startsWith("dev.gatun")
                && (thrown instanceof IllegalArgumentException
                    || thrown instanceof IllegalStateException));
    String message = String.valueOf(thrown.getMessage());
    if (documented && MESSAGE.matcher(message).matches()) {
      return null;
    }
    List<String> where = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("dev.gatun") && where.size() < 3) {
        where.add(frame.getFileName() + ":" + frame.getLineNumber());
      }
    }
    return type.getSimpleName() + " " + message + " " + where;
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + PyTorchTable.signature(method);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
