package dev.gatun.demo.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// What goes back to a client.
///
/// @param status the HTTP status
/// @param type its Content-Type
/// @param body the array itself
/// @param fields further header fields
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, String type, byte[] body, Map<String, String> fields) {
  static final String JSON_TYPE = "application/json";
  static final String BINARY_TYPE = "application/octet-stream";

  private static final JsonFactory JSON = new JsonFactory();

  /// Writes a JSON object.
  @FunctionalInterface
  interface Content {
    /// Writes its fields.
    ///
    /// @param json inside of the object
    void write(JsonGenerator json) throws IOException;
  }

  static Answer json(int status, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(status, JSON_TYPE, bytes.toByteArray(), Map.of());
  }

  /// One line that says what is wrong.
  static Answer error(int status, String line) {
    Answer answer = json(status, json -> json.writeStringField("error", line));
    return switch (status) {
      // What is left of the request is not read: nothing else can follow it.
      case 408, 413 -> answer.with("Connection", "close");
      case 503 -> answer.with("Retry-After", "1");
      default -> answer;
    };
  }

  Answer with(String name, String value) {
    return new Answer(status, type, body, Map.of(name, value));
  }
}
