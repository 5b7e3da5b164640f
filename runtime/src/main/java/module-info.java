import org.jspecify.annotations.NullMarked;

/// Tensors, memory, kernels, autograd and tensor files.
@NullMarked
module dev.gatun.runtime {
  exports dev.gatun;
  exports dev.gatun.backend;
  exports dev.gatun.io;
  exports dev.gatun.memory;
  exports dev.gatun.tensor;

  requires static transitive org.jspecify;
  requires static transitive com.google.errorprone.annotations;
  requires com.fasterxml.jackson.core;
  requires dev.gatun.bindings;
  requires dev.gatun.natives;
  requires jdk.incubator.vector;
  // Not needed to run: images may lack them.
  requires static java.management;
  requires static jdk.jfr;
}
