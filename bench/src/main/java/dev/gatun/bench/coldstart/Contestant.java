package dev.gatun.bench.coldstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is started.
///
/// @param title as shown
/// @param main its main class
/// @param flags of its JVM
/// @param classPath jars, and folders of classes
record Contestant(String title, String main, List<String> flags, String classPath) {
  private static final String PEERS = "dev.gatun.bench.peers.";

  /// The JVM alone, then Gatun, then the peers that are built.
  static List<Contestant> all(Path bench, Path caches) throws IOException {
    List<String> library =
        entries(bench.resolve("target/class-path.txt")).stream()
            .filter(ColdStart::isLibrary)
            .toList();
    String gatun = join(Stream.concat(Stream.of(ownJar(bench)), library.stream()));
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant("plain loops", LoopsAnswer.class.getName(), List.of(), gatun));
    for (String backend : List.of("openblas", "vector", "scalar")) {
      Contestant plain =
          new Contestant(
              "Gatun " + backend,
              GatunAnswer.class.getName(),
              List.of(
                  "--add-modules=jdk.incubator.vector",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dgatun.backend=" + backend),
              gatun);
      all.add(plain);
      all.add(plain.cached(caches.resolve(backend + ".aot")));
    }
    for (String peer :
        List.of("onnxruntime/OnnxAnswer/ONNX Runtime", "djl/DjlAnswer/DJL's PyTorch")) {
      String[] names = peer.split("/", -1);
      Path target = bench.resolve("peers").resolve(names[0]).resolve("target");
      if (Files.exists(target.resolve("class-path.txt"))) {
        List<String> jars = entries(target.resolve("class-path.txt"));
        Stream<String> path =
            Stream.concat(Stream.of(target.resolve("classes") + ""), jars.stream());
        String main = PEERS + names[0] + "." + names[1];
        all.add(
            new Contestant(
                names[2], main, List.of("--enable-native-access=ALL-UNNAMED"), join(path)));
      }
    }
    return all;
  }

  private static String ownJar(Path bench) throws IOException {
    try (Stream<Path> files = Files.list(bench.resolve("target"))) {
      return files
          .map(Path::toString)
          .filter(name -> name.matches(".*/gatun-bench-[^/]*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("coldstart: bench is not built"));
    }
  }

  private static List<String> entries(Path file) throws IOException {
    return Arrays.asList(Files.readString(file).strip().split(File.pathSeparator, -1));
  }

  private static String join(Stream<String> entries) {
    return entries.collect(Collectors.joining(File.pathSeparator));
  }

  /// The same with a cache of loaded classes that a run before has left.
  private Contestant cached(Path cache) {
    List<String> with = new ArrayList<>(flags);
    with.add("-XX:AOTCache=" + cache);
    return new Contestant(title + ", AOT cache", main, with, classPath);
  }

  /// Leaves the cache, if this one uses one.
  void prepare(List<String> extra, Path numbers) throws IOException, InterruptedException {
    if (flags.stream().anyMatch(flag -> flag.startsWith("-XX:AOTCache="))) {
      List<String> command = new ArrayList<>(command(extra, numbers));
      command.replaceAll(word -> word.replace("-XX:AOTCache=", "-XX:AOTCacheOutput="));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("coldstart: no AOT cache: " + command);
      }
    }
  }

  List<String> command(List<String> extra, Path numbers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(extra);
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main, numbers.toString()));
    return command;
  }

  boolean matches(String only) {
    return title.toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT));
  }
}
