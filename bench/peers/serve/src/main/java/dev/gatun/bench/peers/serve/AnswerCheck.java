package dev.gatun.bench.peers.serve;

import dev.gatun.bench.Json;
import dev.gatun.demo.model.ModelFile;
import dev.gatun.demo.model.Predictor;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Compares the servers' answers with what `gatun predict` computes of the same rows.
final class AnswerCheck {
  /// More than a batch.
  private static final int ROWS = 100;

  private static final double TOLERANCE = 1e-4;

  private final Path scratch;
  private final float[] rows;
  private final int features;
  private final float[] expected;

  /// Computes what is expected.
  ///
  /// @param model the model's file
  /// @param folder for scratch files
  AnswerCheck(Path model, Path folder) throws IOException {
    scratch = folder.resolve("answer.json");
    try (var _ = Scope.open("check");
        var _ = NoGrad.open();
        ModelFile.Loaded loaded = ModelFile.load(model)) {
      features = loaded.shape().inputs();
      rows = new float[ROWS * features];
      Random random = new Random(1);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = random.nextFloat();
      }
      Tensor input = Tensor.of(rows, ROWS, features);
      expected = new Predictor(loaded).scores(model, input).toFloatArray();
    }
  }

  /// Asks a server for all rows at once, and for the first alone.
  ///
  /// @throws IOException if an answer is another one, or that of another engine
  void check(ServerProcess server) throws IOException, InterruptedException {
    Map<?, ?> metadata = object(send(HttpRequest.newBuilder(server.model())));
    String platform = server.contestant().platform();
    if (!platform.equals(metadata.get("platform"))) {
      throw new IOException("serve: %s expected: %s".formatted(platform, metadata));
    }
    compare(server, ROWS);
    compare(server, 1);
  }

  private void compare(ServerProcess server, int count) throws IOException, InterruptedException {
    float[] scores = infer(server.infer(), count);
    int outputs = expected.length / ROWS;
    if (scores.length != count * outputs) {
      throw new IOException("serve: %d scores, not %d".formatted(scores.length, count * outputs));
    }
    for (int i = 0; i < scores.length; i++) {
      // not `>`: that lets NaN pass
      if (!(Math.abs(scores[i] - expected[i]) <= TOLERANCE * (1 + Math.abs(expected[i])))) {
        throw new IOException(
            "serve: wrong answer of %s: row %d, score %d is %s, not %s"
                .formatted(
                    server.contestant().title(), i / outputs, i % outputs, scores[i], expected[i]));
      }
    }
  }

  private float[] infer(URI address, int count) throws IOException, InterruptedException {
    String data = Arrays.toString(Arrays.copyOf(rows, count * features));
    String body =
        "{\"inputs\":[{\"name\":\"input\",\"shape\":[%d,%d],\"datatype\":\"FP32\",\"data\":%s}]}"
            .formatted(count, features, data);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (object(send(request)).get("outputs") instanceof List<?> outputs
        && outputs.getFirst() instanceof Map<?, ?> first
        && first.get("data") instanceof List<?> numbers) {
      float[] scores = new float[numbers.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Float.parseFloat(numbers.get(i).toString());
      }
      return scores;
    }
    throw new IOException("serve: an answer without numbers");
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("serve: %d: %s".formatted(answer.statusCode(), answer.body()));
      }
      return answer.body();
    }
  }

  private Map<?, ?> object(String json) throws IOException {
    Files.writeString(scratch, json);
    if (Json.read(scratch) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IOException("serve: not an object: " + json);
  }
}
