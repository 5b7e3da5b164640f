package dev.gatun.demo;

import dev.gatun.Gatun;
import picocli.CommandLine.IVersionProvider;

/// Says which version this is.
final class Version implements IVersionProvider {
  Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {"gatun " + Gatun.version()};
  }
}
