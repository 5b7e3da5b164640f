package dev.gatun.demo.inspect;

import org.jspecify.annotations.Nullable;

/// Tells recurrent layers apart: by how many gates stand above each other in a weight.
final class RecurrentGuess {
  private RecurrentGuess() {}

  static @Nullable Layer of(KeyTree node) {
    long gates = gates(node, "_l0");
    String type = type(gates);
    if (type == null || node.has("weight_hr_l0")) {
      return null;
    }
    long input = node.shape("weight_ih_l0").getLast();
    long hidden = node.shape("weight_hh_l0").getLast();
    int layers = 1;
    while (node.has("weight_ih_l" + layers)) {
      layers++;
    }
    StringBuilder code = new StringBuilder("RecurrentOptions.of(%d, %d)".formatted(input, hidden));
    if (layers > 1) {
      code.append(".numLayers(").append(layers).append(')');
    }
    if (!node.has("bias_ih_l0")) {
      code.append(".bias(false)");
    }
    if (node.has("weight_ih_l0_reverse")) {
      code.append(".bidirectional(true)");
    }
    return Layer.guess(type, code.toString(), "dropout and batchFirst are not in the file");
  }

  static @Nullable Layer cell(KeyTree node) {
    String type = type(gates(node, ""));
    if (type == null || !node.has("bias_ih") || !node.has("bias_hh")) {
      return null;
    }
    long input = node.shape("weight_ih").getLast();
    long hidden = node.shape("weight_hh").getLast();
    return Layer.sure(type + "Cell", "%d, %d".formatted(input, hidden));
  }

  private static long gates(KeyTree node, String layer) {
    if (!node.has("weight_hh" + layer) || node.shape("weight_hh" + layer).size() != 2) {
      return 0;
    }
    long hidden = node.shape("weight_hh" + layer).getLast();
    return hidden == 0 ? 0 : node.shape("weight_hh" + layer).getFirst() / hidden;
  }

  private static @Nullable String type(long gates) {
    return switch ((int) gates) {
      case 1 -> "RNN";
      case 3 -> "GRU";
      case 4 -> "LSTM";
      default -> null;
    };
  }
}
