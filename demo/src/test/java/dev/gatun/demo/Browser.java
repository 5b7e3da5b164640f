package dev.gatun.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/// A headless Chromium, driven over the WebDriver protocol by the chromedriver on the path.
final class Browser implements AutoCloseable {
  private static final String STARTED = "was started successfully on port ";

  private final Process driver;
  private final BufferedReader log;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String session;

  /// @param profile an empty folder
  Browser(Path profile) throws IOException, InterruptedException {
    driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    log = driver.inputReader();
    String line = log.readLine();
    while (line != null && !line.contains(STARTED)) {
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("chromedriver did not start");
    }
    String port = line.substring(line.indexOf(STARTED) + STARTED.length()).replace(".", "");
    String server = "http://127.0.0.1:" + port + "/session";
    String answer =
        request(
            "POST",
            server,
            """
            {"capabilities": {"alwaysMatch": {
              "goog:loggingPrefs": {"browser": "ALL"},
              "goog:chromeOptions": {"args": ["--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--window-size=900,900",
                "--user-data-dir=%s"]}}}}
            """
                .formatted(profile));
    session = server + "/" + field(answer, "sessionId");
  }

  void open(String address) throws IOException, InterruptedException {
    String _ = command("/url", "{\"url\": \"%s\"}".formatted(address));
  }

  /// Runs a script in the page.
  ///
  /// @param script without double quotes
  /// @return what it returns, as text
  String run(String script) throws IOException, InterruptedException {
    return field(
        command("/execute/sync", "{\"script\": \"%s\", \"args\": []}".formatted(script)), "value");
  }

  /// Performs actions of one input device; what is pressed stays so.
  ///
  /// @param device such as `"type": "key", "id": "keys"`
  /// @param actions separated by commas
  void act(String device, String actions) throws IOException, InterruptedException {
    String _ =
        command("/actions", "{\"actions\": [{%s, \"actions\": [%s]}]}".formatted(device, actions));
  }

  /// {@return what the page's console says}
  String console() throws IOException, InterruptedException {
    return command("/se/log", "{\"type\": \"browser\"}");
  }

  void screenshot(Path file) throws IOException, InterruptedException {
    String picture = field(request("GET", session + "/screenshot", ""), "value");
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  private String command(String path, String body) throws IOException, InterruptedException {
    return request("POST", session + path, body);
  }

  private String request(String method, String address, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(60))
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("chromedriver: " + answer.body());
    }
    return answer.body();
  }

  /// The first field of that name, at any depth.
  private static String field(String answer, String name) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(answer)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals(name)) {
          json.nextToken();
          return json.getText();
        }
      }
    }
    throw new IOException("chromedriver: no " + name + " in " + answer);
  }

  @Override
  public void close() throws IOException {
    try {
      String _ = request("DELETE", session, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
      driver.destroy();
      log.close();
    }
  }
}
