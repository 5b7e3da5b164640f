package dev.gatun.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Expected values computed by PyTorch, read from the small text files under `/golden`.
///
/// A file holds cases; a case holds named arrays, one a line:
///
/// ```
/// case add-broadcast
/// in a f64 [2,3] 0.5 -1.25 ...
/// in b f64 [3] ...
/// seed g f64 [2,3] ...
/// out y f64 [2,3] ...
/// grad a f64 [2,3] ...
/// ```
///
/// `seed` is the gradient of the first output that backward starts with. The case of a module has
/// its parameters (`param`), their expected gradients (`pgrad`), its buffers before (`buffer`) and
/// after (`after`), and mean and deviation of each as PyTorch initializes it (`init`). Lines that
/// start with `#` are comments; the ones after `case` show the PyTorch expression. Files of plain
/// text (`print.txt`, `toString.txt`) hold blocks instead, see [#texts].
public final class Golden {
  private static final Pattern SHAPE = Pattern.compile("\\[(\\d+(,\\d+)*)?]");
  private static final Set<String> DTYPES = Set.of("f64", "f32", "i64", "bool");

  /// Files that were read; the cases of one serve many tests.
  private static final Map<String, Golden> READ = new ConcurrentHashMap<>();

  private final String source;
  private final Map<String, Case> cases = new LinkedHashMap<>();

  private Golden(String source) {
    this.source = source;
  }

  /// One tensor in row-major order; integers and booleans (0 or 1) are exact as doubles.
  @SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what tensors are made of
  public record Array(String dtype, long[] shape, double[] values) {
    public float[] floats() {
      float[] result = new float[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) values[i];
      }
      return result;
    }

    public long[] longs() {
      return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
    }

    public boolean[] booleans() {
      boolean[] result = new boolean[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i] != 0;
      }
      return result;
    }
  }

  /// The arrays of one case by kind and name, in the order of the file.
  public record Case(String name, Map<String, Map<String, Array>> kinds) {
    private static final Set<String> KINDS =
        Set.of("in", "seed", "out", "grad", "param", "pgrad", "buffer", "after", "init");

    private Case(String name) {
      this(name, new LinkedHashMap<>());
    }

    public Map<String, Array> inputs() {
      return ofKind("in");
    }

    public Map<String, Array> outputs() {
      return ofKind("out");
    }

    public Map<String, Array> grads() {
      return ofKind("grad");
    }

    public Map<String, Array> ofKind(String kind) {
      return kinds.getOrDefault(kind, Map.of());
    }

    public Array input(String key) {
      return named("in", key);
    }

    /// The gradient backward starts with; only where [#hasSeed].
    public Array seed() {
      return named("seed", "g");
    }

    public boolean hasSeed() {
      return kinds.containsKey("seed");
    }

    public Array output(String key) {
      return named("out", key);
    }

    public Array grad(String key) {
      return named("grad", key);
    }

    private Array named(String kind, String key) {
      Map<String, Array> arrays = ofKind(kind);
      Array array = arrays.get(key);
      if (array == null) {
        throw new IllegalArgumentException(
            "golden: case '%s' has no '%s %s' (has %s)"
                .formatted(name, kind, key, arrays.keySet()));
      }
      return array;
    }

    private Map<String, Array> growing(String kind) {
      require(KINDS.contains(kind), "unknown line '" + kind + "'");
      return kinds.computeIfAbsent(kind, _ -> new LinkedHashMap<>());
    }

    private Case frozen() {
      kinds.replaceAll((_, arrays) -> Collections.unmodifiableMap(arrays));
      return new Case(name, Collections.unmodifiableMap(kinds));
    }

    @Override
    public String toString() {
      return name; // the display name of a parameterized test
    }
  }

  /// Reads `/golden/<file>` of the module or jar that holds `anchor`.
  public static Golden load(Class<?> anchor, String file) {
    URL url = url(anchor, file);
    return READ.computeIfAbsent(url.toString(), _ -> parse(file, lines(url, file)));
  }

  /// Parses lines that were read elsewhere; the source is a name for messages.
  public static Golden parse(String source, List<String> lines) {
    Golden golden = new Golden(source);
    @Nullable Case current = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        current = golden.accept(current, line.split(" +"));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "golden: %s line %d: %s".formatted(source, i + 1, e.getMessage()), e);
      }
    }
    golden.cases.replaceAll((name, read) -> read.frozen());
    return golden;
  }

  /// The blocks of a file of plain text: each starts with `== name`, then a comment with the
  /// PyTorch expression, then the text, without its last line end.
  public static Map<String, String> texts(Class<?> anchor, String file) {
    Map<String, List<String>> blocks = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : lines(url(anchor, file), file)) {
      if (line.startsWith("== ")) {
        current = new ArrayList<>();
        if (blocks.put(line.substring(3), current) != null) {
          throw new IllegalArgumentException("golden: %s: '%s' twice".formatted(file, line));
        }
      } else if (!line.startsWith("#")) {
        current.add(line);
      }
    }
    Map<String, String> result = new LinkedHashMap<>();
    blocks.forEach((name, text) -> result.put(name, String.join("\n", text).stripTrailing()));
    return result;
  }

  /// A file under `/golden` by its place on disk, for readers that want a path.
  public static Path path(Class<?> anchor, String file) {
    URL url = url(anchor, file);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("golden: no path for " + url, e);
    }
  }

  private static URL url(Class<?> anchor, String file) {
    URL url = anchor.getResource("/golden/" + file);
    if (url == null) {
      throw missing(file);
    }
    return url;
  }

  public List<Case> cases() {
    return List.copyOf(cases.values());
  }

  /// The case of that name.
  public Case get(String name) {
    Case found = cases.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "golden: %s has no case '%s' (has %s)".formatted(source, name, cases.keySet()));
    }
    return found;
  }

  private Case accept(@Nullable Case current, String[] words) {
    if (words[0].equals("case")) {
      require(words.length == 2, "expected 'case <name>', got " + words.length + " words");
      Case next = new Case(words[1]);
      require(cases.put(next.name(), next) == null, "case '" + next.name() + "' twice");
      return next;
    }
    if (current == null) {
      throw new IllegalArgumentException("'" + words[0] + "' before the first case");
    }
    Map<String, Array> arrays = current.growing(words[0]);
    require(words.length >= 4, "expected '<kind> <name> <dtype> <shape> <values>'");
    Array before = arrays.put(words[1], array(words));
    require(before == null, "'" + words[0] + " " + words[1] + "' twice");
    return current;
  }

  private static Array array(String[] words) {
    require(DTYPES.contains(words[2]), "unknown dtype '" + words[2] + "'");
    long[] shape = shape(words[3]);
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int given = words.length - 4;
    require(count == given, "%s needs %d values, got %d".formatted(words[3], count, given));
    double[] values = new double[given];
    for (int i = 0; i < given; i++) {
      values[i] = number(words[i + 4]);
    }
    return new Array(words[2], shape, values);
  }

  private static long[] shape(String text) {
    require(SHAPE.matcher(text).matches(), "malformed shape '" + text + "'");
    String sizes = text.substring(1, text.length() - 1);
    return sizes.isEmpty()
        ? new long[0]
        : Arrays.stream(sizes.split(",")).mapToLong(Long::parseLong).toArray();
  }

  private static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("malformed number '" + text + "'", e);
        }
      }
    };
  }

  private static List<String> lines(URL url, String file) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("golden: cannot read " + file, e);
    }
  }

  private static IllegalArgumentException missing(String file) {
    return new IllegalArgumentException("golden: no file '/golden/" + file + "'");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
