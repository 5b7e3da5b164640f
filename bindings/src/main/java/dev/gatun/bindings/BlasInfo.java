package dev.gatun.bindings;

/// What the loaded OpenBLAS says about itself.
///
/// @param config its build, such as `OpenBLAS 0.3.31 DYNAMIC_ARCH SkylakeX MAX_THREADS=64`
/// @param coreName the processor whose kernels it uses, such as `SkylakeX`
/// @param threading `sequential`, `threads` or `openmp`
/// @param threads how many threads a call uses
public record BlasInfo(String config, String coreName, String threading, int threads) {}
