package dev.gatun.demo.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// A picture of one digit, of any size and in any colors, as an image of ink.
public final class DigitPicture {
  private static final long MAX_PIXELS = 64_000_000;

  private DigitPicture() {}

  /// Reads a picture and prepares it as MNIST's images were: light ink on black, the digit scaled
  /// to fit 20×20 pixels and centered by its mass in 28×28.
  ///
  /// @param file a PNG, or another format that the JDK reads
  /// @return 28 × 28 pixels, 0 for paper and 255 for ink
  /// @throws IOException if it cannot be read, is no picture, or shows nothing
  public static byte[] read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("picture expected, found a folder: " + file);
    }
    BufferedImage picture = decode(file);
    double[] ink = InkExtractor.extract(picture);
    if (ink.length == 0) {
      throw new IOException(
          "picture shows no digit: %s (all %dx%d pixels look alike)"
              .formatted(file, picture.getWidth(), picture.getHeight()));
    }
    return MnistFrame.fit(ink, picture.getWidth(), picture.getHeight());
  }

  private static BufferedImage decode(Path file) throws IOException {
    ImageIO.setUseCache(false);
    try (var bytes = Files.newInputStream(file);
        ImageInputStream in = ImageIO.createImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("picture has no known format: " + file + " (PNG expected)");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decode(reader, file);
      } finally {
        reader.dispose();
      }
    }
  }

  // A damaged file makes the JDK's decoders fail in many ways: runtime exceptions are among them.
  private static BufferedImage decode(ImageReader reader, Path file) throws IOException {
    try {
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels <= MAX_PIXELS) {
        return reader.read(0);
      }
    } catch (IOException | RuntimeException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(
          "picture is damaged: %s (%s)".formatted(file, why.lines().findFirst().orElse("")), e);
    }
    throw new IOException(
        "picture is too large: %s (more than %d pixels)".formatted(file, MAX_PIXELS));
  }
}
