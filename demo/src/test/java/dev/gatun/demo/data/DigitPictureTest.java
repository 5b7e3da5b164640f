package dev.gatun.demo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitPictureTest {
  private static final Color CLEAR = new Color(0, 0, 0, 0);

  @TempDir private Path folder;

  @Test
  void findsTheInkWhateverTheColors() throws IOException {
    byte[] expected = bar(Color.BLACK, Color.WHITE, 100, 100);
    assertArrayEquals(expected, bar(Color.WHITE, Color.BLACK, 100, 100));
    assertArrayEquals(expected, bar(Color.YELLOW, Color.BLUE, 100, 100));
    assertArrayEquals(expected, bar(CLEAR, Color.BLACK, 100, 100));
    assertArrayEquals(expected, bar(CLEAR, Color.WHITE, 100, 100));
    assertArrayEquals(expected, bar(Color.GRAY, Color.DARK_GRAY, 100, 100));
  }

  @Test
  void scalesToTwentyPixelsAndCenters() throws IOException {
    for (int size : new int[] {10, 28, 100, 333}) {
      byte[] frame = bar(Color.WHITE, Color.BLACK, size, 2 * size);
      int top = 28;
      int bottom = 0;
      int left = 28;
      int right = 0;
      for (int i = 0; i < frame.length; i++) {
        if (Byte.toUnsignedInt(frame[i]) > 127) {
          top = Math.min(top, i / 28);
          bottom = Math.max(bottom, i / 28 + 1);
          left = Math.min(left, i % 28);
          right = Math.max(right, i % 28 + 1);
        }
      }
      assertEquals(4, top);
      assertEquals(24, bottom);
      assertEquals(28, left + right, 1);
    }
  }

  @Test
  void leavesADigitOfTheSetNearlyAsItIs() throws IOException {
    BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 4; y < 24; y++) {
      picture.getRaster().setSample(13, y, 0, 255);
      picture.getRaster().setSample(14, y, 0, 255);
    }
    byte[] frame = DigitPicture.read(write(picture));
    for (int i = 0; i < frame.length; i++) {
      assertEquals(picture.getRaster().getSample(i % 28, i / 28, 0), Byte.toUnsignedInt(frame[i]));
    }
  }

  @Test
  void refusesWhatIsNoPictureOfADigit() throws IOException {
    BufferedImage blank = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    Path file = write(blank);
    assertEquals(
        "picture shows no digit: %s (all 30x20 pixels look alike)".formatted(file), message(file));
    Path text = Files.writeString(folder.resolve("text.png"), "this is no picture");
    assertEquals("picture has no known format: %s (PNG expected)".formatted(text), message(text));
    assertEquals("picture expected, found a folder: " + folder, message(folder));
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    picture.getGraphics().drawLine(5, 5, 30, 30);
    byte[] whole = Files.readAllBytes(write(picture));
    // The last 12 bytes close the file and hold no pixels.
    for (int length = 0; length < whole.length - 20; length += 3) {
      Path file = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, length));
      assertTrue(message(file).startsWith("picture "), message(file));
    }
  }

  private static String message(Path file) {
    return String.valueOf(
        assertThrows(IOException.class, () -> DigitPicture.read(file)).getMessage());
  }

  /// A vertical bar a little off the middle.
  private byte[] bar(Color paper, Color ink, int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setBackground(paper);
    graphics.clearRect(0, 0, width, height);
    graphics.setColor(ink);
    graphics.fillRect(width / 5, height / 5, Math.max(1, height / 12), height / 2);
    graphics.dispose();
    return DigitPicture.read(write(picture));
  }

  private Path write(BufferedImage picture) throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }
}
