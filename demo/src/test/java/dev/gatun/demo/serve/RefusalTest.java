package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
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

  /// The server works as before, and nothing of the request is left behind.
  private static void refused(int status, String line, HttpResponse<String> answer) {
    assertEquals("{\"error\":\"" + line.replace("\"", "\\\"") + "\"}", answer.body());
    assertEquals(status, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"inputs":[{"name":"input","shape":[3,20],"datatype":"FP32","data":[]}]} | input does not fit the model: [3,20]; it takes [N,6]
          {"inputs":[{"name":"input","shape":[],"datatype":"FP32","data":[1]}]} | input does not fit the model: []; it takes [N,6]
          {"inputs":[{"name":"input","shape":[9223372036854775807,9],"datatype":"FP32","data":[]}]} | input is too large: [9223372036854775807,9]
          {"inputs":[{"name":"input","shape":[1152921504606846976,0],"datatype":"FP32","data":[]}]} | input is too large: [1152921504606846976,0]
          {"inputs":[{"name":"input","shape":[-1,6],"datatype":"FP32","data":[]}]} | shape holds a negative size: -1
          {"inputs":[{"name":"input","shape":["a"],"datatype":"FP32","data":[]}]} | shape must hold at most 8 integers
          {"inputs":[{"name":"input","shape":[1,1,1,1,1,1,1,1,6],"datatype":"FP32","data":[]}]} | shape must hold at most 8 integers
          {"inputs":[{"name":"input","datatype":"FP32","data":[1]}]} | input has no shape
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"INT64","data":[1,2,3,4,5,6]}]} | input has datatype INT64; the model takes FP32, or UINT8 for pixels
          {"inputs":[{"name":"input","shape":[1,6],"data":[1,2,3,4,5,6]}]} | input has no datatype
          {"inputs":[{"shape":[1,6],"datatype":"FP32","data":[1,2,3,4,5,6]}]} | input has no name
          {"inputs":[{"name":"x","shape":[1,6],"datatype":"FP32","data":[1,2,3,4,5,6]}]} | unknown input 'x'; the model takes 'input'
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","data":[1,2,3,4,5]}]} | data does not fit its shape: 5 numbers for [1,6]
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","data":[[1,2,3],[4,5,6]]}]} | data does not fit its shape: 6 numbers for [1,6]
          {"inputs":[{"name":"input","shape":[2,3],"datatype":"FP32","data":[[1,2],[3,4,5,6]]}]} | data is ragged at element 6
          {"inputs":[{"name":"input","shape":[2,3],"datatype":"FP32","data":[1,[2,3],4,5,6]}]} | data is ragged at element 1
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","data":[1,2,"NaN",4,5,6]}]} | data holds what is no number at element 2
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","data":[1,2,null,4,5,6]}]} | data holds what is no number at element 2
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","data":[1,2,1e39,4,5,6]}]} | input is not finite: Infinity in row 0, column 2
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","data":[[[[[[[[[1]]]]]]]]]}]} | data is nested more than 8 deep
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"UINT8","data":[1,2,256,4,5,6]}]} | data of datatype UINT8 must be integers from 0 to 255
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"UINT8","data":[1,2,0.5,4,5,6]}]} | data of datatype UINT8 must be integers from 0 to 255
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32"}]} | input has no data
          {"inputs":[{"name":"input","shape":[1,6],"datatype":"FP32","parameters":{"binary_data_size":24}}]} | binary data does not fit its shape: 0 bytes sent, binary_data_size 24, 24 needed
          {"inputs":[{"name":"input"},{"name":"input"}]} | body has more than one input; the model takes 'input'
          {"inputs":[]} | body has no input; the model takes 'input'
          {} | body has no input; the model takes 'input'
          [] | body is no JSON object
          `` | body is no JSON object
          {"inputs":7} | inputs are no array
          {"inputs":[7]} | an input is no object
          {"id":7} | id is no string
          {"outputs":[{"name":"loss"}]} | unknown output 'loss'; the model gives 'scores'
          {"parameters":{"binary_data_output":1}} | binary_data_output is neither true nor false
          {"inputs":[{"name":"input",}]} | body is not JSON: line 1, column 28
          {"inputs":[{"data":[NaN]}]} | body is not JSON: line 1, column 24
          {"inputs" | body is not JSON: line 1, column 10
          {} {} | body goes on after its JSON object
          """)
  void saysWhatIsWrongWithABody(String body, String line) throws Exception {
    refused(400, "infer: " + line, served.infer(body == null ? "" : body));
    // Nothing is left behind.
    assertEquals(200, served.infer(Served.row("1,2,3,4,5,6")).statusCode());
  }

  @Test
  void refusesNaNInBinary() throws Exception {
    byte[] tail = new byte[24];
    // The third number, little-endian.
    tail[10] = (byte) 0xC0;
    tail[11] = 0x7F;
    HttpResponse<byte[]> answer =
        served.inferBinary(
            "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,6],\"datatype\":\"FP32\","
                + "\"parameters\":{\"binary_data_size\":24}}]}",
            tail);
    assertEquals(
        "{\"error\":\"infer: input is not finite: NaN in row 0, column 2\"}",
        new String(answer.body(), StandardCharsets.UTF_8));
    assertEquals(400, answer.statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1000000", "", "99999999999"})
  void refusesALengthThatIsNone(String length) throws Exception {
    String body = Served.row("1,2,3,4,5,6");
    HttpResponse<String> answer =
        served.send(
            "POST",
            "/v2/models/small/infer",
            body,
            "Content-Type",
            "application/octet-stream",
            "Inference-Header-Content-Length",
            length);
    refused(
        400,
        "infer: Inference-Header-Content-Length must be an integer of at most the body's %d bytes, got '%s'"
            .formatted(body.length(), length),
        answer);
  }

  @Test
  void refusesBytesThatBelongToNothing() throws Exception {
    byte[] answer = served.inferBinary(Served.row("1,2,3,4,5,6"), new byte[8]).body();
    assertEquals(
        "{\"error\":\"infer: body has 8 bytes that belong to no input\"}",
        new String(answer, StandardCharsets.UTF_8));
  }

  @Test
  void knowsItsAddresses() throws Exception {
    refused(404, "no such address: /v3", served.get("/v3"));
    refused(404, "no such address: /v2/models/", served.get("/v2/models/"));
    refused(404, "no such address: /v2/models/small/x", served.get("/v2/models/small/x"));
    refused(404, "no such model: 'large'; this server has 'small'", served.get("/v2/models/large"));
    refused(
        404,
        "no such model: 'large'; this server has 'small'",
        served.send("POST", "/v2/models/large/infer", "{}"));
  }

  @Test
  void knowsTheirMethods() throws Exception {
    HttpResponse<String> answer = served.get("/v2/models/small/infer");
    refused(405, "/v2/models/small/infer takes POST, got GET", answer);
    assertEquals("POST", answer.headers().firstValue("Allow").orElse(""));
    refused(405, "/metrics takes GET, HEAD, got DELETE", served.send("DELETE", "/metrics", ""));
  }

  @Test
  void refusesOtherTypes() throws Exception {
    String body = Served.row("1,2,3,4,5,6");
    String path = "/v2/models/small/infer";
    refused(
        415,
        "infer: unsupported Content-Type 'text/plain'; send application/json, or"
            + " application/octet-stream with Inference-Header-Content-Length",
        served.send("POST", path, body, "Content-Type", "text/plain;charset=UTF-8"));
    assertEquals(
        415,
        served.send("POST", path, body, "Content-Type", "application/octet-stream").statusCode());
    refused(
        415,
        "infer: unsupported Content-Encoding 'gzip'; send the body as it is",
        served.send("POST", path, body, "Content-Encoding", "gzip"));
    assertEquals(
        200,
        served
            .send("POST", path, body, "Content-Type", "Application/JSON; charset=utf-8")
            .statusCode());
    assertEquals(200, served.send("POST", path, body).statusCode());
  }
}
