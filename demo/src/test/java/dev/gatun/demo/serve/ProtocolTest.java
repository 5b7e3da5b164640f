package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.Gatun;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {
  private static final float[] ROW = {0.5f, -1, 0, 2.25f, 1e-3f, 3};

  @TempDir private static Path folder;

  private Served served;

  @BeforeAll
  void start() throws IOException {
    served = Served.start(folder);
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static String inputs(String shape, String datatype, String data) {
    return "{\"inputs\":[{\"name\":\"input\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}]}"
        .formatted(shape, datatype, data);
  }

  private float[] predicted(float... rows) throws IOException {
    return Served.predicted(served.file, rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v2/health/live | {"live":true}
          /v2/health/ready | {"ready":true}
          /v2/models/small/ready | {"name":"small","ready":true}
          /v2/models/small | {"name":"small","versions":["1"],"platform":"gatun","inputs":[{"name":"input","datatype":"FP32","shape":[-1,6]}],"outputs":[{"name":"scores","datatype":"FP32","shape":[-1,3]}]}
          """)
  void tellsWhatItIs(String path, String body) throws Exception {
    HttpResponse<String> answer = served.get(path);
    assertEquals(body, answer.body());
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  void tellsItsVersion() throws Exception {
    assertEquals(
        "{\"name\":\"gatun\",\"version\":\"%s\",\"extensions\":[\"binary_tensor_data\"]}"
            .formatted(Gatun.version()),
        served.get("/v2").body());
  }

  @Test
  void answersWhatPredictComputes() throws Exception {
    HttpResponse<String> answer = served.infer(Served.row("0.5,-1,0,2.25,1e-3,3"));
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(
        answer
            .body()
            .startsWith(
                "{\"model_name\":\"small\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"scores\","
                    + "\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":["),
        answer.body());
    assertArrayEquals(predicted(ROW), Served.data(answer.body()), 1e-5f);
  }

  @Test
  void answersSeveralRowsEachItsOwn() throws Exception {
    float[] rows = new float[40 * Served.FEATURES];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (i * 37 % 101 - 50) / 25f;
    }
    String answer = served.infer(inputs("[40,6]", "FP32", Arrays.toString(rows))).body();
    assertTrue(answer.contains("\"shape\":[40,3]"), answer);
    assertArrayEquals(predicted(rows), Served.data(answer), 1e-5f);
  }

  @Test
  void takesAnyShapeThatHoldsItsRows() throws Exception {
    float[] expected = predicted(ROW);
    String flat = "[0.5,-1,0,2.25,0.001,3]";
    for (String shape : new String[] {"[6]", "[1,6]", "[1,2,3]", "[2,3]"}) {
      assertArrayEquals(
          expected, Served.data(served.infer(inputs(shape, "FP32", flat)).body()), 1e-5f, shape);
    }
    String nested = "[[0.5,-1,0],[2.25,0.001,3]]";
    assertArrayEquals(
        expected, Served.data(served.infer(inputs("[2,3]", "FP32", nested)).body()), 1e-5f);
  }

  @Test
  void dividesPixelsBy255() throws Exception {
    float[] expected = predicted(0, 1, 128 / 255f, 1, 0, 51 / 255f);
    String json = inputs("[1,6]", "UINT8", "[0,255,128,255,0,51]");
    assertArrayEquals(expected, Served.data(served.infer(json).body()), 1e-5f);
    HttpResponse<byte[]> answer =
        served.inferBinary(
            "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,6],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":6}}]}",
            new byte[] {0, -1, (byte) 128, -1, 0, 51});
    assertArrayEquals(
        expected, Served.data(new String(answer.body(), StandardCharsets.UTF_8)), 1e-5f);
  }

  @Test
  void takesAndGivesBinary() throws Exception {
    float[] rows = Arrays.copyOf(ROW, 2 * ROW.length);
    ByteBuffer tail = ByteBuffer.allocate(4 * rows.length).order(ByteOrder.LITTLE_ENDIAN);
    tail.asFloatBuffer().put(rows);
    String input =
        "{\"id\":\"n\\u00e4chste\",\"inputs\":[{\"name\":\"input\",\"shape\":[2,6],\"datatype\":\"FP32\","
            + "\"parameters\":{\"binary_data_size\":48}}]";
    for (String wish :
        new String[] {
          ",\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"binary_data\":true}}]}",
          ",\"parameters\":{\"binary_data_output\":true}}",
          ",\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"binary_data\":true}}],"
              + "\"parameters\":{\"binary_data_output\":false}}"
        }) {
      HttpResponse<byte[]> answer = served.inferBinary(input + wish, tail.array());
      assertEquals(200, answer.statusCode());
      int head =
          Integer.parseInt(
              answer.headers().firstValue("Inference-Header-Content-Length").orElse("-1"));
      assertEquals(
          "{\"model_name\":\"small\",\"model_version\":\"1\",\"id\":\"nächste\",\"outputs\":[{"
              + "\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[2,3],"
              + "\"parameters\":{\"binary_data_size\":24}}]}",
          new String(answer.body(), 0, head, StandardCharsets.UTF_8));
      float[] scores = new float[6];
      ByteBuffer.wrap(answer.body(), head, 24)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(scores);
      assertEquals(head + 24, answer.body().length);
      assertArrayEquals(predicted(rows), scores, 1e-5f);
    }
  }

  @Test
  void answersNoRowsWithNone() throws Exception {
    String answer = served.infer(inputs("[0,6]", "FP32", "[]")).body();
    assertTrue(answer.contains("\"shape\":[0,3],\"data\":[]"), answer);
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> answer = served.send("HEAD", "/v2/health/live", "");
    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals("13", answer.headers().firstValue("Content-Length").orElse(""));
  }

  @Test
  void takesABodyInChunks() throws Exception {
    String body = Served.row("1,2,3,4,5,6");
    try (var socket = served.connect()) {
      Served.write(
          socket,
          "POST /v2/models/small/infer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < body.length(); i++) {
        Served.write(socket, "1\r\n" + body.charAt(i) + "\r\n");
      }
      Served.write(socket, "0\r\n\r\n");
      String answer = Served.readAnswer(socket);
      assertArrayEquals(predicted(1, 2, 3, 4, 5, 6), Served.data(answer), 1e-5f);
    }
  }

  @Test
  void keepsTheConnection() throws Exception {
    String body = Served.row("1,2,3,4,5,6");
    try (var socket = served.connect()) {
      for (int i = 0; i < 3; i++) {
        Served.write(socket, Served.head(body.length()) + body);
        assertTrue(Served.readAnswer(socket).startsWith("HTTP/1.1 200 "));
      }
      // Two at once, in order.
      Served.write(socket, (Served.head(body.length()) + body).repeat(2));
      assertTrue(Served.readAnswer(socket).contains("\"shape\":[1,3]"));
      assertTrue(Served.readAnswer(socket).contains("\"shape\":[1,3]"));
    }
  }
}
