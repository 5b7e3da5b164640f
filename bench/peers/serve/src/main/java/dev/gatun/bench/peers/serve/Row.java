package dev.gatun.bench.peers.serve;

import dev.gatun.demo.load.LoadResult;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// All that was measured of an engine with a client at a number of connections.
///
/// @param client who loaded it
/// @param connections how many at once
/// @param engine its title
/// @param rounds what came of each round
/// @param pauses of the collector in all of them
record Row(Client client, int connections, String engine, List<LoadResult> rounds, Pauses pauses) {
  static final String HEADER =
      """
      | connections | engine | requests/s | p50 µs | p99 µs | p99.9 µs | GC pauses | longest ms |
      | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      """;

  /// Puts rounds together.
  ///
  /// @param runs of one engine, client and number of connections
  /// @param all pauses of that engine
  static Row of(List<Run> runs, Pauses all) {
    Run first = runs.getFirst();
    List<LoadResult> rounds = runs.stream().map(Run::result).toList();
    List<Pauses.Pause> pauses =
        runs.stream()
            .flatMap(run -> all.between(run.start(), run.length()).all().stream())
            .toList();
    return new Row(
        first.client(),
        first.result().connections(),
        first.server().contestant().title(),
        rounds,
        new Pauses(pauses));
  }

  /// The median over all rounds.
  double median(ToDoubleFunction<LoadResult> of) {
    double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  long refused() {
    return rounds.stream().mapToLong(LoadResult::refused).sum();
  }

  String markdown() {
    return String.format(
        Locale.ROOT,
        "| %d | %s | %,.0f | %,.0f | %,.0f | %,.0f | %d | %.1f |%n",
        connections,
        engine,
        median(LoadResult::perSecond),
        median(LoadResult::p50),
        median(LoadResult::p99),
        median(LoadResult::p999),
        pauses.all().size(),
        pauses.longest());
  }
}
