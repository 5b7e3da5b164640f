package dev.gatun.io;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a pickle of plain data. Nothing in it is executed: the names that it may mention are those
/// of [PickleGlobals], and any other is refused where it stands.
///
/// | Python | here |
/// |--------|------|
/// | `dict`, `OrderedDict` | a [LinkedHashMap] |
/// | `list` | an [ArrayList] |
/// | `tuple` | an unmodifiable list |
/// | `set`, `frozenset` | a [LinkedHashSet] |
/// | `int` | a `Long`, or a `BigInteger` where that is too small |
/// | `float`, `bool`, `str` | `Double`, `Boolean`, `String` |
/// | `bytes` | a `byte[]` |
/// | `None` | an empty [Optional] |
/// | a tensor | a [PickledTensor] |
final class Unpickler {
  private static final int MAX_VALUES = 8_000_000;
  private static final int MAX_CONTAINERS = 2_000_000;
  private static final int HIGHEST_PROTOCOL = 5;

  private final PickleReader in;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int containers;

  private Unpickler(PickleReader in) {
    this.in = in;
  }

  static Object read(PickleReader in) throws TensorFormatException {
    return new Unpickler(in).run();
  }

  private Object run() throws TensorFormatException {
    while (true) {
      int at = in.offset();
      int opcode = in.u1();
      if (opcode == '.') {
        return pop(at);
      }
      if (!scalar(opcode) && !container(opcode, at) && !memory(opcode, at)) {
        other(opcode, at);
      }
      if (stack.size() > MAX_VALUES || memo.size() > MAX_VALUES) {
        throw in.error("more than %d values at offset %d".formatted(MAX_VALUES, at));
      }
    }
  }

  /// Numbers, texts and the like.
  private boolean scalar(int opcode) throws TensorFormatException {
    Object value =
        switch (opcode) {
          case 'N' -> Optional.empty();
          case 0x88 -> true;
          case 0x89 -> false;
          case 'J' -> (long) in.i4();
          case 'K' -> (long) in.u1();
          case 'M' -> (long) in.u2();
          case 0x8a -> in.integer(in.u1());
          case 0x8b -> in.integer(in.i4());
          case 'G' -> in.float8();
          case 'X' -> in.text(in.u4());
          case 0x8c -> in.text(in.u1());
          case 0x8d -> in.text(in.i8());
          case 'T' -> in.text(in.i4());
          case 'U' -> in.text(in.u1());
          case 'B' -> in.bytes(in.u4());
          case 'C' -> in.bytes(in.u1());
          case 0x8e, 0x96 -> in.bytes(in.i8());
          default -> this;
        };
    if (value == this) {
      return false;
    }
    stack.add(value);
    return true;
  }

