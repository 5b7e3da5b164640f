package dev.gatun.demo.oip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/// Reads the numbers of a tensor from JSON, flat or nested, and tells of what shape they were.
final class NumberReader {
  private static final int MAX_DEPTH = 8;
  private static final int UNKNOWN = -1;

  private final int[] sizes = new int[MAX_DEPTH];
  private final int[] counts = new int[MAX_DEPTH];
  private float[] values = new float[1024];
  private int count;
  private int depth;
  private int leaves = UNKNOWN;
  private boolean bytes = true;

  NumberReader() {
    Arrays.fill(sizes, UNKNOWN);
  }

  /// Reads from the current token, which begins an array, to its end.
  void read(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.START_ARRAY) {
      throw Refusal.of("data is no array");
    }
    while (true) {
      switch (token) {
        case START_ARRAY -> open();
        case END_ARRAY -> close();
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(json, token);
        case null, default -> throw Refusal.of("data holds what is no number at element %d", count);
      }
      if (depth == 0) {
        return;
      }
      token = json.nextToken();
    }
  }

  private void open() {
    if (depth > 0) {
      if (depth == leaves) {
        throw ragged();
      }
      counts[depth - 1]++;
    }
    if (depth == MAX_DEPTH) {
      throw Refusal.of("data is nested more than %d deep", MAX_DEPTH);
    }
    counts[depth] = 0;
    depth++;
  }

  private void close() {
    depth--;
    if (sizes[depth] != UNKNOWN && sizes[depth] != counts[depth]) {
      throw ragged();
    }
    sizes[depth] = counts[depth];
  }

  private void add(JsonParser json, JsonToken token) throws IOException {
    if (leaves == UNKNOWN) {
      leaves = depth;
    }
    if (leaves != depth) {
      throw ragged();
    }
    counts[depth - 1]++;
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    float value = json.getFloatValue();
    bytes &= token == JsonToken.VALUE_NUMBER_INT && value >= 0 && value <= 255;
    values[count++] = value;
  }

  private Refusal ragged() {
    return Refusal.of("data is ragged at element %d", count);
  }

  /// {@return how many numbers there were}
  int count() {
    return count;
  }

  /// {@return whether each number was an integer from 0 to 255}
  boolean allBytes() {
    return bytes;
  }

  /// Whether the arrays were nested as a shape says; a flat one fits every shape.
  ///
  /// @param shape that the request tells
  /// @return whether they agree
  boolean fits(long[] shape) {
    if (leaves <= 1) {
      return true;
    }
    boolean fits = shape.length == leaves;
    for (int i = 0; fits && i < leaves; i++) {
      fits = shape[i] == sizes[i];
    }
    return fits;
  }

  /// {@return the numbers, in an array of their count}
  float[] values() {
    return count == values.length ? values : Arrays.copyOf(values, count);
  }
}
