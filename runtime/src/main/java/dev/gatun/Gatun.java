package dev.gatun;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// What runs in this process, and a way to insist on it.
public final class Gatun {
  private static final class Version {
    static final String TEXT = read();

    private Version() {}

    private static String read() {
      try (InputStream in = Gatun.class.getResourceAsStream("version.properties")) {
        Properties properties = new Properties();
        if (in != null) {
          properties.load(in);
        }
        return properties.getProperty("gatun", "unknown");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Gatun() {}

  /// The version of this library.
  ///
  /// @return for example `0.1.0`
  public static String version() {
    return Version.TEXT;
  }

  /// What runs here, and why. Chooses the backend if nothing has done so yet, and loads OpenBLAS
  /// unless `-Dgatun.backend` names another one. That a library is missing is not an error here.
  ///
  /// @return a snapshot
  /// @throws IllegalStateException if `-Dgatun.threads` is no number of threads
  public static Info info() {
    return InfoCollector.collect();
  }

  /// Insists on a backend, so that a program is not slow in secret: does nothing when one of those
  /// named is the one that runs.
  ///
  /// @param first a backend
  /// @param others further ones that will do as well
  /// @throws IllegalStateException if another one runs; the message says which, why those that are
  ///   wanted do not, and what to do
  public static void require(Backend first, Backend... others) {
    List<Backend> wanted = Stream.concat(Stream.of(first), Stream.of(others)).distinct().toList();
    Backend runs = Backends.current();
    if (wanted.contains(runs)) {
      return;
    }
    throw new IllegalStateException(Advice.ofSystem().refusal(wanted, runs));
  }

  /// Looks for what makes this process slower than the machine is, or is about to fail: vectors
  /// that are not compiled to vectors (timed), a library that was not taken, limits of the
  /// container, missing flags. Takes some 50 ms, seconds where vectors are slow; chooses the
  /// backend if nothing has done so yet.
  ///
  /// @return what was found on every [Subject], the good too
  public static Diagnosis diagnose() {
    return Doctor.look(EnumSet.allOf(Subject.class));
  }

  /// Insists that nothing is wrong, so that a program is not slow in secret: does nothing when
  /// [#diagnose()] finds no problem with these.
  ///
  /// @param subjects what to look at; with none, everything
  /// @throws IllegalStateException if there is a problem; the message says which, and what to do
  public static void require(Subject... subjects) {
    List<Subject> wanted = subjects.length == 0 ? List.of(Subject.values()) : List.of(subjects);
    List<Finding> problems = Doctor.look(wanted).problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(Doctor.refusal(problems));
    }
  }

  /// Insists on a configuration, so that results are the same bits as in another process that had
  /// it: print `Configuration.current().fingerprint()` there.
  ///
  /// @param configuration of the other process
  /// @throws IllegalStateException if this process has another one; the message says which
  public static void require(Fingerprint configuration) {
    Configuration here = Configuration.current();
    if (!here.fingerprint().equals(configuration)) {
      throw new IllegalStateException(
          "require: configuration %s is wanted, this one is %s: %s; set -Dgatun.backend as there"
              .formatted(configuration, here.fingerprint(), here));
    }
  }
}
