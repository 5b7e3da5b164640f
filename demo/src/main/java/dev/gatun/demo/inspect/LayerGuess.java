package dev.gatun.demo.inspect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells a layer by the names and shapes of its tensors.
final class LayerGuess {
  private static final Pattern EMBEDDING =
      Pattern.compile("emb|wte|wpe|lookup|token|vocab", Pattern.CASE_INSENSITIVE);
  private static final Pattern TRANSPOSED =
      Pattern.compile("transpose|deconv|upconv", Pattern.CASE_INSENSITIVE);
  private static final int HEAD = 64;

  private LayerGuess() {}

  /// The layer of a node, or null where it is a block of others.
  ///
  /// @param name of the node, which tells apart what shapes do not
  static @Nullable Layer of(String name, KeyTree node) {
    if (node.has("in_proj_weight") && node.child("out_proj") != null) {
      return attention(node);
    }
    if (node.isOnly(
        List.of("running_mean", "running_var"), "weight", "bias", "num_batches_tracked")) {
      return batchNorm(node);
    }
    if (node.has("weight_ih_l0") && node.children.isEmpty()) {
      return RecurrentGuess.of(node);
    }
    if (node.isOnly(List.of("weight_ih", "weight_hh"), "bias_ih", "bias_hh")) {
      return RecurrentGuess.cell(node);
    }
    return node.isOnly(List.of("weight"), "bias") ? weighted(name, node) : null;
  }

  private static @Nullable Layer weighted(String name, KeyTree node) {
    List<Long> shape = node.shape("weight");
    return switch (shape.size()) {
      case 1 -> norm(name, node, shape.getFirst());
      case 2 -> matrix(name, node, shape);
      case 3, 4, 5 -> convolution(name, node, shape);
      default -> null;
    };
  }

  private static Layer norm(String name, KeyTree node, long size) {
    if (node.has("bias")) {
      return Layer.guess("LayerNorm", text(size), "or GroupNorm");
    }
    if (size == 1 || name.toLowerCase(Locale.ROOT).contains("prelu")) {
      return Layer.sure("PReLU", Long.toString(size));
    }
    return Layer.guess("RMSNorm", text(size), "or LayerNorm without a bias");
  }

  private static Layer matrix(String name, KeyTree node, List<Long> shape) {
    long rows = shape.getFirst();
    long columns = shape.getLast();
    if (!node.has("bias") && EMBEDDING.matcher(name).find()) {
      return Layer.guess("Embedding", "%d, %d".formatted(rows, columns), "by its name");
    }
    return node.has("bias")
        ? Layer.sure("Linear", "%d, %d".formatted(columns, rows))
        : Layer.guess("Linear", "%d, %d, false".formatted(columns, rows), "or Embedding");
  }

  private static Layer convolution(String name, KeyTree node, List<Long> shape) {
    long first = shape.get(0);
    long second = shape.get(1);
    boolean bias = node.has("bias");
    boolean transposed =
        TRANSPOSED.matcher(name).find() || (bias && node.shape("bias").getFirst() != first);
    String type = (transposed ? "ConvTranspose%dd" : "Conv%dd").formatted(shape.size() - 2);
    List<Long> kernel = shape.subList(2, shape.size());
    boolean square = kernel.stream().distinct().count() == 1;
    String sizes =
        "%d, %d, %s"
            .formatted(
                transposed ? first : second,
                transposed ? second : first,
                sizes(square ? kernel.subList(0, 1) : kernel));
    String options =
        square && bias
            ? sizes
            : "%s.Options.of(%s)%s".formatted(type, sizes, bias ? "" : ".bias(false)");
    return Layer.guess(type, options, "stride, padding, dilation and groups are not in the file");
  }

  private static String sizes(List<Long> sizes) {
    String text = sizes.toString();
    return text.substring(1, text.length() - 1);
  }

  private static Layer batchNorm(KeyTree node) {
    long size = node.shape("running_mean").getFirst();
    String note = "or BatchNorm1d, InstanceNorm2d";
    return node.has("weight")
        ? Layer.guess("BatchNorm2d", text(size), note)
        : Layer.guess("BatchNorm2d", "NormOptions.batch(%d).affine(false)".formatted(size), note);
  }

  private static Layer attention(KeyTree node) {
    long size = node.shape("in_proj_weight").getLast();
    long heads = size % HEAD == 0 ? size / HEAD : 1;
    String note = "the number of heads is not in the file";
    String options = "%d, %d".formatted(size, heads);
    if (!node.has("in_proj_bias")) {
      options = "MultiheadAttention.Options.of(%s).bias(false)".formatted(options);
    }
    return Layer.guess("MultiheadAttention", options, note);
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
