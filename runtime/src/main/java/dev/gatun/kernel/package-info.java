/// Kernels: loops over segments, one per operation and type, without checks of shapes or dtypes
/// beyond what keeps memory safe. Imports `dev.gatun.backend` and `dev.gatun.memory` only.
package dev.gatun.kernel;
