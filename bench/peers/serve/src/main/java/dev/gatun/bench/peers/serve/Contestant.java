package dev.gatun.bench.peers.serve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// An engine in the server.
///
/// @param title as shown
/// @param module the folder below `bench/peers` that has its class path; empty for Gatun
/// @param main its main class
/// @param platform what the server calls it
/// @param arguments of `serve`, beside those that all get
/// @param shown whether it is measured without being asked for
record Contestant(
    String title,
    String module,
    String main,
    String platform,
    List<String> arguments,
    boolean shown) {

  private static final List<String> DIRECT = List.of("--batch", "0");

  /// The other libraries as they come, each request by itself, and behind the batcher of Gatun; on
  /// one thread, because the processors are busy with other requests: a computation that is split
  /// waits for them. What else there is, is for those who ask for it.
  private static final List<Contestant> ALL =
      List.of(
          gatun("openblas", true),
          gatun("openblas", false),
          gatun("vector", true),
          gatun("vector", false),
          onnx("", 1, false, true),
          onnx(", in batches", 1, true, true),
          onnx(", in batches, all processors", processors(), true, false),
          djl("", 1, false, true),
          djl(", in batches", 1, true, true),
          djl(", in batches, all processors", processors(), true, false));

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Contestant gatun(String backend, boolean batched) {
    return new Contestant(
        "Gatun " + backend + (batched ? "" : ", each request by itself"),
        "",
        "dev.gatun.demo.Main",
        "gatun",
        arguments(batched, "--backend", backend),
        batched);
  }

  private static Contestant onnx(String how, int threads, boolean batched, boolean shown) {
    return new Contestant(
        "ONNX Runtime" + how,
        "onnxruntime",
        "dev.gatun.bench.peers.onnxruntime.OnnxServer",
        "onnxruntime_onnxv1",
        peer(threads, batched),
        shown);
  }

  private static Contestant djl(String how, int threads, boolean batched, boolean shown) {
    return new Contestant(
        "PyTorch (DJL)" + how,
        "djl",
        "dev.gatun.bench.peers.djl.DjlServer",
        "pytorch_djl",
        peer(threads, batched),
        shown);
  }

  /// Gatun reads the model's file for them; it must not load OpenBLAS beside a library's own.
  private static List<String> peer(int threads, boolean batched) {
    return arguments(batched, "--backend", "vector", "--threads", Integer.toString(threads));
  }

  private static List<String> arguments(boolean batched, String... others) {
    List<String> arguments = new ArrayList<>(List.of(others));
    arguments.addAll(batched ? List.of() : DIRECT);
    return List.copyOf(arguments);
  }

  /// Those that are measured.
  ///
  /// @param only part of their titles, as a regular expression; empty for those that are shown
  /// @return at least one
  static List<Contestant> chosen(String only) {
    Pattern pattern = Pattern.compile(only.toLowerCase(Locale.ROOT));
    List<Contestant> chosen =
        ALL.stream()
            .filter(c -> only.isEmpty() ? c.shown : pattern.matcher(c.lowerTitle()).find())
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "serve: no engine's title has '%s': %s"
              .formatted(only, ALL.stream().map(Contestant::title).toList()));
    }
    return chosen;
  }

  private String lowerTitle() {
    return title.toLowerCase(Locale.ROOT);
  }

  /// A name for its files.
  String slug() {
    return lowerTitle().replaceAll("[^a-z]+", "-");
  }

  /// Classes of the server, behind those of the library.
  String classPath(Path peers) throws IOException {
    String server = Files.readString(peers.resolve("serve/target/class-path.txt")).strip();
    if (module.isEmpty()) {
      return server;
    }
    Path target = peers.resolve(module).resolve("target");
    String library = Files.readString(target.resolve("class-path.txt")).strip();
    return String.join(File.pathSeparator, target.resolve("classes").toString(), library, server);
  }
}