  private boolean container(int opcode, int at) throws TensorFormatException {
    switch (opcode) {
      case ']' -> make(new ArrayList<>(), at);
      case '}' -> make(new LinkedHashMap<>(), at);
      case 0x8f -> make(new LinkedHashSet<>(), at);
      case ')' -> make(List.of(), at);
      case 't' -> make(List.copyOf(popMarked(at)), at);
      case 0x85, 0x86, 0x87 -> make(List.copyOf(popLast(opcode - 0x84, at)), at);
      case 0x91 -> make(set(popMarked(at), at), at);
      case 'a' -> {
        Object item = pop(at);
        list(at).add(item);
      }
      case 'e' -> {
        List<Object> items = popMarked(at);
        list(at).addAll(items);
      }
      case 's' -> {
        List<Object> pair = popLast(2, at);
        put(pair, at);
      }
      case 'u' -> put(popMarked(at), at);
      case 0x90 -> {
        Set<Object> items = set(popMarked(at), at);
        items(at).addAll(items);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void make(Object container, int at) throws TensorFormatException {
    if (++containers > MAX_CONTAINERS) {
      throw in.error("more than %d containers at offset %d".formatted(MAX_CONTAINERS, at));
    }
    stack.add(container);
  }

  private boolean memory(int opcode, int at) throws TensorFormatException {
    switch (opcode) {
      case '(' -> marks.push(stack.size());
      case '0' -> pop(at);
      case '1' -> popMarked(at);
      case '2' -> stack.add(top(at));
      case 'q' -> memo.put((long) in.u1(), top(at));
      case 'r' -> memo.put(in.u4(), top(at));
      case 0x94 -> memo.put((long) memo.size(), top(at));
      case 'h' -> recall(in.u1(), at);
      case 'j' -> recall(in.u4(), at);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void recall(long key, int at) throws TensorFormatException {
    Object value = memo.get(key);
    if (value == null) {
      throw in.error("nothing is remembered as %d at offset %d".formatted(key, at));
    }
    stack.add(value);
  }

  private void other(int opcode, int at) throws TensorFormatException {
    switch (opcode) {
      case 0x80 -> {
        int protocol = in.u1();
        if (protocol > HIGHEST_PROTOCOL) {
          throw in.error("refused: pickle protocol %d at offset %d".formatted(protocol, at));
        }
      }
      case 0x95 -> in.i8();
      case 'c' -> {
        String module = in.line();
        stack.add(PickleGlobals.find(in, module, in.line(), at));
      }
      case 0x93 -> {
        List<Object> names = popLast(2, at);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
          throw in.error("a global has no name at offset %d".formatted(at));
        }
        stack.add(PickleGlobals.find(in, module, name, at));
      }
      case 'R', 0x81 -> {
        List<Object> call = popLast(2, at);
        make(PickleGlobals.call(in, call.get(0), call.get(1), at), at);
      }
      case 'b' -> {
        Object state = pop(at);
        PickleGlobals.build(in, top(at), state, at);
      }
      case 'Q' -> stack.add(PickledStorage.of(in, pop(at), at));
      default ->
          throw in.error(
              "refused: opcode 0x%02x at offset %d; only plain data is read".formatted(opcode, at));
    }
  }

  private Object pop(int at) throws TensorFormatException {
    Object top = top(at);
    stack.removeLast();
    return top;
  }

  private Object top(int at) throws TensorFormatException {
    int floor = marks.isEmpty() ? 0 : marks.element();
    if (stack.size() <= floor) {
      throw in.error("a value is missing at offset %d".formatted(at));
    }
    return stack.getLast();
  }

  private List<Object> popLast(int count, int at) throws TensorFormatException {
    int floor = marks.isEmpty() ? 0 : marks.element();
    if (stack.size() - floor < count) {
      throw in.error("a value is missing at offset %d".formatted(at));
    }
    return cut(stack.size() - count);
  }

  private List<Object> popMarked(int at) throws TensorFormatException {
    if (marks.isEmpty()) {
      throw in.error("a mark is missing at offset %d".formatted(at));
    }
    return cut(marks.pop());
  }

  private List<Object> cut(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  @SuppressWarnings("unchecked") // every list of ours holds objects
  private Collection<Object> list(int at) throws TensorFormatException {
    if (top(at) instanceof ArrayList<?> list) {
      return (Collection<Object>) list;
    }
    throw in.error("items have no list at offset %d".formatted(at));
  }

  @SuppressWarnings("unchecked") // every set of ours holds objects
  private Collection<Object> items(int at) throws TensorFormatException {
    if (top(at) instanceof LinkedHashSet<?> set) {
      return (Collection<Object>) set;
    }
    throw in.error("items have no set at offset %d".formatted(at));
  }

  @SuppressWarnings("unchecked") // every map of ours holds objects
  private void put(List<Object> pairs, int at) throws TensorFormatException {
    if (!(top(at) instanceof LinkedHashMap<?, ?> map) || pairs.size() % 2 != 0) {
      throw in.error("items have no dict at offset %d".formatted(at));
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      ((Map<Object, Object>) map).put(key(in, pairs.get(i), at), pairs.get(i + 1));
    }
  }

  private Set<Object> set(List<Object> items, int at) throws TensorFormatException {
    Set<Object> set = new LinkedHashSet<>();
    for (Object item : items) {
      set.add(key(in, item, at));
    }
    return set;
  }

  /// What can be a key: hashing anything deeper could take forever.
  static Object key(PickleReader in, Object value, int at) throws TensorFormatException {
    if (isPlain(value)) {
      return value;
    }
    if (value instanceof List<?> tuple
        && !(value instanceof ArrayList<?>)
        && tuple.size() <= 16
        && tuple.stream().allMatch(Unpickler::isPlain)) {
      return value;
    }
    throw in.error(
        "refused: a key that is no number, text or tuple of them at offset %d".formatted(at));
  }

  private static boolean isPlain(Object value) {
    return value instanceof Number
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Optional;
  }
}
