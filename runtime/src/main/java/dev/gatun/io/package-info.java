/// Files of tensors: safetensors, mapped into memory without a copy, and NumPy's npy.
///
/// A file is never trusted: whatever its bytes are, it is read correctly or refused with a
/// [dev.gatun.io.TensorFormatException] of one line, and nothing outside of it is read. May import
/// `dev.gatun.tensor` and `dev.gatun.memory`.
package dev.gatun.io;
