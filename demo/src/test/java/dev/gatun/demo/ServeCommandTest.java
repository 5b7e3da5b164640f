package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.demo.model.Activation;
import dev.gatun.demo.model.MlpShape;
import dev.gatun.demo.model.ModelFile;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as its users start and end it: in a process of its own.
class ServeCommandTest {
  private static final String BODY =
      "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]}";

  @TempDir private static Path folder;

  private Process server;
  private BufferedReader output;

  @BeforeEach
  void start() throws IOException {
    Path model = folder.resolve("four numbers.safetensors");
    MlpShape shape = MlpShape.of(4, List.of(3), 2, Activation.TANH);
    try (var _ = Scope.open("save");
        Sequential network = shape.build(Generator.seeded(1))) {
      ModelFile.save(model, shape, network);
    }
    List<String> command = command();
    command.addAll(List.of("serve", "--model", model.toString(), "--port", "0"));
    command.addAll(List.of("--backend", System.getProperty("gatun.backend", "auto")));
    server = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = server.inputReader();
  }

  @AfterEach
  void end() throws IOException {
    server.destroyForcibly();
    output.close();
  }

  /// As this process finds its classes: on the module path or on the class path.
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"));
    String classPath = System.getProperty("java.class.path", "");
    if (!classPath.isEmpty()) {
      command.addAll(List.of("--class-path", classPath));
    }
    Module module = Main.class.getModule();
    if (module.isNamed()) {
      command.add("--enable-native-access=dev.gatun.natives,dev.gatun.bindings,dev.gatun.runtime");
      command.addAll(List.of("--module-path", System.getProperty("jdk.module.path", "")));
      command.addAll(List.of("--module", module.getName() + "/" + Main.class.getName()));
    } else {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", Main.class.getName()));
    }
    return command;
  }

  private String line(String start) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = output.readLine();
    while (line != null && !line.startsWith(start)) {
      lines.add(line);
      line = output.readLine();
    }
    assertNotNull(line, () -> "no line '" + start + "' in " + lines);
    return line;
  }

  @Test
  void drainsWhenItIsToldToEnd() throws Exception {
    assertEquals("serving four_numbers (4-3-2 tanh), version 1", line("serving "));
    String address = line("http://");
    assertTrue(address.startsWith("http://127.0.0.1:"), address);
    int port = Integer.parseInt(address.replaceAll(".*:(\\d+)/", "$1"));
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
      slow.setSoTimeout(10_000);
      String head =
          "POST /v2/models/four_numbers/infer HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + BODY.length()
              + "\r\nExpect: 100-continue\r\n\r\n";
      slow.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      // It waits for the body from here on.
      assertEquals(
          "HTTP/1.1 100 Continue\r\n\r\n",
          new String(slow.getInputStream().readNBytes(25), StandardCharsets.ISO_8859_1));
      assertTrue(server.supportsNormalTermination());
      // Not that of Process: it would close the output too.
      assertTrue(server.toHandle().destroy());
      awaitRefusal(port);
      slow.getOutputStream().write(BODY.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    }
    assertEquals("stopped", line("stopped"));
    assertTrue(server.waitFor(20, TimeUnit.SECONDS));
    // What a process that ends by SIGTERM tells.
    assertEquals(128 + 15, server.exitValue());
  }

  private static void awaitRefusal(int port) throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 10e9) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Thread.sleep(5);
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("still listening");
  }

  @Test
  void isLoadedByItsClient() throws Exception {
    String address = line("http://");
    List<String> lines =
        Cli.lines(
            "load",
            "--url",
            address,
            "--model",
            "four_numbers",
            "--connections",
            "1,100",
            "--seconds",
            "0.2",
            "--warmup",
            "0.1");
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.get(2).matches("\\| 1 (\\| \\d+ ){5}\\| 0 \\|"), lines.get(2));
    assertTrue(lines.get(3).matches("\\| 100 (\\| \\d+ ){5}\\| 0 \\|"), lines.get(3));
    assertTrue(!lines.get(2).startsWith("| 1 | 0 |"), lines.get(2));
    assertTrue(!lines.get(3).startsWith("| 100 | 0 |"), lines.get(3));
    List<String> json =
        Cli.lines(
            "load",
            "--url",
            address,
            "--model",
            "four_numbers",
            "--connections",
            "2",
            "--rows",
            "3",
            "--json",
            "--seconds",
            "0.1",
            "--warmup",
            "0");
    assertTrue(json.get(2).matches("\\| 2 (\\| \\d+ ){5}\\| 0 \\|"), json.get(2));
    assertEquals(
        "gatun load: load: %sv2/models/x answers 404: {\"error\":\"no such model: 'x'; this server has 'four_numbers'\"}"
            .formatted(address),
        Cli.refusal("load", "--url", address, "--model", "x"));
  }
}
