package dev.gatun.backend;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/// Tells the flight recorder of the choice, where the JVM has one. Nothing of it is loaded before
/// somebody records: the first event object alone takes longer than everything else at a start.
final class Flight {
  private Flight() {}

  static void tell(Choice choice) {
    Module own = Flight.class.getModule();
    if (ModuleLayer.boot().findModule("jdk.jfr").filter(own::canRead).isPresent()) {
      FlightRecorder.addListener(new Listener(choice));
    }
  }

  private record Listener(Choice choice) implements FlightRecorderListener {
    @Override
    public void recorderInitialized(FlightRecorder recorder) {
      FlightRecorder.addPeriodicEvent(BackendEvent.class, this::commit);
    }

    private void commit() {
      BackendEvent event = new BackendEvent();
      Backend chosen = choice.chosen();
      event.backend = chosen == null ? "none" : chosen.name();
      event.reason = chosen == null ? choice.failure() : choice.reason(chosen);
      event.vectors = VectorProbe.REASON;
      event.threads = Backends.configuredThreads();
      event.commit();
    }
  }
}
