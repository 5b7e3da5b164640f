package dev.gatun.tensor;

import java.util.Arrays;

/// What an einsum equation says of its operands: a label for each dimension of each, and those of
/// the result. Letters are labels 0 to 51; the dimensions that an ellipsis stands for follow.
final class EinsumParser {
  static final int LETTERS = 52;
  private static final int DOTS = -1;

  /// Labels of each operand and of the result, and the size of each label.
  static final class Plan {
    final int[][] operands;
    final int[] result;
    final long[] sizes;

    Plan(int[][] operands, int[] result, long[] sizes) {
      this.operands = operands;
      this.result = result;
      this.sizes = sizes;
    }
  }

  private final String equation;
  private final Tensor[] tensors;
  private int dots;

  private EinsumParser(String equation, Tensor[] tensors) {
    this.equation = equation;
    this.tensors = tensors;
  }

  static Plan parse(String equation, Tensor[] tensors) {
    return new EinsumParser(equation, tensors).parse();
  }

  private Plan parse() {
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    String[] terms = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
    if (terms.length != tensors.length) {
      throw new IllegalArgumentException(
          "einsum: '%s' names %d operands, got %d"
              .formatted(equation, terms.length, tensors.length));
    }
    int[][] operands = new int[terms.length][];
    for (int i = 0; i < terms.length; i++) {
      operands[i] = labels(terms[i]);
      dots = Math.max(dots, dotted(operands[i], i));
    }
    for (int i = 0; i < terms.length; i++) {
      operands[i] = filled(operands[i], tensors[i].shape.length - (operands[i].length - 1));
    }
    int[] result = arrow < 0 ? implied(operands) : filled(labels(text.substring(arrow + 2)), dots);
    long[] sizes = sizes(operands);
    check(result, sizes);
    return new Plan(operands, result, sizes);
  }

  private int[] labels(String term) {
    int[] labels = new int[term.length()];
    int count = 0;
    boolean ellipsis = false;
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        labels[count++] = c - 'A';
      } else if (c >= 'a' && c <= 'z') {
        labels[count++] = c - 'a' + 26;
      } else if (term.startsWith("...", i) && !ellipsis) {
        ellipsis = true;
        labels[count++] = DOTS;
        i += 2;
      } else {
        throw new IllegalArgumentException(
            "einsum: unexpected '%c' in '%s' (expected letters, one ... for each operand, commas and ->)"
                .formatted(c, equation));
      }
    }
    return Arrays.copyOf(labels, count);
  }

  /// How many dimensions the ellipsis of an operand stands for.
  private int dotted(int[] labels, int operand) {
    boolean ellipsis = Arrays.stream(labels).anyMatch(label -> label == DOTS);
    int named = ellipsis ? labels.length - 1 : labels.length;
    long[] shape = tensors[operand].shape;
    if (ellipsis ? shape.length < named : shape.length != named) {
      throw new ShapeException(
          "einsum: '%s' names %d dims of operand %d, which is %s"
              .formatted(equation, named, operand, Shapes.format(shape)));
    }
    return shape.length - named;
  }

  /// The ellipsis replaced by the last `count` of its labels.
  private int[] filled(int[] labels, int count) {
    int at = 0;
    while (at < labels.length && labels[at] != DOTS) {
      at++;
    }
    if (at == labels.length) {
      return labels;
    }
    int[] filled = new int[labels.length - 1 + count];
    System.arraycopy(labels, 0, filled, 0, at);
    for (int i = 0; i < count; i++) {
      filled[at + i] = LETTERS + dots - count + i;
    }
    System.arraycopy(labels, at + 1, filled, at + count, labels.length - at - 1);
    return filled;
  }

  /// Without an arrow: the ellipsis, then what occurs once, in alphabetical order.
  private int[] implied(int[][] operands) {
    int[] uses = new int[LETTERS];
    for (int[] labels : operands) {
      for (int label : labels) {
        if (label < LETTERS) {
          uses[label]++;
        }
      }
    }
    int[] result = new int[dots + LETTERS];
    int count = 0;
    for (; count < dots; count++) {
      result[count] = LETTERS + count;
    }
    for (int label = 0; label < LETTERS; label++) {
      if (uses[label] == 1) {
        result[count++] = label;
      }
    }
    return Arrays.copyOf(result, count);
  }

  /// The size of each label, -1 for those not in use; a size of 1 is repeated to any other.
  private long[] sizes(int[][] operands) {
    long[] sizes = new long[LETTERS + dots];
    Arrays.fill(sizes, -1);
    for (int i = 0; i < operands.length; i++) {
      for (int d = 0; d < operands[i].length; d++) {
        int label = operands[i][d];
        long size = tensors[i].shape[d];
        if (sizes[label] == -1 || sizes[label] == 1) {
          sizes[label] = size;
        } else if (size != 1 && size != sizes[label]) {
          throw new ShapeException(
              "einsum: sizes of %s differ in '%s': %s (operand %d, dim %d: %d vs %d)"
                  .formatted(name(label), equation, shapes(), i, d, size, sizes[label]));
        }
      }
    }
    return sizes;
  }

  private void check(int[] result, long[] sizes) {
    boolean[] seen = new boolean[sizes.length];
    for (int label : result) {
      if (sizes[label] == -1) {
        throw new IllegalArgumentException(
            "einsum: %s of the result is in no operand of '%s'".formatted(name(label), equation));
      }
      if (seen[label]) {
        throw new IllegalArgumentException(
            "einsum: %s is in the result of '%s' twice".formatted(name(label), equation));
      }
      seen[label] = true;
    }
  }

  private String shapes() {
    StringBuilder text = new StringBuilder();
    for (Tensor x : tensors) {
      text.append(text.isEmpty() ? "" : " and ").append(Shapes.format(x.shape));
    }
    return text.toString();
  }

  private static String name(int label) {
    if (label >= LETTERS) {
      return "a dim of ...";
    }
    return "'" + (char) (label < 26 ? 'A' + label : 'a' + label - 26) + "'";
  }
}
