package dev.gatun.bench.peers.onnxruntime;

import dev.gatun.demo.Main;

/// `gatun serve` with ONNX Runtime.
public final class OnnxServer {
  private OnnxServer() {}

  /// Serves until the process is told to end.
  ///
  /// @param args as `gatun` takes them
  public static void main(String[] args) {
    Main.exit(OnnxEngine::load, args);
  }
}
