import org.jspecify.annotations.NullMarked;

/// The gatun command line.
@NullMarked
module dev.gatun.demo {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.fasterxml.jackson.core;
  requires dev.gatun.nn;
  requires info.picocli;
  requires java.compiler;
  requires java.desktop;
  requires java.logging;
  requires me.tongfei.progressbar;

  opens dev.gatun.demo to
      info.picocli;
  opens dev.gatun.demo.tutorial to
      dev.gatun.nn;
}
