package dev.gatun.memory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.internal.Places.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void whatIsNeededAtDifferentTimesSharesAPlace() {
    Places places = new Places();
    int first = places.add(new Piece(100, 0, 1));
    int second = places.add(new Piece(200, 1, 2));
    int third = places.add(new Piece(60, 2, 3));
    assertEquals(256 + 128, places.arrange());
    assertEquals(0, places.offset(second));
    assertEquals(256, places.offset(first));
    assertEquals(256, places.offset(third));
  }

  @Test
  void emptyPiecesTakeNoRoom() {
    Places places = new Places();
    int piece = places.add(new Piece(0, 0, 5));
    assertEquals(0, places.arrange());
    assertEquals(0, places.offset(piece));
  }

  @Test
  void piecesThatAreNeededTogetherNeverOverlap() {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      Places places = new Places();
      List<Piece> pieces = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int from = random.nextInt(40);
        Piece piece = new Piece(1 + random.nextInt(5000), from, from + random.nextInt(10));
        pieces.add(piece);
        assertEquals(i, places.add(piece));
      }
      long size = places.arrange();
      for (int i = 0; i < 60; i++) {
        assertEquals(0, places.offset(i) % Places.ALIGNMENT);
        assertTrue(places.offset(i) + pieces.get(i).bytes() <= size);
        for (int j = 0; j < i; j++) {
          assertTrue(apart(places, pieces, i, j));
        }
      }
    }
  }

  private static boolean apart(Places places, List<Piece> pieces, int i, int j) {
    Piece a = pieces.get(i);
    Piece b = pieces.get(j);
    return a.to() < b.from()
        || b.to() < a.from()
        || places.offset(i) + a.bytes() <= places.offset(j)
        || places.offset(j) + b.bytes() <= places.offset(i);
  }
}
