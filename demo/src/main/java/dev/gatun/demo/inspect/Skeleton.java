package dev.gatun.demo.inspect;

import dev.gatun.io.TensorInfo;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/// Writes a module in Java whose state dict has the names and shapes of a file, as well as they
/// tell. What [LayerGuess] had to guess is said beside it.
public final class Skeleton {
  private final Set<String> imports = new TreeSet<>(List.of("dev.gatun.nn.Module"));

  /// The classes of blocks by their bodies: blocks that look alike are one class.
  private final Map<String, String> blocks = new LinkedHashMap<>();

  private final Set<String> taken = new LinkedHashSet<>();

  private Skeleton() {}

  /// Writes a class.
  ///
  /// @param name what it is called
  /// @param tensors of a state dict
  /// @return its source
  /// @throws IllegalArgumentException if that is no name for a class
  public static String of(String name, List<TensorInfo> tensors) {
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new IllegalArgumentException("--name is no name for a class: " + name);
    }
    return new Skeleton().write(name, KeyTree.of(tensors));
  }

  private String write(String name, KeyTree root) {
    taken.add(name);
    imports.add("dev.gatun.tensor.Tensor");
    String body = body(root);
    StringBuilder out = new StringBuilder();
    String nested =
        blocks.entrySet().stream()
            .map(block ->
                indent(
                    "static final class %s extends Module {\n%s}\n"
                        .formatted(block.getValue(), block.getKey())))
            .collect(Collectors.joining("\n"));
    imports.forEach(each -> out.append("import ").append(each).append(";\n"));
    out.append("\n/// Guessed from the names and shapes of a file: check it, and write forward.\n");
    out.append("public final class ").append(name).append(" extends Module {\n").append(body);
    if (!nested.isEmpty()) {
      out.append('\n').append(nested);
    }
    return out.append("}\n").toString();
  }

  private String body(KeyTree node) {
    StringBuilder fields = new StringBuilder();
    StringBuilder forward = new StringBuilder();
    Set<String> used = new LinkedHashSet<>();
    node.tensors.forEach((name, info) -> {
      boolean trained = info.dtype() != null && info.dtype().isFloating();
      String type = trained ? "Parameter" : "Tensor";
      String made = "Tensor.zeros(%s)".formatted(arguments(info));
      imports.add(trained ? "dev.gatun.nn.Parameter" : "dev.gatun.tensor.Tensor");
      fields.append(
          "  private final %s %s = %s(\"%s\", %s);\n"
              .formatted(
                  type, field(name, used), trained ? "parameter" : "buffer", escaped(name), made));
    });
    node.children.forEach((name, child) -> {
      String field = field(name, used);
      Layer layer = layer(name, child);
      String note = layer.note().isEmpty() ? "" : " // " + layer.note();
      fields.append(
          "  private final %s %s = child(\"%s\", %s);%s\n"
              .formatted(layer.type(), field, escaped(name), layer.code(), note));
      forward.append(
          child.isList()
              ? "    for (Module each : %s) {\n      y = each.call(y);\n    }\n".formatted(field)
              : "    y = %s.call(y);\n".formatted(field));
    });
    return fields
        + "\n  @Override\n  public Tensor forward(Tensor x) {\n"
        + "    Tensor y = x; // guessed: the children in the order of the file\n"
        + forward
        + "    return y;\n  }\n";
  }

  private String arguments(TensorInfo info) {
    String sizes = info.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String dtype = info.dtype() == null ? "F32" : info.dtype().name();
    if (dtype.equals("BF16") || dtype.equals("F16")) {
      dtype = "F32";
    }
    imports.add("dev.gatun.memory.DType");
    return sizes.isEmpty() ? "DType." + dtype : "DType.%s, %s".formatted(dtype, sizes);
  }

  private Layer layer(String name, KeyTree node) {
    if (node.isList()) {
      return list(name, node);
    }
    Layer known = LayerGuess.of(name, node);
    if (known != null) {
      imports.add("dev.gatun.nn." + known.type());
      for (String options : List.of("RecurrentOptions", "NormOptions")) {
        if (known.code().contains(options)) {
          imports.add("dev.gatun.nn." + options);
        }
      }
      return known;
    }
    String body = body(node);
    String type = blocks.get(body);
    if (type == null) {
      type = unused(typeName(name));
      blocks.put(body, type);
    }
    return Layer.sure(type, "");
  }

  /// Modules by number; where a number is left out there was a layer without tensors.
  private Layer list(String name, KeyTree node) {
    imports.add("dev.gatun.nn.ModuleList");
    int last = node.children.keySet().stream().mapToInt(Integer::parseInt).max().orElse(0);
    StringBuilder items = new StringBuilder();
    boolean gaps = false;
    for (int i = 0; i <= last; i++) {
      KeyTree child = node.children.get(Integer.toString(i));
      if (child == null) {
        gaps = true;
        imports.add("dev.gatun.nn.Identity");
      }
      String code = child == null ? "new Identity()" : layer(name + "Block", child).code();
      items.append(i == 0 ? "\n          " : ",\n          ").append(code);
    }
    return new Layer(
        "ModuleList<Module>",
        "new ModuleList<Module>(" + items + ")",
        gaps ? "Identity: a layer without tensors, such as an activation" : "");
  }

  private String unused(String type) {
    String name = type;
    for (int i = 2; !taken.add(name); i++) {
      name = type + i;
    }
    return name;
  }

  private static String typeName(String name) {
    StringBuilder type = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        type.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    boolean plain = type.length() > 0 && !Character.isDigit(type.charAt(0));
    return plain ? type + (isTaken(type.toString()) ? "Block" : "") : "Block" + type;
  }

  /// What a class of the library, or of the language, is called already.
  private static boolean isTaken(String type) {
    return Set.of(
                "Module",
                "Tensor",
                "DType",
                "Parameter",
                "Identity",
                "ModuleList",
                "Linear",
                "Embedding",
                "Override",
                "Object",
                "String",
                "LayerNorm",
                "Conv1d",
                "Conv2d",
                "Conv3d",
                "LSTM",
                "GRU",
                "RNN",
                "MultiheadAttention",
                "BatchNorm2d",
                "RMSNorm",
                "PReLU",
                "NormOptions",
                "RecurrentOptions")
            .contains(type)
        || type.matches("ConvTranspose\\dd");
  }

  private static String field(String name, Set<String> used) {
    StringBuilder field = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        boolean first = field.isEmpty();
        String head = word.substring(0, 1);
        field.append(first ? head.toLowerCase(Locale.ROOT) : head.toUpperCase(Locale.ROOT));
        field.append(word.substring(1));
      }
    }
    String text = field.toString();
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      text = "layer" + text;
    }
    if (SourceVersion.isKeyword(text)
        || text.equals("x")
        || text.equals("y")
        || text.equals("each")) {
      text += "_";
    }
    while (!used.add(text)) {
      text += "_";
    }
    return text;
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        text.append("\\%03o".formatted((int) c & 0xff));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String indent(String text) {
    return text.lines()
        .map(line -> line.isEmpty() ? "\n" : "  " + line + "\n")
        .collect(Collectors.joining());
  }
}
