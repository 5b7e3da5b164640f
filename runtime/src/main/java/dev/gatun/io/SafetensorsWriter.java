package dev.gatun.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes a safetensors file.
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final JsonFactory JSON = new JsonFactory();

  private final List<Map.Entry<String, Tensor>> tensors;
  private final Map<String, String> metadata;

  SafetensorsWriter(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.tensors = new ArrayList<>(tensors.entrySet());
    this.tensors.sort((a, b) -> elementBytes(b) - elementBytes(a));
    this.metadata = metadata;
  }

  private static int elementBytes(Map.Entry<String, Tensor> tensor) {
    return tensor.getValue().dtype().byteSize();
  }

  void write(Path file) throws IOException {
    ByteBuffer header = header(file);
    AtomicFile.write(
        file,
        channel -> {
          Bytes.write(channel, header);
          for (Map.Entry<String, Tensor> tensor : tensors) {
            write(channel, tensor.getValue());
          }
        });
  }

  private static void write(FileChannel channel, Tensor tensor) throws IOException {
    // The copy of a tensor that is not contiguous goes with the scope.
    try (Scope _ = Scope.open("save")) {
      Bytes.write(channel, tensor.detach().contiguous().segment());
    }
  }

  private ByteBuffer header(Path file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      writeMetadata(json);
      long offset = 0;
      for (Map.Entry<String, Tensor> tensor : tensors) {
        offset = writeEntry(json, file, tensor.getKey(), tensor.getValue(), offset);
      }
      json.writeEndObject();
    }
    while (text.size() % ALIGNMENT != 0) {
      text.write(' ');
    }
    if (text.size() > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException(
          SafetensorsHeader.message(
              file,
              "header is too long: %d bytes (at most %d)"
                  .formatted(text.size(), SafetensorsHeader.MAX_BYTES)));
    }
    return ByteBuffer.allocate(Long.BYTES + text.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.size())
        .put(text.toByteArray())
        .flip();
  }

  private void writeMetadata(JsonGenerator json) throws IOException {
    if (metadata.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(SafetensorsParser.METADATA);
    for (Map.Entry<String, String> text : metadata.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static long writeEntry(
      JsonGenerator json, Path file, String name, Tensor tensor, long offset) throws IOException {
    if (name.equals(SafetensorsParser.METADATA)) {
      throw new IllegalArgumentException(
          SafetensorsHeader.message(file, "no tensor can be named " + Bytes.quote(name)));
    }
    if (tensor.dim() > Bytes.MAX_DIMS) {
      throw new IllegalArgumentException(
          SafetensorsHeader.message(
              file,
              "tensor %s has %d dimensions (at most %d)"
                  .formatted(Bytes.quote(name), tensor.dim(), Bytes.MAX_DIMS)));
    }
    long end = offset + tensor.numel() * tensor.dtype().byteSize();
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", tensor.dtype().name());
    json.writeFieldName("shape");
    long[] shape = tensor.shape();
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {offset, end}, 0, 2);
    json.writeEndObject();
    return end;
  }
}
