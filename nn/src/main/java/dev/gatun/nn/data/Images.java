package dev.gatun.nn.data;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Decodes PNG and JPEG by the JDK's `javax.imageio`.
final class Images {
  /// More would not fit the arrays of the decoder, or is there to make it fail.
  private static final long MAX_PIXELS = 1L << 28;

  private Images() {}

  static Tensor read(Path file, int channels) throws IOException {
    BufferedImage image = decode(file);
    int height = image.getHeight();
    int width = image.getWidth();
    Tensor pixels = Tensor.empty(DType.F32, channels, height, width);
    MemorySegment to = pixels.segment();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (isGray(image)) {
        gray(image, y, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      put(row, to, channels, (long) y * width, (long) height * width);
    }
    return pixels;
  }

  private static boolean isGray(BufferedImage image) {
    ColorModel model = image.getColorModel();
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model instanceof ComponentColorModel
        && model.getComponentSize(0) >= 8;
  }

  /// The values of the file: getRGB would take them through a colour profile.
  private static void gray(BufferedImage image, int y, int[] row) {
    image.getRaster().getSamples(0, y, row.length, 1, 0, row);
    int shift = image.getColorModel().getComponentSize(0) - 8;
    for (int x = 0; x < row.length; x++) {
      row[x] = (row[x] >> shift) * 0x010101;
    }
  }

  private static void put(int[] row, MemorySegment to, int channels, long at, long plane) {
    for (int x = 0; x < row.length; x++) {
      int red = row[x] >> 16 & 0xff;
      int green = row[x] >> 8 & 0xff;
      int blue = row[x] & 0xff;
      if (channels == 3) {
        to.setAtIndex(ValueLayout.JAVA_FLOAT, at + x, red / 255f);
        to.setAtIndex(ValueLayout.JAVA_FLOAT, at + x + plane, green / 255f);
        to.setAtIndex(ValueLayout.JAVA_FLOAT, at + x + 2 * plane, blue / 255f);
      } else {
        // ITU-R 601-2 in 16 bits, as Pillow's convert("L").
        int luminance = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
        to.setAtIndex(ValueLayout.JAVA_FLOAT, at + x, luminance / 255f);
      }
    }
  }

  private static BufferedImage decode(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        ImageInputStream in = ImageIO.createImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("ImageFolder: neither PNG nor JPEG: " + file);
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

  private static BufferedImage decode(ImageReader reader, Path file) throws IOException {
    long width;
    long height;
    try {
      width = reader.getWidth(0);
      height = reader.getHeight(0);
      if (width * height <= MAX_PIXELS) {
        return reader.read(0);
      }
    } catch (IOException | RuntimeException e) {
      // Decoders meet damaged files with exceptions of every kind.
      throw new IOException(
          "ImageFolder: image is damaged: %s (%s)".formatted(file, e.getMessage()), e);
    }
    throw new IOException(
        "ImageFolder: image is too large: %s (%d x %d pixels)".formatted(file, width, height));
  }
}
