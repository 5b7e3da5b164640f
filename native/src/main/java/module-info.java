import org.jspecify.annotations.NullMarked;

/// Finds, unpacks and loads the OpenBLAS library.
@NullMarked
module dev.gatun.natives {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.gatun.natives;
}
