package dev.gatun.demo.data;

import dev.gatun.nn.data.Idx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of MNIST's files: `train-` and `t10k-` pairs of images and labels, gzip or not.
///
/// With both pairs, one trains and the other tests. With one, its first 80 % train, the rest test.
public final class MnistFolder {
  private MnistFolder() {}

  /// Reads the folder.
  ///
  /// @param folder where the files are
  /// @return its images, at least one to learn from and one to test with
  /// @throws IOException if files are missing, damaged, or do not belong together
  public static DataSplit read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          (Files.exists(folder) ? "data is not a folder: " : "data folder not found: ") + folder);
    }
    Optional<LabeledImages> train = readPair(folder, "train");
    Optional<LabeledImages> test = readPair(folder, "t10k");
    if (train.isEmpty() && test.isEmpty()) {
      throw new IOException(
          "data folder holds no MNIST files: %s (expected train-images-idx3-ubyte and"
                  .formatted(folder)
              + " train-labels-idx1-ubyte, or the t10k- pair, each with or without .gz)");
    }
    String name = folder.toString();
    if (train.isPresent() && test.isPresent()) {
      return checked(new DataSplit(name, train.get(), test.get()), folder);
    }
    return checked(DataSplit.ofWhole(name, train.or(() -> test).orElseThrow()), folder);
  }

  private static Optional<LabeledImages> readPair(Path folder, String prefix) throws IOException {
    Optional<Path> images = find(folder, prefix + "-images", "idx3-ubyte");
    Optional<Path> labels = find(folder, prefix + "-labels", "idx1-ubyte");
    if (images.isEmpty() && labels.isEmpty()) {
      return Optional.empty();
    }
    if (images.isEmpty() || labels.isEmpty()) {
      throw new IOException(
          "data folder lacks %s-%s: %s (found only %s)"
              .formatted(
                  prefix,
                  images.isEmpty() ? "images-idx3-ubyte" : "labels-idx1-ubyte",
                  folder,
                  images.or(() -> labels).orElseThrow().getFileName()));
    }
    return Optional.of(join(images.get(), labels.get()));
  }

  /// Both `train-images-idx3-ubyte` and `train-images.idx3-ubyte` are in circulation.
  private static Optional<Path> find(Path folder, String stem, String kind) {
    return Stream.of("-" + kind, "-" + kind + ".gz", "." + kind, "." + kind + ".gz")
        .map(ending -> folder.resolve(stem + ending))
        .filter(Files::exists)
        .findFirst();
  }

  private static LabeledImages join(Path imageFile, Path labelFile) throws IOException {
    Idx images = Idx.read(imageFile, 3);
    Idx labels = Idx.read(labelFile, 1);
    if (images.size(0) != labels.size(0)) {
      throw new IOException(
          "images and labels do not belong together: %s has %d, %s has %d"
              .formatted(imageFile, images.size(0), labelFile, labels.size(0)));
    }
    return new LabeledImages(images.size(1), images.size(2), images.data(), labels.data());
  }

  private static DataSplit checked(DataSplit split, Path folder) throws IOException {
    LabeledImages train = split.train();
    LabeledImages test = split.test();
    if (train.count() == 0 || test.count() == 0 || train.imageSize() == 0) {
      throw new IOException(
          "data folder holds too few images: %s (%d to train, %d to test, of %dx%d pixels)"
              .formatted(folder, train.count(), test.count(), train.rows(), train.columns()));
    }
    if (train.rows() != test.rows() || train.columns() != test.columns()) {
      throw new IOException(
          "train and test images differ in size: %s (%dx%d and %dx%d)"
              .formatted(folder, train.rows(), train.columns(), test.rows(), test.columns()));
    }
    return split;
  }
}
