package dev.gatun.bench.peers.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of [ServeComparison].
///
/// @param peers the folder `bench/peers`
/// @param folder for logs and recordings
/// @param model the model's file
/// @param script for wrk
/// @param base where results go, without an ending
/// @param machine its processor
/// @param command as it was typed
/// @param only part of the titles of engines, as a regular expression; empty for those that are
///   shown
/// @param connections one run for each number
/// @param seconds of each run
/// @param rounds in which the engines take turns
record Options(
    Path peers,
    Path folder,
    Path model,
    Path script,
    Path base,
    String machine,
    String command,
    String only,
    List<Integer> connections,
    double seconds,
    int rounds) {
  private static final int FIXED = 7;

  /// Reads it.
  ///
  /// @param args the first seven values in this order, then options
  static Options parse(List<String> args) {
    String only = "";
    List<Integer> connections = List.of(1, 8, 64, 512);
    double seconds = 5;
    int rounds = 3;
    for (int i = FIXED; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--quick" -> {
          seconds = 2;
          rounds = 2;
        }
        case "--only" -> only = value(args, ++i);
        case "--connections" -> connections = numbers(value(args, ++i));
        case "--seconds" -> seconds = Double.parseDouble(value(args, ++i));
        case "--rounds" -> rounds = Integer.parseInt(value(args, ++i));
        default -> throw new IllegalArgumentException("serve: unknown option: " + args.get(i));
      }
    }
    return new Options(
        Path.of(args.get(0)),
        Path.of(args.get(1)),
        Path.of(args.get(2)),
        Path.of(args.get(3)),
        Path.of(args.get(4)),
        args.get(5),
        args.get(6),
        only,
        connections,
        seconds,
        rounds);
  }

  private static String value(List<String> args, int at) {
    if (at >= args.size()) {
      throw new IllegalArgumentException("serve: %s needs a value".formatted(args.get(at - 1)));
    }
    return args.get(at);
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }
}
