package dev.gatun.bench.peers.serve;

import dev.gatun.demo.load.LoadResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Loads the same server with the same model, computed by one engine after the other. `bench/serve
/// --peers` starts it.
public final class ServeComparison {
  /// Seconds at each of several numbers of connections.
  private static final double WARMUP = 1.5;

  /// All servers are there at once, idle but for the one that is loaded: they can take turns.
  private final List<ServerProcess> servers = new ArrayList<>();

  private final List<Run> runs = new ArrayList<>();
  private final Options options;
  private final List<String> flags;

  private ServeComparison(Options options, List<String> flags) {
    this.options = options;
    this.flags = flags;
  }

  /// Runs it.
  ///
  /// @param args as [Options] takes them
  /// @throws IOException if results cannot be written
  /// @throws InterruptedException if this is to end
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    String flags = System.getenv().getOrDefault("GATUN_OPTS", "").strip();
    ServeComparison comparison =
        new ServeComparison(options, flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")));
    Runtime.getRuntime().addShutdownHook(new Thread(comparison::stopAll));
    Report report;
    try {
      report = comparison.measure();
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    report.write(Path.of(options.base() + ".json"));
    String text = report.markdown();
    Files.writeString(Path.of(options.base() + ".md"), text);
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(text);
    System.err.println("wrote " + options.base() + ".json and .md");
    long refused = report.rows().stream().mapToLong(Row::refused).sum();
    if (refused > 0) {
      System.err.println("serve: requests were refused, the numbers are no good: " + refused);
      System.exit(1);
    }
  }

  private Report measure() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Files.createDirectories(options.folder());
    AnswerCheck check = new AnswerCheck(options.model(), options.folder());
    for (Contestant contestant : Contestant.chosen(options.only())) {
      ServerProcess server =
          new ServerProcess(contestant, options.peers(), options.folder(), options.model(), flags);
      servers.add(server);
      check.check(server);
      System.err.printf("serve: %s answers as Gatun does%n", contestant.title());
    }
    List<Client> clients = List.of(Client.values()).stream().filter(Client::isThere).toList();
    for (Client client : clients) {
      load(client);
    }
    for (ServerProcess server : servers) {
      server.close();
    }
    Map<String, String> versions = new LinkedHashMap<>();
    for (ServerProcess server : servers) {
      versions.put(server.contestant().title(), server.description());
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return new Report(facts(time), versions, rows(clients));
  }

  private void load(Client client) throws IOException, InterruptedException {
    warmUp(client);
    List<ServerProcess> turns = new ArrayList<>(servers);
    for (int round = 0; round < options.rounds(); round++) {
      System.err.printf("serve: %s, round %d of %d%n", client.title(), round + 1, options.rounds());
      for (int connections : options.connections()) {
        for (ServerProcess server : turns) {
          Instant start = Instant.now();
          LoadResult result = client.run(server, options.script(), connections, options.seconds());
          Duration length = Duration.between(start, Instant.now());
          runs.add(new Run(server, client, start, length, result));
        }
        // Nobody is always the one after a pause.
        Collections.rotate(turns, 1);
      }
    }
  }

  /// Until the JVMs have compiled, and Gatun's plans have met every size of a batch.
  private void warmUp(Client client) throws IOException, InterruptedException {
    for (ServerProcess server : servers) {
      for (int connections : List.of(1, 8, 64, 512)) {
        LoadResult _ = client.run(server, options.script(), connections, WARMUP);
      }
    }
  }

  private List<Row> rows(List<Client> clients) throws IOException {
    Map<ServerProcess, Pauses> pauses = new LinkedHashMap<>();
    for (ServerProcess server : servers) {
      pauses.put(server, server.pauses());
    }
    List<Row> rows = new ArrayList<>();
    for (Client client : clients) {
      for (int connections : options.connections()) {
        pauses.forEach((server, all) -> rows.add(row(client, connections, server, all)));
      }
    }
    return rows;
  }

  private Row row(Client client, int connections, ServerProcess server, Pauses pauses) {
    List<Run> mine =
        runs.stream()
            .filter(run ->
                run.client() == client
                    && run.server() == server
                    && run.result().connections() == connections)
            .toList();
    return Row.of(mine, pauses);
  }

  private void stopAll() {
    servers.forEach(ServerProcess::kill);
  }

  private Map<String, String> facts(Duration time) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("machine", options.machine());
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("command", options.command());
    facts.put("rounds", "%d of %s s".formatted(options.rounds(), options.seconds()));
    facts.put("flags of the servers", flags.isEmpty() ? "none" : String.join(" ", flags));
    facts.put("took", time.toMinutes() + " min " + time.toSecondsPart() + " s");
    return facts;
  }
}
