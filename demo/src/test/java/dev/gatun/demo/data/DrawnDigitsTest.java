package dev.gatun.demo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
  @Test
  void drawsTheSameBytesOnEveryMachine() throws NoSuchAlgorithmException {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    LabeledImages digits = DrawnDigits.draw(1000, 1);
    hash.update(digits.labels());
    hash.update(digits.pixels());
    assertEquals(
        "b83fceb57f9ee415ca987f7cd63c1fe18832e6b86e63e94722c1e0ed994e3252",
        HexFormat.of().formatHex(hash.digest()));
  }

  @Test
  void drawsALongerSetThatBeginsWithTheShorter() {
    LabeledImages few = DrawnDigits.draw(10, 3);
    assertArrayEquals(few.pixels(), DrawnDigits.draw(20, 3).slice(0, 10).pixels());
    assertNotEquals(
        HexFormat.of().formatHex(few.pixels()),
        HexFormat.of().formatHex(DrawnDigits.draw(10, 4).pixels()));
  }

  @Test
  void drawsEveryClassWithInkAndPaper() {
    LabeledImages digits = DrawnDigits.draw(1000, 1);
    int[] classes = new int[10];
    for (int i = 0; i < digits.count(); i++) {
      classes[digits.labels()[i]]++;
      int ink = 0;
      for (int pixel = 0; pixel < digits.imageSize(); pixel++) {
        int value = Byte.toUnsignedInt(digits.pixels()[i * digits.imageSize() + pixel]);
        ink += value > 127 ? 1 : 0;
      }
      assertTrue(ink > 8 && ink < 400, "image " + i + " has " + ink + " pixels of ink");
    }
    for (int count : classes) {
      assertTrue(count > 60, "a class has " + count);
    }
    assertEquals(10, digits.classes());
  }
}
