package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i64;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The loops behind [IndexKernels]; offsets are bytes, indices are known to be good.
final class IndexLoops {
  private IndexLoops() {}

  static void gather1(
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xo,
      MemorySegment index,
      long io,
      MemorySegment y,
      long yo) {
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        for (long i = 0; i < inner; i++) {
          long position = (o * k + j) * inner + i;
          long other = (o * size + i64(index, io + position * 8)) * inner + i;
          y.set(JAVA_BYTE, yo + position, x.get(JAVA_BYTE, xo + other));
        }
      }
    }
  }

  static void gather2(
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xo,
      MemorySegment index,
      long io,
      MemorySegment y,
      long yo) {
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        for (long i = 0; i < inner; i++) {
          long position = (o * k + j) * inner + i;
          long other = (o * size + i64(index, io + position * 8)) * inner + i;
          y.set(
              JAVA_SHORT_UNALIGNED, yo + position * 2, x.get(JAVA_SHORT_UNALIGNED, xo + other * 2));
        }
      }
    }
  }

  static void gather4(
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xo,
      MemorySegment index,
      long io,
      MemorySegment y,
      long yo) {
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        for (long i = 0; i < inner; i++) {
          long position = (o * k + j) * inner + i;
          long other = (o * size + i64(index, io + position * 8)) * inner + i;
          y.set(JAVA_INT_UNALIGNED, yo + position * 4, x.get(JAVA_INT_UNALIGNED, xo + other * 4));
        }
      }
    }
  }

  static void gather8(
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xo,
      MemorySegment index,
      long io,
      MemorySegment y,
      long yo) {
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        for (long i = 0; i < inner; i++) {
          long position = (o * k + j) * inner + i;
          long other = (o * size + i64(index, io + position * 8)) * inner + i;
          y.set(JAVA_LONG_UNALIGNED, yo + position * 8, x.get(JAVA_LONG_UNALIGNED, xo + other * 8));
        }
      }
    }
  }

  static void scatterAddF32(
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xo,
      MemorySegment index,
      long io,
      MemorySegment y,
      long yo) {
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        for (long i = 0; i < inner; i++) {
          long position = (o * k + j) * inner + i;
          long other = (o * size + i64(index, io + position * 8)) * inner + i;
          long at = yo + other * 4;
          f32(y, at, f32(y, at) + f32(x, xo + position * 4));
        }
      }
    }
  }

  static void scatterAddF64(
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xo,
      MemorySegment index,
      long io,
      MemorySegment y,
      long yo) {
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        for (long i = 0; i < inner; i++) {
          long position = (o * k + j) * inner + i;
          long other = (o * size + i64(index, io + position * 8)) * inner + i;
          long at = yo + other * 8;
          f64(y, at, f64(y, at) + f64(x, xo + position * 8));
        }
      }
    }
  }
}
