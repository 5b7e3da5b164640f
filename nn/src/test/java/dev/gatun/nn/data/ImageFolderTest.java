package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("MustBeClosedChecker")
class ImageFolderTest {
  @TempDir private Path root;
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private Path image(String name, int type, int... pixels) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(pixels.length / 2, 2, type);
    image.setRGB(0, 0, pixels.length / 2, 2, pixels, 0, pixels.length / 2);
    assertTrue(
        ImageIO.write(image, name.endsWith("png") ? "png" : "jpg", file.toFile()), "a writer");
    return file;
  }

  private static void assertScaled(int[] expected, Tensor image) {
    float[] scaled = new float[expected.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = expected[i] / 255f;
    }
    assertArrayEquals(scaled, image.toFloatArray());
  }

  private void rgb(String name) throws IOException {
    var _ = image(name, BufferedImage.TYPE_INT_RGB, 0xff0000, 0x00ff00, 0x0000ff, 0x102030);
  }

  @Test
  void foldersAreClasses() throws IOException {
    rgb("dog/b.png");
    rgb("dog/a.png");
    rgb("cat/deep/z.png");
    Files.writeString(root.resolve("dog/notes.txt"), "no image");
    Files.writeString(root.resolve("list.png"), "not in a class");
    ImageFolder folder = new ImageFolder(root);
    assertEquals(List.of("cat", "dog"), folder.classes());
    assertEquals(3, folder.size());
    assertEquals(root.resolve("cat/deep/z.png"), folder.file(0));
    assertEquals(root.resolve("dog/a.png"), folder.file(1));
    assertEquals(1, folder.label(2));
    List<Tensor> sample = folder.get(1);
    assertEquals(DType.I64, sample.get(1).dtype());
    assertEquals(0, sample.get(1).dim());
    assertEquals(1, sample.get(1).itemLong());
    IndexOutOfBoundsException e =
        assertThrows(IndexOutOfBoundsException.class, () -> folder.get(3));
    assertEquals("ImageFolder: index out of range: 3 (of 3 samples)", e.getMessage());
  }

  @Test
  void pixelsAreChannelsFirst() throws IOException {
    rgb("a/x.png");
    Tensor image = new ImageFolder(root).get(0).getFirst();
    assertArrayEquals(new long[] {3, 2, 2}, image.shape());
    assertScaled(new int[] {255, 0, 0, 16, 0, 255, 0, 32, 0, 0, 255, 48}, image);
    Tensor gray = new ImageFolder(root, 1).get(0).getFirst();
    assertArrayEquals(new long[] {1, 2, 2}, gray.shape());
    assertScaled(new int[] {76, 150, 29, 29}, gray);
  }

  @Test
  void grayFilesKeepTheirValues() throws IOException {
    Path file = root.resolve("a/gray.png");
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 100, 255});
    assertTrue(ImageIO.write(image, "png", file.toFile()), "a writer");
    assertScaled(new int[] {0, 100, 255}, new ImageFolder(root, 1).get(0).getFirst());
    assertScaled(
        new int[] {0, 100, 255, 0, 100, 255, 0, 100, 255}, new ImageFolder(root).get(0).getFirst());
  }

  @Test
  void alphaAndDepthAreLeftOut() throws IOException {
    Path file = Files.createDirectory(root.resolve("a")).resolve("x.png");
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSamples(0, 0, 2, 1, 0, new int[] {0x64ff, 0xffff});
    assertTrue(ImageIO.write(deep, "png", file.toFile()), "a writer");
    assertScaled(new int[] {100, 255}, new ImageFolder(root, 1).get(0).getFirst());
    BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0x01ff8040);
    assertTrue(ImageIO.write(clear, "png", file.toFile()), "a writer");
    assertScaled(new int[] {255, 128, 64}, new ImageFolder(root).get(0).getFirst());
  }

  @Test
  void readsJpeg() throws IOException {
    int[] pixels = new int[128];
    Arrays.fill(pixels, 0x804020);
    var _ = image("a/x.jpeg", BufferedImage.TYPE_INT_RGB, pixels);
    Tensor image = new ImageFolder(root).get(0).getFirst();
    assertArrayEquals(new long[] {3, 2, 64}, image.shape());
    assertEquals(0x80 / 255.0, image.get(0, 1, 30), 0.02);
    assertEquals(0x40 / 255.0, image.get(1, 0, 3), 0.02);
    assertEquals(0x20 / 255.0, image.get(2, 1, 60), 0.02);
  }

  @Test
  void workersReadBatches() throws IOException {
    for (int i = 0; i < 9; i++) {
      rgb((i % 2 == 0 ? "even/" : "odd/") + i + ".png");
    }
    int seen = 0;
    LoaderOptions options = LoaderOptions.of(4).shuffle(true).workers(2);
    for (Batch batch : new DataLoader(new ImageFolder(root), options)) {
      assertArrayEquals(new long[] {batch.size(), 3, 2, 2}, batch.input().shape());
      assertArrayEquals(new long[] {batch.size()}, batch.target().shape());
      seen += (int) batch.size();
    }
    assertEquals(9, seen);
  }

  private String failure() throws IOException {
    ImageFolder folder = new ImageFolder(root);
    long before = scope.bytes();
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> folder.get(0));
    assertEquals(before, scope.bytes());
    return String.valueOf(e.getMessage());
  }

  @Test
  void brokenFilesAreNamed() throws IOException {
    Path file = root.resolve("a/x.png");
    rgb("a/x.png");
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "hello");
    assertEquals("ImageFolder: neither PNG nor JPEG: " + file, failure());
    for (int length = 8; length < whole.length - 20; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String message = failure();
      assertTrue(message.startsWith("ImageFolder: image is damaged: " + file + " ("), message);
    }
    Files.write(file, new byte[0]);
    assertEquals("ImageFolder: neither PNG nor JPEG: " + file, failure());
    Files.delete(file);
    assertThrows(IOException.class, () -> new ImageFolder(root));
  }

  @Test
  void absurdSizesAreRefused() throws IOException {
    Path file = root.resolve("a/x.png");
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        HexFormat.of()
            .parseHex(
                "89504e470d0a1a0a0000000d494844527fffffff7fffffff08020000000000000000000049444154"));
    assertEquals(
        "ImageFolder: image is too large: %s (2147483647 x 2147483647 pixels)".formatted(file),
        failure());
  }

  @Test
  void refusesFoldersWithoutClassesOrImages() throws IOException {
    assertEquals(
        "ImageFolder: no class folders: " + root,
        assertThrows(IOException.class, () -> new ImageFolder(root)).getMessage());
    Path empty = Files.createDirectory(root.resolve("empty"));
    assertEquals(
        "ImageFolder: a class has no images (.png, .jpg, .jpeg): " + empty,
        assertThrows(IOException.class, () -> new ImageFolder(root)).getMessage());
    assertThrows(NoSuchFileException.class, () -> new ImageFolder(root.resolve("none")));
    assertEquals(
        "ImageFolder: channels must be 1 or 3: 4",
        assertThrows(IllegalArgumentException.class, () -> new ImageFolder(root, 4)).getMessage());
  }
}
