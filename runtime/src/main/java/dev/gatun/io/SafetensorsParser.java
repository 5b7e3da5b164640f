package dev.gatun.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of a safetensors header. Ranges are not checked here, only their form.
final class SafetensorsParser {
  static final String METADATA = "__metadata__";

  /// Names differ in every file, so a table of them would only grow; long texts are legal.
  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(SafetensorsHeader.MAX_BYTES)
                  .maxNameLength(SafetensorsHeader.MAX_BYTES)
                  .build())
          .build();

  private final Path file;
  private final String text;
  private final Map<String, SafetensorsHeader.Entry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  SafetensorsParser(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  SafetensorsHeader parse(long dataStart, long dataBytes) throws IOException {
    if (!text.startsWith("{")) {
      throw error("header does not begin with '{'; this is not a safetensors file");
    }
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      boolean hasMetadata = false;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        if (!name.equals(METADATA)) {
          tensor(json, name);
        } else if (hasMetadata) {
          throw error(METADATA + " is there twice");
        } else {
          hasMetadata = true;
          metadata(json);
        }
      }
      if (json.nextToken() != null) {
        throw error("header goes on after its last '}'");
      }
    } catch (JsonProcessingException e) {
      throw notJson(file, "header", e);
    }
    return new SafetensorsHeader(file, tensors, metadata, dataStart, dataBytes);
  }

  static TensorFormatException notJson(Path file, String part, JsonProcessingException e) {
    // Without the place where an object began, which it shows as a file it does not know.
    String reason =
        String.valueOf(e.getOriginalMessage())
            .replaceAll("\\s+", " ")
            .replaceAll(" \\(start marker at .*", "");
    return new TensorFormatException(
        SafetensorsHeader.message(file, part + " is not valid JSON: " + reason), e);
  }

  private void metadata(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw error(METADATA + " is not an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw error("%s: the value of %s is not text".formatted(METADATA, Bytes.quote(key)));
      }
      if (metadata.put(key, json.getText()) != null) {
        throw error("%s: %s is there twice".formatted(METADATA, Bytes.quote(key)));
      }
    }
  }

  private void tensor(JsonParser json, String name) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw error(name, "is not described by an object");
    }
    String dtype = null;
    List<Long> shape = null;
    List<Long> range = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "dtype" -> {
          once(name, key, dtype);
          if (value != JsonToken.VALUE_STRING) {
            throw error(name, "dtype is not text");
          }
          dtype = json.getText();
        }
        case "shape" -> {
          once(name, key, shape);
          shape = numbers(json, name, key, Bytes.MAX_DIMS);
        }
        case "data_offsets" -> {
          once(name, key, range);
          range = numbers(json, name, key, 2);
        }
        default -> json.skipChildren();
      }
    }
    if (dtype == null || shape == null || range == null) {
      String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw error(name, "has no " + missing);
    }
    if (range.size() != 2) {
      throw error(name, "data_offsets has %d numbers (expected 2)".formatted(range.size()));
    }
    var entry =
        new SafetensorsHeader.Entry(name, dtype, List.copyOf(shape), range.get(0), range.get(1));
    if (tensors.put(name, entry) != null) {
      throw error(name, "is there twice");
    }
  }

  private void once(String name, String key, @Nullable Object before) throws IOException {
    if (before != null) {
      throw error(name, "has two values of " + key);
    }
  }

  private List<Long> numbers(JsonParser json, String name, String key, int most)
      throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw error(name, key + " is not a list of numbers");
    }
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw error(name, key + " is not a list of whole numbers");
      }
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
        throw error(
            name, "%s has a number out of range: %s".formatted(key, Bytes.quote(json.getText())));
      }
      if (numbers.size() == most) {
        throw error(name, "%s has more than %d numbers".formatted(key, most));
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private TensorFormatException error(String name, String problem) {
    return SafetensorsHeader.error(file, name, problem);
  }

  private TensorFormatException error(String problem) {
    return SafetensorsHeader.error(file, problem);
  }
}
