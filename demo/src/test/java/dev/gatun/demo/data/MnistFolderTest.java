package dev.gatun.demo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFolderTest {
  @TempDir private Path folder;

  @Test
  void splitsASinglePairFourToOne() throws IOException {
    images("t10k-images-idx3-ubyte", 10, 2);
    labels("t10k-labels-idx1-ubyte", 10);
    DataSplit split = MnistFolder.read(folder);
    assertEquals(8, split.train().count());
    assertEquals(2, split.test().count());
    assertArrayEquals(new byte[] {8, 9}, split.test().labels());
    assertArrayEquals(new byte[] {32, 33, 34, 35, 36, 37, 38, 39}, split.test().pixels());
  }

  @Test
  void usesBothPairsAsTheyAre() throws IOException {
    images("train-images.idx3-ubyte", 3, 2);
    labels("train-labels.idx1-ubyte", 3);
    images("t10k-images-idx3-ubyte", 10, 2);
    labels("t10k-labels-idx1-ubyte", 10);
    DataSplit split = MnistFolder.read(folder);
    assertEquals(3, split.train().count());
    assertEquals(10, split.test().count());
    assertEquals(4, split.limit(5).train().count() + split.limit(5).test().count());
  }

  @Test
  void refusesAFolderWithoutData() {
    assertEquals(
        "data folder holds no MNIST files: %s (expected train-images-idx3-ubyte and"
                .formatted(folder)
            + " train-labels-idx1-ubyte, or the t10k- pair, each with or without .gz)",
        message());
  }

  @Test
  void refusesHalfAPair() throws IOException {
    images("train-images-idx3-ubyte", 3, 2);
    assertEquals(
        "data folder lacks train-labels-idx1-ubyte: %s (found only train-images-idx3-ubyte)"
            .formatted(folder),
        message());
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    images("train-images-idx3-ubyte", 3, 2);
    labels("train-labels-idx1-ubyte", 4);
    assertEquals(
        "images and labels do not belong together: %s has 3, %s has 4"
            .formatted(
                folder.resolve("train-images-idx3-ubyte"),
                folder.resolve("train-labels-idx1-ubyte")),
        message());
  }

  @Test
  void refusesTooFewImagesAndOtherSizes() throws IOException {
    images("train-images-idx3-ubyte", 1, 2);
    labels("train-labels-idx1-ubyte", 1);
    assertEquals(
        "data folder holds too few images: %s (0 to train, 1 to test, of 2x2 pixels)"
            .formatted(folder),
        message());
    images("t10k-images-idx3-ubyte", 1, 3);
    labels("t10k-labels-idx1-ubyte", 1);
    assertEquals(
        "train and test images differ in size: %s (2x2 and 3x3)".formatted(folder), message());
  }

  private String message() {
    return String.valueOf(
        assertThrows(IOException.class, () -> MnistFolder.read(folder)).getMessage());
  }

  private void images(String name, int count, int side) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(16 + count * side * side);
    file.putInt(0x803).putInt(count).putInt(side).putInt(side);
    for (int i = 0; i < count * side * side; i++) {
      file.put((byte) i);
    }
    Files.write(folder.resolve(name), file.array());
  }

  private void labels(String name, int count) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) i);
    }
    Files.write(folder.resolve(name), file.array());
  }
}
