package dev.gatun.demo.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request for inference, token by token.
public final class RequestReader {
  /// The request header that says how many bytes of a body with binary data are JSON.
  public static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Each request has a thread of its own: buffers kept by thread would never be used again.
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .build();

  private @Nullable String id;
  private @Nullable InputReader input;
  private boolean binary;
  private @Nullable Boolean binaryOutput;

  private RequestReader() {}

  /// Reads a request.
  ///
  /// @param body all of it
  /// @param jsonLength the value of the header [#JSON_LENGTH], where there was one
  /// @param signature what the model takes
  /// @return the request
  /// @throws Refusal if it is not one that the model can answer
  public static InferRequest read(byte[] body, @Nullable String jsonLength, Signature signature) {
    int length = jsonLength == null ? body.length : length(jsonLength, body.length);
    RequestReader reader = new RequestReader();
    try (JsonParser json = JSON.createParser(body, 0, length)) {
      reader.read(json);
    } catch (JsonProcessingException e) {
      throw Refusal.of(
          "body is not JSON: line %d, column %d",
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          e.getLocation() == null ? 1 : e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw Refusal.of("body is not JSON: %s", e.getClass().getSimpleName());
    }
    if (reader.input == null) {
      throw Refusal.of("body has no input; the model takes '%s'", Signature.INPUT);
    }
    return reader.input.resolve(
        signature, reader.id, reader.wantsBinary(), new BinaryTail(body, length));
  }

  private static int length(String header, int bodyLength) {
    try {
      int length = Integer.parseUnsignedInt(header.strip());
      if (length <= bodyLength) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Refusal.of(
        "%s must be an integer of at most the body's %d bytes, got '%s'",
        JSON_LENGTH, bodyLength, header);
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw Refusal.of("body is no JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "id" -> id = Fields.text(json, "id");
        case "parameters" -> {
          Boolean told = flag(json, value, "binary_data_output");
          binary = told != null && told;
        }
        case "inputs" -> inputs(json, value);
        case "outputs" -> outputs(json, value);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw Refusal.of("body goes on after its JSON object");
    }
  }

  private void inputs(JsonParser json, JsonToken first) throws IOException {
    if (first != JsonToken.START_ARRAY) {
      throw Refusal.of("inputs are no array");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (input != null) {
        throw Refusal.of("body has more than one input; the model takes '%s'", Signature.INPUT);
      }
      input = new InputReader();
      input.read(json);
    }
  }

  private void outputs(JsonParser json, JsonToken first) throws IOException {
    if (first != JsonToken.START_ARRAY) {
      throw Refusal.of("outputs are no array");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw Refusal.of("an output is no object");
      }
      String name = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        switch (field) {
          case "name" -> name = Fields.text(json, "name");
          case "parameters" -> binaryOutput = flag(json, value, "binary_data");
          default -> json.skipChildren();
        }
      }
      if (!Signature.OUTPUT.equals(name)) {
        throw Refusal.of("unknown output '%s'; the model gives '%s'", name, Signature.OUTPUT);
      }
    }
  }

  private boolean wantsBinary() {
    return binaryOutput == null ? binary : binaryOutput;
  }

  /// Reads an object of parameters for one of them.
  ///
  /// @return its value, null where it is not told
  private static @Nullable Boolean flag(JsonParser json, JsonToken first, String name)
      throws IOException {
    if (first != JsonToken.START_OBJECT) {
      throw Refusal.of("parameters are no object");
    }
    Boolean told = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(name);
      json.nextToken();
      if (found) {
        told = Fields.flag(json, name);
      } else {
        json.skipChildren();
      }
    }
    return told;
  }
}
