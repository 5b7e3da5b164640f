package dev.gatun.demo.oip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One element of `inputs`: what it says of a tensor, and its numbers where they are in JSON.
final class InputReader {
  private static final int MAX_RANK = 8;

  private @Nullable String name;
  private @Nullable String datatype;
  private long @Nullable [] shape;
  private @Nullable NumberReader data;
  private long binarySize = -1;

  InputReader() {}

  /// Reads from the current token, which begins an object, to its end.
  void read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Refusal.of("an input is no object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "name" -> name = Fields.text(json, "name");
        case "datatype" -> datatype = Fields.text(json, "datatype");
        case "shape" -> shape = shape(json);
        case "parameters" -> parameters(json, value);
        case "data" -> {
          data = new NumberReader();
          data.read(json);
        }
        default -> json.skipChildren();
      }
    }
  }

  private static long[] shape(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Refusal.of("shape is no array");
    }
    long[] sizes = new long[MAX_RANK];
    int rank = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || rank == MAX_RANK) {
        throw Refusal.of("shape must hold at most %d integers", MAX_RANK);
      }
      long size = json.getLongValue();
      if (size < 0) {
        throw Refusal.of("shape holds a negative size: %d", size);
      }
      sizes[rank++] = size;
    }
    return Arrays.copyOf(sizes, rank);
  }

  private void parameters(JsonParser json, JsonToken first) throws IOException {
    if (first != JsonToken.START_OBJECT) {
      throw Refusal.of("parameters are no object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean size = json.currentName().equals("binary_data_size");
      JsonToken value = json.nextToken();
      if (!size) {
        json.skipChildren();
      } else if (value == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0) {
        binarySize = json.getLongValue();
      } else {
        throw Refusal.of("binary_data_size must be an integer of 0 or more");
      }
    }
  }

  /// Puts the tensor together.
  ///
  /// @param signature what the model takes
  /// @param id what the client calls the request
  /// @param binaryOutput whether the answer is wanted in binary
  /// @param tail the binary part of the body
  /// @return the request
  InferRequest resolve(
      Signature signature, @Nullable String id, boolean binaryOutput, BinaryTail tail) {
    if (name == null || datatype == null || shape == null) {
      throw Refusal.of(
          "input has no %s", name == null ? "name" : datatype == null ? "datatype" : "shape");
    }
    if (!name.equals(Signature.INPUT)) {
      throw Refusal.of("unknown input '%s'; the model takes '%s'", name, Signature.INPUT);
    }
    boolean pixels = datatype.equals(Signature.PIXELS);
    if (!pixels && !datatype.equals(Signature.DATATYPE)) {
      throw Refusal.of(
          "input has datatype %s; the model takes %s, or %s for pixels",
          datatype, Signature.DATATYPE, Signature.PIXELS);
    }
    int rows = signature.rows(shape);
    float[] values = values(rows * signature.features(), shape, pixels, tail);
    if (pixels) {
      for (int i = 0; i < values.length; i++) {
        values[i] /= 255;
      }
    }
    Finite.requireInput(values, signature.features());
    return new InferRequest(id, rows, values, binaryOutput);
  }

  private float[] values(int count, long[] sizes, boolean pixels, BinaryTail tail) {
    if (binarySize >= 0) {
      if (data != null) {
        throw Refusal.of("input has data both in JSON and in binary");
      }
      return tail.read(count, binarySize, pixels);
    }
    if (data == null) {
      throw Refusal.of("input has no data");
    }
    tail.requireEmpty();
    if (data.count() != count || !data.fits(sizes)) {
      throw Refusal.of(
          "data does not fit its shape: %d numbers for %s",
          data.count(), Arrays.toString(sizes).replace(" ", ""));
    }
    if (pixels && !data.allBytes()) {
      throw Refusal.of("data of datatype %s must be integers from 0 to 255", Signature.PIXELS);
    }
    return data.values();
  }
}
