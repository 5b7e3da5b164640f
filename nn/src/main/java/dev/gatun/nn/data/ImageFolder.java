package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Images in a folder for each class: torchvision's `ImageFolder`. The classes are the sub-folders
/// in the order of their names; images are the `.png`, `.jpg` and `.jpeg` files anywhere below
/// them, in the order of their paths. A sample is the image and the number of its class:
///
/// | tensor | shape | dtype |
/// |---|---|---|
/// | image | `[C, H, W]`, of 0 to 1 | F32 |
/// | class | `[]` | I64 |
///
/// C is what the images are asked to have; files are decoded at each [#get]. Images of different
/// sizes need a [Collate] of their own. An alpha channel is left out.
///
/// It decodes by `javax.imageio`: an application in modules requires `java.desktop` itself.
public final class ImageFolder implements Dataset {
  private final List<String> classes;
  private final List<Path> files = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final int channels;

  /// Colour images.
  ///
  /// @param root the folder of the classes
  /// @throws IOException if there are no classes, one has no image, or a folder cannot be read
  public ImageFolder(Path root) throws IOException {
    this(root, 3);
  }

  /// Lists the files; none is opened yet.
  ///
  /// @param root the folder of the classes
  /// @param channels 3 for red, green and blue, 1 for the luminance
  /// @throws IOException if there are no classes, one has no image, or a folder cannot be read
  public ImageFolder(Path root, int channels) throws IOException {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("ImageFolder: channels must be 1 or 3: " + channels);
    }
    this.channels = channels;
    List<Path> folders = list(root);
    if (folders.isEmpty()) {
      throw new IOException("ImageFolder: no class folders: " + root);
    }
    this.classes = folders.stream().map(folder -> String.valueOf(folder.getFileName())).toList();
    for (int label = 0; label < folders.size(); label++) {
      List<Path> images = images(folders.get(label));
      if (images.isEmpty()) {
        throw new IOException(
            "ImageFolder: a class has no images (.png, .jpg, .jpeg): " + folders.get(label));
      }
      for (Path image : images) {
        files.add(image);
        labels.add(label);
      }
    }
  }

  private static List<Path> list(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return entries.filter(ImageFolder::isImage).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException("ImageFolder: folder cannot be read: " + folder, e);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"))
        && Files.isRegularFile(file);
  }

  /// {@return the names of the classes; the label of a sample is a place in this list}
  public List<String> classes() {
    return classes;
  }

  /// {@return the file of a sample}
  ///
  /// @param index of the sample
  public Path file(long index) {
    return files.get((int) Indices.check("ImageFolder", index, size()));
  }

  /// {@return the class of a sample, without opening its file}
  ///
  /// @param index of the sample
  public int label(long index) {
    return labels.get((int) Indices.check("ImageFolder", index, size()));
  }

  @Override
  public long size() {
    return files.size();
  }

  /// The image and the class of a sample.
  ///
  /// @param index of the sample
  /// @return two tensors
  /// @throws UncheckedIOException if the file is no image that can be read; the message has the
  ///   file
  @Override
  public List<Tensor> get(long index) {
    try {
      Tensor image = Images.read(file(index), channels);
      return List.of(image, Tensor.of(new long[] {label(index)}));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
