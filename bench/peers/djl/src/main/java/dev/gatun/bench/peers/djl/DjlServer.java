package dev.gatun.bench.peers.djl;

import dev.gatun.demo.Main;

/// `gatun serve` with PyTorch through DJL.
public final class DjlServer {
  private DjlServer() {}

  /// Serves until the process is told to end.
  ///
  /// @param args as `gatun` takes them
  public static void main(String[] args) {
    Main.exit(DjlEngine::load, args);
  }
}
