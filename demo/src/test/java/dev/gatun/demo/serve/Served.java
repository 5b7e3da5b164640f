package dev.gatun.demo.serve;

import dev.gatun.demo.model.Activation;
import dev.gatun.demo.model.MlpShape;
import dev.gatun.demo.model.ModelFile;
import dev.gatun.demo.model.Predictor;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A server on a port of its own, with a small network, and ways to talk to it.
final class Served implements AutoCloseable {
  static final int FEATURES = 6;
  static final int OUTPUTS = 3;
  static final ServerOptions.Bounds BOUNDS =
      new ServerOptions.Bounds(
          20_000, 2048, 16, 64, Duration.ofSeconds(10), Duration.ofSeconds(20));
  static final Duration NEVER = Duration.ZERO;

  private static final ServerOptions.Batching DIRECT =
      new ServerOptions.Batching(0, Duration.ZERO, 1, Duration.ofSeconds(10));

  // Held weakly by the JDK.
  private static final Logger HTTP = Logger.getLogger("org.eclipse.jetty");

  static {
    HTTP.setLevel(Level.WARNING);
  }

  final InferenceServer server;
  final int port;
  final Path file;
  final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Served(ServerOptions options, Engine.Loader loader) throws IOException {
    file = options.model();
    server = InferenceServer.start(options, loader, log::add);
    port = server.port();
  }

  private static ServerOptions options(
      Path file,
      ServerOptions.Batching batching,
      ServerOptions.Bounds bounds,
      Duration watch,
      Duration notice) {
    return new ServerOptions(
        file, "small", "127.0.0.1", 0, batching, bounds, watch, notice, Duration.ofSeconds(10));
  }

  /// With an engine of the test's own, which computes each request by itself.
  static Served start(Path folder, ServerOptions.Bounds bounds, Engine engine) throws IOException {
    return new Served(options(folder, DIRECT, bounds, NEVER, NEVER), (_, _) -> engine);
  }

  static Served start(Path folder) throws IOException {
    return start(folder, BOUNDS);
  }

  static Served start(Path folder, ServerOptions.Bounds bounds) throws IOException {
    return start(folder, bounds, NEVER, NEVER);
  }

  static Served start(Path folder, ServerOptions.Bounds bounds, Duration watch, Duration notice)
      throws IOException {
    Path file = folder.resolve("small.safetensors");
    save(file, 1, FEATURES);
    return new Served(
        options(file, ServerOptions.Batching.DEFAULT, bounds, watch, notice), GatunEngine::load);
  }

  /// Writes a network whose numbers the seed decides; a reader never sees half of it.
  static void save(Path file, long seed, int features) throws IOException {
    MlpShape shape = MlpShape.of(features, List.of(5), OUTPUTS, Activation.RELU);
    Path whole = file.resolveSibling(file.getFileName() + "." + seed);
    try (var _ = Scope.open("save");
        Sequential network = shape.build(Generator.seeded(seed))) {
      ModelFile.save(whole, shape, network);
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// What `gatun predict` would say.
  static float[] predicted(Path file, float... rows) throws IOException {
    try (var _ = Scope.open("predicted");
        var _ = NoGrad.open();
        ModelFile.Loaded loaded = ModelFile.load(file)) {
      Tensor input = Tensor.of(rows, rows.length / FEATURES, FEATURES);
      return new Predictor(loaded).scores(file, input).toFloatArray();
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String body, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// Sends JSON to the model.
  HttpResponse<String> infer(String json) throws IOException, InterruptedException {
    return send("POST", "/v2/models/small/infer", json, "Content-Type", "application/json");
  }

  HttpResponse<byte[]> inferBinary(String head, byte[] tail)
      throws IOException, InterruptedException {
    byte[] json = head.getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[json.length + tail.length];
    System.arraycopy(json, 0, body, 0, json.length);
    System.arraycopy(tail, 0, body, json.length, tail.length);
    return client.send(
        HttpRequest.newBuilder(uri("/v2/models/small/infer"))
            .header("Content-Type", "application/octet-stream")
            .header("Inference-Header-Content-Length", Integer.toString(json.length))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  /// A request of one row.
  static String row(String data) {
    return "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,6],\"datatype\":\"FP32\",\"data\":["
        + data
        + "]}]}";
  }

  /// What is between two texts.
  static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  /// The numbers of an answer.
  static float[] data(String answer) {
    String numbers = between(answer, "\"data\":[", "]");
    List<String> parts = numbers.isEmpty() ? List.of() : List.of(numbers.split(",", -1));
    float[] values = new float[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(parts.get(i));
    }
    return values;
  }

  /// A connection without a client's manners.
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// The head of a request with a body of so many bytes.
  static String head(int length) {
    return "POST /v2/models/small/infer HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  /// Reads until the server closes the connection.
  static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// Reads one answer, of a connection that stays open.
  static String readAnswer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + text);
      }
      text.append((char) next);
    }
    int at = text.indexOf("Content-Length: ") + "Content-Length: ".length();
    int length = Integer.parseInt(text.substring(at, text.indexOf("\r", at)));
    return text + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
