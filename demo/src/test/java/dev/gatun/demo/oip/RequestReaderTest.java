package dev.gatun.demo.oip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
  private static final Signature SIGNATURE = new Signature(2, 1);

  private static InferRequest read(String json) {
    return RequestReader.read(json.getBytes(StandardCharsets.UTF_8), null, SIGNATURE);
  }

  private static String request(String data) {
    return "{\"id\":\"7\",\"inputs\":[{\"name\":\"input\",\"shape\":[2,2],\"datatype\":\"FP32\","
        + "\"parameters\":{\"other\":[{}]},\"data\":"
        + data
        + "}],\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"binary_data\":false}}]}";
  }

  @Test
  void readsFieldsInAnyOrder() {
    InferRequest request =
        read(
            "{\"outputs\":[{\"parameters\":{\"x\":1,\"binary_data\":true},\"name\":\"scores\"}],"
                + "\"more\":{\"deep\":[1,{}]},\"inputs\":[{\"data\":[[1,2.5],[-3e2,0]],"
                + "\"datatype\":\"FP32\",\"shape\":[2,2],\"name\":\"input\"}]}");
    assertArrayEquals(new float[] {1, 2.5f, -300, 0}, request.values());
    assertEquals(2, request.rows());
    assertTrue(request.binary());
    assertEquals(null, request.id());
  }

  @Test
  void readsMoreNumbersThanFitAtFirst() {
    StringBuilder data = new StringBuilder("[0.5");
    for (int i = 1; i < 5000; i++) {
      data.append(',').append(i);
    }
    String json = request(data.append(']').toString()).replace("[2,2]", "[2500,2]");
    InferRequest request = read(json);
    assertEquals(5000, request.values().length);
    assertEquals(4999, request.values()[4999]);
  }

  /// Whatever comes, it is understood or refused with one line.
  @Test
  void refusesDamageInOneLine() {
    byte[] whole = request("[1,2.5,[],-0.5e3,4]").getBytes(StandardCharsets.UTF_8);
    byte[] good = request("[1,2.5,3,4]").getBytes(StandardCharsets.UTF_8);
    Random random = new Random(5);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = (i % 2 == 0 ? whole : good).clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        body[random.nextInt(body.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "[]{}\",:0-".charAt(random.nextInt(9)));
      }
      String length =
          random.nextInt(4) == 0 ? Integer.toString(random.nextInt(body.length + 2)) : null;
      try {
        InferRequest request = RequestReader.read(body, length, SIGNATURE);
        assertEquals(2 * request.rows(), request.values().length);
        understood++;
      } catch (Refusal e) {
        assertEquals(400, e.status());
        String line = String.valueOf(e.getMessage());
        assertTrue(line.startsWith("infer: "), line);
        assertFalse(line.contains("Exception") || line.contains("jackson"), line);
      }
    }
    assertTrue(understood > 100, understood + " understood");
  }

  @Test
  void refusesAnAnswerThatIsNotFinite() {
    InferRequest request = read(request("[1,2,3,4]"));
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> InferAnswer.of("m", "1", request, new float[] {1, Float.NEGATIVE_INFINITY}, 1));
    assertEquals(
        "infer: answer is not finite: -Infinity for row 1; its numbers are too large for the model",
        refusal.getMessage());
    assertEquals(400, refusal.status());
  }

  @Test
  void writesNumbersThatReadBackTheSame() {
    InferRequest request = read(request("[1,2,3,4]"));
    float[] scores = {0.1f, -1.1754944E-38f};
    String answer =
        new String(InferAnswer.of("m", "1", request, scores, 1).bytes(), StandardCharsets.UTF_8);
    assertEquals(
        "{\"model_name\":\"m\",\"model_version\":\"1\",\"id\":\"7\",\"outputs\":[{\"name\":\"scores\","
            + "\"datatype\":\"FP32\",\"shape\":[2,1],\"data\":[0.1,-1.1754944E-38]}]}",
        answer);
  }
}
