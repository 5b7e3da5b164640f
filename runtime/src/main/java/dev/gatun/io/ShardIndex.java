package dev.gatun.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which file of a set has which tensor: `model.safetensors.index.json`.
///
/// @param shards the name of the file, by tensor, in the order of the index
/// @param metadata texts and numbers stored with them
record ShardIndex(Map<String, String> shards, Map<String, String> metadata) {
  private static final String WEIGHT_MAP = "weight_map";
  private static final String METADATA = "metadata";

  static ShardIndex read(Path file) throws IOException {
    try (FileChannel channel = Bytes.open(file)) {
      long size = channel.size();
      if (size > SafetensorsHeader.MAX_BYTES) {
        throw error(
            file, "index of %d bytes (at most %d)".formatted(size, SafetensorsHeader.MAX_BYTES));
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      if (!Bytes.read(channel, 0, bytes)) {
        throw error(file, "the file was cut short while it was read");
      }
      return parse(file, new String(bytes.array(), StandardCharsets.UTF_8));
    }
  }

  private static ShardIndex parse(Path file, String text) throws IOException {
    Map<String, String> shards = null;
    Map<String, String> metadata = new LinkedHashMap<>();
    try (JsonParser json = SafetensorsParser.JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw error(file, "index is not an object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (key.equals(WEIGHT_MAP)) {
          if (shards != null) {
            throw error(file, WEIGHT_MAP + " is there twice");
          }
          shards = weightMap(file, json, value);
        } else if (key.equals(METADATA) && value == JsonToken.START_OBJECT) {
          metadata(json, metadata);
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw error(file, "index goes on after its last '}'");
      }
    } catch (JsonProcessingException e) {
      throw SafetensorsParser.notJson(file, "index", e);
    }
    if (shards == null) {
      throw error(file, "index has no " + WEIGHT_MAP);
    }
    return new ShardIndex(shards, metadata);
  }

  private static Map<String, String> weightMap(Path file, JsonParser json, JsonToken start)
      throws IOException {
    if (start != JsonToken.START_OBJECT) {
      throw error(file, WEIGHT_MAP + " is not an object");
    }
    Map<String, String> shards = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String tensor = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw error(file, "the shard of %s is not text".formatted(Bytes.quote(tensor)));
      }
      String shard = json.getText();
      if (!isPlainName(shard)) {
        throw error(
            file,
            "shard %s of tensor %s is not a file of the same folder"
                .formatted(Bytes.quote(shard), Bytes.quote(tensor)));
      }
      if (shards.put(tensor, shard) != null) {
        throw error(file, "tensor %s is there twice".formatted(Bytes.quote(tensor)));
      }
    }
    return shards;
  }

  /// An index must not lead out of its folder.
  private static boolean isPlainName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
  }

  private static void metadata(JsonParser json, Map<String, String> metadata) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      if (json.nextToken().isScalarValue()) {
        metadata.put(key, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  void write(Path file, long totalBytes) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = SafetensorsParser.JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeObjectFieldStart(METADATA);
      json.writeNumberField("total_size", totalBytes);
      json.writeEndObject();
      json.writeObjectFieldStart(WEIGHT_MAP);
      for (Map.Entry<String, String> shard : shards.entrySet()) {
        json.writeStringField(shard.getKey(), shard.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    AtomicFile.write(file, channel -> Bytes.write(channel, ByteBuffer.wrap(text.toByteArray())));
  }

  static TensorFormatException error(Path file, String problem) {
    return SafetensorsHeader.error(file, problem);
  }
}
