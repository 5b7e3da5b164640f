package dev.gatun.demo.data;

import java.util.Random;

/// The digits that the program draws itself: no download, no fonts, the same bytes on every
/// machine.
public final class DrawnDigits {
  /// How many digits are drawn unless somebody asks for another number.
  public static final int DEFAULT_COUNT = 10_000;

  /// Which set is drawn unless somebody asks for another one.
  public static final long DEFAULT_SEED = 1;

  private static final int CLASSES = 10;

  private DrawnDigits() {}

  /// Draws a set; its first 80 % train, the rest test.
  ///
  /// @param count how many digits to draw
  /// @param seed which set: equal seeds draw equal sets
  /// @return the two parts
  public static DataSplit split(int count, long seed) {
    return DataSplit.ofWhole("digits drawn by the program", draw(count, seed));
  }

  /// Draws digits, each of a class that is drawn by lot.
  ///
  /// @param count how many digits to draw
  /// @param seed which set: equal seeds draw equal sets, and a longer set begins with the shorter
  /// @return images of 28×28 pixels
  public static LabeledImages draw(int count, long seed) {
    byte[] pixels = new byte[count * DigitArtist.SIZE * DigitArtist.SIZE];
    byte[] labels = new byte[count];
    // java.util.Random's algorithm is part of its specification: the set is the same everywhere.
    Random random = new Random(seed);
    DigitArtist artist = new DigitArtist(random);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
      artist.draw(labels[i], pixels, i * DigitArtist.SIZE * DigitArtist.SIZE);
    }
    return new LabeledImages(DigitArtist.SIZE, DigitArtist.SIZE, pixels, labels);
  }
}
