package dev.gatun.memory;

/// Which of the JDK's modules, that Gatun uses where they are, this JVM has.
final class Modules {
  private Modules() {}

  static boolean hasManagement() {
    return has("java.management");
  }

  private static boolean has(String name) {
    Module own = Modules.class.getModule();
    return ModuleLayer.boot().findModule(name).filter(own::canRead).isPresent();
  }
}
