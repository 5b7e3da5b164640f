package dev.gatun.tensor;

import dev.gatun.kernel.ElementwiseChain;
import dev.gatun.kernel.ElementwiseChain.Part;
import dev.gatun.kernel.ElementwiseChain.Place;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One step out of elementwise steps that follow each other, of which all but the last one make
/// what only these steps read.
final class ChainFusion {
  private final List<Step> chain;
  private final Step last;
  private final List<Tensor> outside = new ArrayList<>();
  private final Map<Value, Place> blocks = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  private ChainFusion(List<Step> chain) {
    this.chain = chain;
    this.last = chain.getLast();
    for (int i = 0; i < ElementwiseChain.SLOTS; i++) {
      free.add(i);
    }
  }

  /// The steps with those joined that can be.
  ///
  /// @param results values that must be there in the end
  static List<Step> run(List<Step> steps, Set<Value> results) {
    Map<Value, Integer> readers = new HashMap<>();
    steps.forEach(step -> step.uses.forEach(value -> readers.merge(value, 1, Integer::sum)));
    List<Step> joined = new ArrayList<>();
    for (int end = steps.size(); end > 0; ) {
      int start = end - 1;
      while (start > 0
          && joins(steps.get(start - 1), steps.subList(start, end), readers, results)) {
        start--;
      }
      Step whole = end - start > 1 ? new ChainFusion(steps.subList(start, end)).step() : null;
      if (whole == null) {
        start = end - 1;
        whole = steps.get(start);
      }
      joined.add(whole);
      end = start;
    }
    return joined.reversed();
  }

  /// Whether a step can run with those that follow it.
  private static boolean joins(
      Step step, List<Step> group, Map<Value, Integer> readers, Set<Value> results) {
    RowCall call = step.row();
    RowCall end = group.getLast().row();
    if (call == null || end == null || !end.fits(end.y().shape) || !call.fits(end.y().shape)) {
      return false;
    }
    Value made = step.made.getFirst();
    long reading = group.stream().filter(s -> s.uses.contains(made)).count();
    return !results.contains(made)
        && reading > 0
        && reading + 1 == readers.getOrDefault(made, 0)
        && group.stream().allMatch(s -> row(s).readsInOrder(made));
  }

  private static RowCall row(Step step) {
    return Objects.requireNonNull(step.row());
  }

  /// All of them as one; null where they need too many blocks.
  private @Nullable Step step() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Step step = chain.get(i);
      RowCall call = row(step);
      Place a = operand(call.a(), call.y().shape);
      Place b = call.two() == null ? a : operand(call.b(), call.y().shape);
      Place y = result(i, call.y());
      if (y == null) {
        return null;
      }
      parts.add(new Part(call.one(), call.two(), a, b, y));
    }
    return step(new ElementwiseChain(parts, row(last).y().numel));
  }

  private Place operand(Tensor x, long[] shape) {
    Value value = Value.of(x.storage);
    Place block = value == null ? null : blocks.get(value);
    if (block != null) {
      return block;
    }
    RowCall.Repeat repeat = Objects.requireNonNull(RowCall.repeat(x, shape));
    int bytes = x.dtype.byteSize();
    int at = 0;
    while (at < outside.size() && outside.get(at).storage != x.storage) {
      at++;
    }
    if (at == outside.size()) {
      outside.add(x);
    }
    return new Place(at, x.offset * bytes, bytes, repeat.inner(), repeat.size());
  }

  /// Where step `i` puts its result: into a block, over an operand that nobody reads after it where
  /// elements are as long.
  private @Nullable Place result(int i, Tensor y) {
    int bytes = y.dtype.byteSize();
    if (i == chain.size() - 1) {
      outside.add(y);
      return new Place(outside.size() - 1, 0, bytes, 1, y.numel);
    }
    List<Place> released = new ArrayList<>();
    for (Value value : chain.get(i).uses) {
      Place block = blocks.get(value);
      if (block != null
          && chain.stream().skip(i + 1L).noneMatch(later -> later.uses.contains(value))) {
        blocks.remove(value);
        released.add(block);
      }
    }
    Place place = released.stream().filter(p -> p.bytes() == bytes).findFirst().orElse(null);
    if (place == null) {
      Integer number = free.poll();
      if (number == null) {
        return null;
      }
      place = Place.block(number, bytes);
    }
    released.remove(place);
    released.forEach(other -> free.add(other.number()));
    blocks.put(chain.get(i).made.getFirst(), place);
    return place;
  }

  private Step step(ElementwiseChain fused) {
    Tensor[] operands = outside.toArray(Tensor[]::new);
    MemorySegment[] memory = new MemorySegment[operands.length];
    Runnable body =
        () -> {
          for (int i = 0; i < memory.length - 1; i++) {
            memory[i] = operands[i].memory();
          }
          memory[memory.length - 1] = operands[memory.length - 1].writable();
          fused.run(memory);
        };
    String parts = chain.stream().map(Step::label).collect(Collectors.joining(", "));
    Tensor[] inputs = Arrays.copyOf(operands, operands.length - 1);
    Step step = new Step("fused(" + parts + ")", null, body, inputs);
    step.made.addAll(last.made);
    for (Tensor x : operands) {
      Value value = Value.of(x.storage);
      if (value != null) {
        step.uses.add(value);
      }
    }
    return step;
  }
}
