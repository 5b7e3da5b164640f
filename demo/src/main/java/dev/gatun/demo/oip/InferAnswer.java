package dev.gatun.demo.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The body of an answer.
///
/// @param bytes all of it; the array itself
/// @param jsonLength how many of them are JSON, where the rest is binary data; else -1
@SuppressWarnings("ArrayRecordComponent")
public record InferAnswer(byte[] bytes, int jsonLength) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .build();

  /// Writes an answer, in JSON or in binary as the request wants it.
  ///
  /// @param model the model's name
  /// @param version which of its versions answered
  /// @param request what was asked
  /// @param scores what the model gave, `outputs` numbers for each row
  /// @param outputs numbers of one row
  /// @return the body
  /// @throws Refusal if a number is not finite
  public static InferAnswer of(
      String model, String version, InferRequest request, float[] scores, int outputs) {
    Finite.requireOutput(scores, outputs);
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(256 + 16 * scores.length)) {
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        json.writeStringField("model_name", model);
        json.writeStringField("model_version", version);
        if (request.id() != null) {
          json.writeStringField("id", request.id());
        }
        json.writeArrayFieldStart("outputs");
        output(json, request, scores, outputs);
        json.writeEndArray();
        json.writeEndObject();
      }
      byte[] head = bytes.toByteArray();
      return request.binary()
          ? new InferAnswer(join(head, scores), head.length)
          : new InferAnswer(head, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void output(JsonGenerator json, InferRequest request, float[] scores, int outputs)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", Signature.OUTPUT);
    json.writeStringField("datatype", Signature.DATATYPE);
    json.writeArrayFieldStart("shape");
    json.writeNumber(request.rows());
    json.writeNumber(outputs);
    json.writeEndArray();
    if (request.binary()) {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", scores.length * Float.BYTES);
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("data");
      for (float score : scores) {
        json.writeNumber(score);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static byte[] join(byte[] head, float[] scores) {
    ByteBuffer whole =
        ByteBuffer.allocate(head.length + scores.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(head);
    for (float score : scores) {
      whole.putFloat(score);
    }
    return whole.array();
  }
}
