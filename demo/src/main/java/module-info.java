import org.jspecify.annotations.NullMarked;

/// The gatun command line.
@NullMarked
module dev.gatun.demo {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires HdrHistogram;
  requires com.fasterxml.jackson.core;
  requires dev.gatun.nn;
  requires info.picocli;
  requires java.compiler;
  requires java.desktop;
  requires java.logging;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.eclipse.jetty.server;

  opens dev.gatun.demo to
      info.picocli;
  opens dev.gatun.demo.tutorial to
      dev.gatun.nn;
}
