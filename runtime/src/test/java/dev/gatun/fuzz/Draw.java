package dev.gatun.fuzz;

import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The state of a program while it is drawn. What is drawn depends on the seed and on shapes alone,
/// so that every backend draws the same.
final class Draw {
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31, 33, 64, 67, 127, 130};
  private static final int SMALL = 3000;

  /// Above this, operations are divided among threads.
  private static final int LARGE = 150_000;

  private static final List<DType> FLOATING = List.of(DType.F32, DType.F32, DType.F64, DType.BF16);
  private static final List<DType> INTEGER = List.of(DType.I64, DType.I32);

  private static final Pattern NAME = Pattern.compile("v\\d+");

  private final Random random;
  private final boolean large;
  private final List<Var> variables = new ArrayList<>();
  private final List<String> text = new ArrayList<>();
  private int names;

  Draw(long seed) {
    random = new Random(seed * 0x9e3779b97f4a7c15L);
    large = random.nextInt(25) == 0;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  boolean oneIn(int n) {
    return below(n) == 0;
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  List<Var> variables() {
    return variables;
  }

  List<String> text() {
    return text;
  }

  /// The lines of the program that what is named in `last` comes from.
  List<String> textOf(String last) {
    Set<String> wanted = names(last);
    List<String> lines = new ArrayList<>();
    for (String line : text.reversed()) {
      Set<String> made = names(line.split(" = ", 2)[0]);
      if (made.stream().anyMatch(wanted::contains)) {
        wanted.addAll(names(line));
        lines.addFirst(line);
      }
    }
    return lines;
  }

  private static Set<String> names(String line) {
    return NAME.matcher(line)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(HashSet::new));
  }

  String name() {
    return "v" + names++;
  }

  void add(Var variable) {
    variable.root().add(variable);
    variables.add(variable);
  }

  /// Zero to four dimensions.
  long[] shape() {
    int most = large ? LARGE : SMALL;
    long[] shape = new long[oneIn(12) ? 0 : 1 + below(4)];
    long numel = 1;
    for (int d = 0; d < shape.length; d++) {
      int size = oneIn(40) ? 0 : SIZES[below(SIZES.length)];
      if (large && d == 0) {
        size = 1000 + below(90_000);
      }
      shape[d] = numel * size > most ? 1 + below(2) : size;
      numel *= Math.max(1, shape[d]);
    }
    if (shape.length > 1 && oneIn(2)) {
      int other = below(shape.length);
      long swapped = shape[other];
      shape[other] = shape[0];
      shape[0] = swapped;
    }
    return shape;
  }

  DType floating() {
    return pick(FLOATING);
  }

  DType integer() {
    return pick(INTEGER);
  }

  /// A variable that a condition holds for: one that is there, or a new one of fractions.
  Var some(Predicate<Var> condition) {
    List<Var> fitting = variables.stream().filter(condition).toList();
    if (!fitting.isEmpty() && !oneIn(5)) {
      return pick(fitting);
    }
    for (int i = 0; i < 50; i++) {
      Var made = fractions(floating(), shape());
      if (condition.test(made)) {
        return made;
      }
    }
    return fractions(DType.F32, 5, 7);
  }

  /// Fractions with few enough digits that every dtype holds them.
  Var fractions(DType dtype, long... shape) {
    if (!dtype.isFloating()) {
      return whole(dtype, -3, 4, shape);
    }
    return input(dtype, shape, () -> (below(257) - 128) / 64.0);
  }

  Var positive(DType dtype, long... shape) {
    return input(dtype, shape, () -> (below(112) + 16) / 64.0);
  }

  Var whole(DType dtype, int low, int high, long... shape) {
    return input(dtype, shape, () -> low + below(high - low));
  }

  Var truth(long... shape) {
    return input(DType.BOOL, shape, () -> below(2));
  }

  /// New memory in a layout that is drawn as well.
  private Var input(DType dtype, long[] shape, DoubleSupplier value) {
    Layout layout = Layout.draw(this, shape);
    int count = 1;
    for (long size : layout.base()) {
      count = Math.multiplyExact(count, Math.toIntExact(size));
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.getAsDouble();
    }
    Tensor base = Tensor.of(values, layout.base()).to(dtype);
    Var whole = Var.whole(name(), base, values);
    whole.root().add(whole);
    Var made = view(whole, layout.view());
    text.add("%s = input of%s".formatted(made.name(), Values.describe(made.tensor())));
    variables.add(made);
    return made;
  }

  /// What an operation makes of a variable, with the positions that it makes of positions.
  Var view(Var source, UnaryOperator<Tensor> view) {
    return view(source, view.apply(source.tensor()), view);
  }

  /// The same, of a tensor that is there already.
  Var view(Var source, Tensor tensor, UnaryOperator<Tensor> view) {
    Tensor positions = view.apply(Tensor.of(source.index(), source.shape()));
    Var made = new Var(name(), tensor, source.root(), positions.toIntArray());
    source.root().add(made);
    return made;
  }
}
