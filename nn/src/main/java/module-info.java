import org.jspecify.annotations.NullMarked;

/// Modules, layers, losses, optimizers, data and checkpoints.
@NullMarked
module dev.gatun.nn {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive dev.gatun.runtime;
  requires static java.desktop;

  exports dev.gatun.nn;
  exports dev.gatun.nn.data;
  exports dev.gatun.nn.optim;
  exports dev.gatun.nn.optim.lr;
  exports dev.gatun.nn.serve;
}
