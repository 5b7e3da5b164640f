package dev.gatun.bench.peers.serve;

import dev.gatun.bench.JvmFlags;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server with one engine, in a process of its own that records its collector's pauses.
final class ServerProcess implements AutoCloseable {
  /// What clients call the model.
  static final String MODEL = "digits";

  private static final Pattern SERVING = Pattern.compile("serving \\S+ \\((.*)\\), version 1");
  private static final Pattern ADDRESS = Pattern.compile("(http://\\S+)/");
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Contestant contestant;
  private final Process process;
  private final Path log;
  private final Path recording;
  private final String description;
  private final URI address;

  /// Starts a server and waits until it listens.
  ///
  /// @param contestant what computes
  /// @param peers the folder `bench/peers`
  /// @param folder for its files
  /// @param model the model's file
  /// @param flags of its JVM, beside those that all get
  ServerProcess(Contestant contestant, Path peers, Path folder, Path model, List<String> flags)
      throws IOException, InterruptedException {
    this.contestant = contestant;
    log = folder.resolve(contestant.slug() + ".log");
    recording = folder.resolve(contestant.slug() + ".jfr");
    Files.deleteIfExists(recording);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(
        "-XX:StartFlightRecording:settings=none,+%s#enabled=true,dumponexit=true,filename=%s"
            .formatted(Pauses.EVENT, recording));
    command.addAll(List.of(JvmFlags.MODULES, JvmFlags.NATIVE_ACCESS, JvmFlags.UNSAFE));
    command.addAll(flags);
    command.addAll(List.of("-cp", contestant.classPath(peers), contestant.main(), "serve"));
    command.addAll(List.of("--model", model.toString(), "--name", MODEL, "--port", "0"));
    command.addAll(contestant.arguments());
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      address = URI.create(await(ADDRESS));
      description = await(SERVING);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private String await(Pattern line) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      boolean alive = process.isAlive();
      Matcher matcher = line.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (!alive || System.nanoTime() - start > START_NANOS) {
        throw new IOException(
            "serve: %s does not start:%n%s".formatted(contestant.title(), Files.readString(log)));
      }
      Thread.sleep(50);
    }
  }

  Contestant contestant() {
    return contestant;
  }

  URI address() {
    return address;
  }

  /// Where requests for inference go.
  URI infer() {
    return model().resolve(MODEL + "/infer");
  }

  /// Where the model's metadata are.
  URI model() {
    return address.resolve("/v2/models/" + MODEL);
  }

  /// The model and what computes, for people.
  String description() {
    return description;
  }

  /// The pauses of its collector; after it has ended.
  Pauses pauses() throws IOException {
    return Pauses.read(recording);
  }

  /// Ends it at once, where it has not ended.
  void kill() {
    process.destroyForcibly();
  }

  /// Ends it as an operator would.
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("serve: %s does not stop".formatted(contestant.title()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
