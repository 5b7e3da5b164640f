package dev.gatun.backend;

import jdk.incubator.vector.FloatVector;

/// Whether the Vector API can be used. Its classes are touched only where the module is there.
final class VectorProbe {
  static final String FLAG = "--add-modules jdk.incubator.vector";

  /// Why not, or empty.
  static final String REASON = probe();

  private VectorProbe() {}

  private static String probe() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "module jdk.incubator.vector is not there; start java with " + FLAG;
    }
    int bits = Width.bits();
    return bits >= 128 ? "" : "this machine has vectors of " + bits + " bits only";
  }

  private static final class Width {
    private Width() {}

    static int bits() {
      return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }
}
