package dev.gatun.demo.compare;

import dev.gatun.Gatun;
import dev.gatun.Info;

/// What the numbers were measured on.
///
/// @param cpu the processor's name
/// @param cores how many processors the JVM may use
/// @param os name, version and architecture of the operating system
/// @param java version and vendor of the JVM
public record Machine(String cpu, int cores, String os, String java) {

  /// {@return this machine}
  public static Machine here() {
    Info info = Gatun.info();
    return new Machine(info.cpu(), info.processors(), info.system(), info.java());
  }
}
