package dev.gatun.bench.peers.onnxruntime;

import java.util.List;

/// Builds a model in the ONNX format; numbers are fields of `onnx.proto`.
final class Model {
  /// `TensorProto.FLOAT`.
  static final int FLOAT = 1;

  /// `TensorProto.INT64`.
  static final int LONG = 7;

  /// `TensorProto.DOUBLE`.
  static final int DOUBLE = 11;

  /// A size that each run may choose.
  static final long ANY = -1;

  private static final int FORMAT = 8;
  private static final int OPERATORS = 17;

  private final Protobuf graph = new Protobuf().text(2, "graph");

  Model input(String name, int type, long... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  Model output(String name, int type, long... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  Model constant(String name, float[] values, long... shape) {
    Protobuf tensor = new Protobuf();
    for (long size : shape) {
      tensor.number(1, size);
    }
    graph.message(5, tensor.number(2, FLOAT).text(8, name).floats(9, values));
    return this;
  }

  /// Whole numbers, such as a shape.
  Model constant(String name, long... values) {
    Protobuf tensor = new Protobuf().number(1, values.length).number(2, LONG).text(8, name);
    for (long value : values) {
      tensor.number(7, value);
    }
    graph.message(5, tensor);
    return this;
  }

  Model node(String operator, List<String> inputs, String output) {
    graph.message(1, operation(operator, inputs, output));
    return this;
  }

  /// With an attribute that is a whole number.
  Model node(String operator, List<String> inputs, String output, String attribute, long value) {
    Protobuf number = new Protobuf().text(1, attribute).number(3, value).number(20, 2);
    graph.message(1, operation(operator, inputs, output).message(5, number));
    return this;
  }

  /// With an attribute that is several whole numbers.
  Model node(
      String operator, List<String> inputs, String output, String attribute, long[] values) {
    Protobuf numbers = new Protobuf().text(1, attribute).number(20, 7);
    for (long value : values) {
      numbers.number(8, value);
    }
    graph.message(1, operation(operator, inputs, output).message(5, numbers));
    return this;
  }

  byte[] toByteArray() {
    return new Protobuf()
        .number(1, FORMAT)
        .message(7, graph)
        .message(8, new Protobuf().number(2, OPERATORS))
        .toByteArray();
  }

  private static Protobuf operation(String operator, List<String> inputs, String output) {
    Protobuf node = new Protobuf();
    inputs.forEach(input -> node.text(1, input));
    return node.text(2, output).text(3, output).text(4, operator);
  }

  private static Protobuf value(String name, int type, long... shape) {
    Protobuf sizes = new Protobuf();
    for (long size : shape) {
      sizes.message(1, size == ANY ? new Protobuf() : new Protobuf().number(1, size));
    }
    Protobuf tensor = new Protobuf().number(1, type).message(2, sizes);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }
}
