package dev.gatun.tensor;

import dev.gatun.kernel.CopyKernels;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tensors as text, in the layout of PyTorch's `torch._tensor_str`: four digits, aligned columns,
/// scientific notation where magnitudes differ much, the middle left out above 1000 elements.
final class Printer {
  private static final int LINE_WIDTH = 80;
  private static final int EDGE = 3;
  private static final int DIGITS = 4;
  private static final int SUMMARIZE_ABOVE = 1000;
  private static final String PREFIX = "tensor(";

  /// How numbers with fractions are written.
  private enum Notation {
    /// `3.`
    WHOLE,
    /// `3.1416`
    FIXED,
    /// `3.1416e+00`
    SCIENTIFIC
  }

  private final Tensor tensor;
  private final MemorySegment memory;
  private final boolean summarize;
  private Notation notation = Notation.WHOLE;
  private int width = 1;

  private Printer(Tensor tensor) {
    this.tensor = tensor;
    this.memory = tensor.memory();
    this.summarize = tensor.numel > SUMMARIZE_ABOVE;
  }

  static String print(Tensor tensor) {
    Printer printer = new Printer(tensor);
    StringBuilder text = new StringBuilder(PREFIX);
    if (tensor.numel == 0) {
      text.append("[]");
    } else {
      printer.choose();
      printer.append(text, 0, tensor.offset, PREFIX.length());
    }
    return printer.suffix(text).append(')').toString();
  }

  /// What follows the elements, on a line of its own where it would not fit.
  private StringBuilder suffix(StringBuilder text) {
    List<String> suffixes = new ArrayList<>();
    if (tensor.numel == 0 && tensor.shape.length != 1) {
      suffixes.add("size=" + Shapes.format(tensor.shape));
    }
    boolean evident =
        switch (tensor.dtype) {
          case F32 -> true;
          case I64, BOOL -> tensor.numel > 0; // seen by the elements
          case F64, I32, U8, BF16, F16 -> false;
        };
    if (!evident) {
      suffixes.add("dtype=" + tensor.dtype);
    }
    Node node = tensor.node();
    if (node != null) {
      suffixes.add(node.leaf() == null ? "gradFn=<" + node.name() + ">" : "requiresGrad=true");
    }
    int line = text.length() - text.lastIndexOf("\n") + 1;
    for (String suffix : suffixes) {
      if (line + suffix.length() + 2 > LINE_WIDTH) {
        text.append(",\n").repeat(' ', PREFIX.length()).append(suffix);
        line = PREFIX.length() + suffix.length();
      } else {
        text.append(", ").append(suffix);
        line += suffix.length() + 2;
      }
    }
    return text;
  }

  /// Chooses one notation and width for all elements that are shown.
  private void choose() {
    List<Double> shown = new ArrayList<>();
    collect(shown, 0, tensor.offset);
    if (tensor.dtype.isFloating()) {
      chooseNotation(shown);
    }
  }

  private void chooseNotation(List<Double> shown) {
    double[] finite =
        shown.stream()
            .mapToDouble(v -> v)
            .filter(v -> v != 0 && Math.abs(v) <= Double.MAX_VALUE)
            .toArray();
    if (finite.length == 0) {
      return;
    }
    double max = Arrays.stream(finite).map(Math::abs).max().orElseThrow();
    double min = Arrays.stream(finite).map(Math::abs).min().orElseThrow();
    boolean whole = Arrays.stream(finite).allMatch(v -> v == Math.rint(v));
    if (max / min > 1000 || max > 1e8 || (!whole && min < 1e-4)) {
      notation = Notation.SCIENTIFIC;
    } else if (!whole) {
      notation = Notation.FIXED;
    }
    for (double value : finite) {
      width = Math.max(width, floating(value).length());
    }
  }

  private void collect(List<Double> shown, int dim, long at) {
    if (dim == tensor.shape.length) {
      shown.add(tensor.dtype.isFloating() ? real(at) : 0);
      if (!tensor.dtype.isFloating()) {
        width = Math.max(width, element(at).length());
      }
      return;
    }
    for (long i : positions(dim)) {
      if (i >= 0) {
        collect(shown, dim + 1, at + i * tensor.strides[dim]);
      }
    }
  }

  /// The positions shown along a dimension; -1 stands for those left out.
  private long[] positions(int dim) {
    long size = tensor.shape[dim];
    if (!summarize || size <= 2 * EDGE) {
      long[] all = new long[(int) size];
      Arrays.setAll(all, i -> i);
      return all;
    }
    return new long[] {0, 1, 2, -1, size - 3, size - 2, size - 1};
  }

  private void append(StringBuilder text, int dim, long at, int indent) {
    if (dim == tensor.shape.length) {
      text.append(element(at));
    } else if (dim == tensor.shape.length - 1) {
      appendRow(text, at, dim, indent);
    } else {
      text.append('[');
      boolean first = true;
      for (long i : positions(dim)) {
        if (!first) {
          text.append(',').repeat('\n', tensor.shape.length - 1 - dim).repeat(' ', indent + 1);
        }
        first = false;
        if (i < 0) {
          text.append("...");
        } else {
          append(text, dim + 1, at + i * tensor.strides[dim], indent + 1);
        }
      }
      text.append(']');
    }
  }

  private void appendRow(StringBuilder text, long at, int dim, int indent) {
    int perLine = Math.max(1, (LINE_WIDTH - indent) / (width + 2));
    text.append('[');
    int column = 0;
    for (long i : positions(dim)) {
      if (column == perLine) {
        text.append(",\n").repeat(' ', indent + 1);
        column = 0;
      } else if (column > 0) {
        text.append(", ");
      }
      column++;
      String value = i < 0 ? " ..." : element(at + i * tensor.strides[dim]);
      text.repeat(' ', i < 0 ? 0 : Math.max(0, width - value.length())).append(value);
    }
    text.append(']');
  }

  private String element(long at) {
    return switch (tensor.dtype) {
      case F32, F64, BF16, F16 -> floating(real(at));
      case I32, I64, U8 -> Long.toString(integer(at));
      case BOOL -> integer(at) != 0 ? "true" : "false";
    };
  }

  private String floating(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    // A zero has a sign of its own. Digits are those of the exact value, ties to even: C's printf.
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    BigDecimal exact = new BigDecimal(Math.abs(value));
    return sign
        + switch (notation) {
          case WHOLE -> exact.toPlainString() + ".";
          case FIXED -> exact.setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
          case SCIENTIFIC -> scientific(exact);
        };
  }

  private static String scientific(BigDecimal exact) {
    BigDecimal rounded = exact.round(new MathContext(DIGITS + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = rounded.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
    String padded = digits + "0".repeat(Math.max(0, DIGITS + 1 - digits.length()));
    return "%c.%se%c%02d"
        .formatted(
            padded.charAt(0),
            padded.substring(1, DIGITS + 1),
            exponent < 0 ? '-' : '+',
            Math.abs(exponent));
  }

  private double real(long at) {
    double[] value = new double[1];
    read(at, DType.F64, MemorySegment.ofArray(value));
    return value[0];
  }

  private long integer(long at) {
    long[] value = new long[1];
    read(at, DType.I64, MemorySegment.ofArray(value));
    return value[0];
  }

  private void read(long at, DType as, MemorySegment to) {
    int bytes = tensor.dtype.byteSize();
    CopyKernels.convert(tensor.dtype, as).apply(memory, at * bytes, bytes, to, 0, as.byteSize(), 1);
  }
}
