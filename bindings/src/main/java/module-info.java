import org.jspecify.annotations.NullMarked;

/// Downcalls into OpenBLAS.
@NullMarked
module dev.gatun.bindings {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive dev.gatun.natives;

  exports dev.gatun.bindings;
}
