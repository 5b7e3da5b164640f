package dev.gatun.memory.internal;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/// Whether this JVM has a flight recorder in use. Before, no event may be touched: the first object
/// of such a class, recorded or not, takes longer to load than everything else at a start. The
/// package is not exported.
public final class Recorder {
  private static volatile boolean on;

  static {
    Module own = Recorder.class.getModule();
    if (ModuleLayer.boot().findModule("jdk.jfr").filter(own::canRead).isPresent()) {
      Listener.listen();
    }
  }

  private Recorder() {}

  /// Asked before every event.
  ///
  /// @return true from the first recording on
  public static boolean isOn() {
    return on;
  }

  /// A class of its own, since images may lack its interface.
  private static final class Listener implements FlightRecorderListener {
    static void listen() {
      FlightRecorder.addListener(new Listener());
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
      on = true;
    }
  }
}
