package dev.gatun.nn;

import dev.gatun.memory.DType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// How PyTorch prints parameters that a container holds.
final class ParameterTexts {
  private ParameterTexts() {}

  /// @param dtypes whether dtypes are called `torch.float32` and not `torch.FloatTensor`
  static String lines(Map<String, Parameter> parameters, boolean dtypes) {
    return parameters.entrySet().stream()
        .map(entry ->
            "  (%s): Parameter containing: [torch.%s of size %s]"
                .formatted(entry.getKey(), type(entry.getValue(), dtypes), size(entry.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private static String size(Parameter parameter) {
    return Arrays.stream(parameter.shape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining("x"));
  }

  private static String type(Parameter parameter, boolean dtypes) {
    DType dtype = parameter.dtype();
    return switch (dtype) {
      case F32 -> dtypes ? "float32" : "FloatTensor";
      case F64 -> dtypes ? "float64" : "DoubleTensor";
      case F16 -> dtypes ? "float16" : "HalfTensor";
      case BF16 -> dtypes ? "bfloat16" : "BFloat16Tensor";
      case I32, I64, U8, BOOL -> throw new IllegalStateException("a parameter of " + dtype);
    };
  }
}
