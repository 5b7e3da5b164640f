package dev.gatun.io;

/// What a file of tensors is, told by its first bytes.
public enum TensorFileFormat {
  /// One safetensors file.
  SAFETENSORS("safetensors"),
  /// The index of a set of safetensors files.
  SHARDED_SAFETENSORS("safetensors, sharded"),
  /// What `torch.save` wrote.
  PYTORCH("pytorch"),
  /// One NumPy array.
  NPY("npy"),
  /// A zip file of NumPy arrays.
  NPZ("npz");

  private final String title;

  TensorFileFormat(String title) {
    this.title = title;
  }

  /// The name that people read.
  @Override
  public String toString() {
    return title;
  }
}
