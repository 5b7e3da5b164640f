package dev.gatun.demo.load;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// What is sent, and where to.
///
/// @param server such as `http://127.0.0.1:8080`
/// @param model the model's name
/// @param rows rows of one request
/// @param json whether the numbers go as JSON, else in binary both ways
public record Workload(URI server, String model, int rows, boolean json) {

  /// {@return the address of the model}
  URI modelUri() {
    return server.resolve("/v2/models/" + model);
  }

  /// Makes the bytes of a request.
  ///
  /// @param features numbers of one row
  /// @return head and body
  byte[] request(int features) {
    float[] values = values(rows * features);
    byte[] tail = json ? new byte[0] : bytes(values);
    byte[] body = body(features, values, tail.length).getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(modelUri().getPath()).append("/infer HTTP/1.1\r\n");
    head.append("Host: ").append(server.getAuthority()).append("\r\n");
    if (json) {
      head.append("Content-Type: application/json\r\n");
    } else {
      head.append("Content-Type: application/octet-stream\r\n");
      head.append("Inference-Header-Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length + tail.length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    request.writeBytes(tail);
    return request.toByteArray();
  }

  private String body(int features, float[] values, int binarySize) {
    StringBuilder body = new StringBuilder();
    body.append("{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[")
        .append(rows)
        .append(',')
        .append(features)
        .append(']');
    if (json) {
      body.append(",\"data\":[");
      for (int i = 0; i < values.length; i++) {
        body.append(i == 0 ? "" : ",").append(values[i]);
      }
      return body.append("]}]}").toString();
    }
    return body.append(",\"parameters\":{\"binary_data_size\":")
        .append(binarySize)
        .append("}}],\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"binary_data\":true}}]}")
        .toString();
  }

  /// A fifth of the pixels inked, as in a picture of a digit.
  private static float[] values(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(5) == 0 ? random.nextInt(256) / 255f : 0;
    }
    return values;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
