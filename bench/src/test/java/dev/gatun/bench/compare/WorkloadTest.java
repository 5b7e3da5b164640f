package dev.gatun.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backends;
import dev.gatun.bench.ReferenceMlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
  private static final double[] NOTHING = {};

  @Test
  void namesAreUniqueAndFindTheirWorkload() {
    List<String> names = Workload.all().stream().map(Workload::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    for (Workload workload : Workload.all()) {
      assertEquals(workload, Workload.named(workload.name()));
    }
    assertEquals(
        "compare: no such workload: gemm 7",
        assertThrows(IllegalArgumentException.class, () -> Workload.named("gemm 7")).getMessage());
  }

  @Test
  void gemmIsCheckedRowByRow() {
    Gemm gemm = new Gemm(3, 4, 5, false);
    double[] c = new double[15];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        for (int p = 0; p < 4; p++) {
          c[i * 5 + j] += (double) gemm.a()[i * 4 + p] * gemm.b()[p * 5 + j];
        }
      }
    }
    gemm.check(c);
    c[14] += 0.01;
    String message =
        String.valueOf(assertThrows(IllegalStateException.class, () -> gemm.check(c)).getMessage());
    assertTrue(message.startsWith("gemm 3x4x5, row 2: wrong result at 4: "), message);
    assertEquals(
        "gemm 3x4x5: wrong number of results: 0 (want 15)",
        assertThrows(IllegalStateException.class, () -> gemm.check(NOTHING)).getMessage());
  }

  @ParameterizedTest
  @EnumSource(Pointwise.Operation.class)
  void pointwiseResultsAreChecked(Pointwise.Operation operation) throws Exception {
    Pointwise workload = new Pointwise(operation);
    Task task = new GatunPeer().prepare(workload);
    double[] got = task.result();
    task.close();
    workload.check(got);
    got[got.length / 2] += Math.max(1, Math.abs(got[got.length / 2])) * 1e-3;
    assertThrows(IllegalStateException.class, () -> workload.check(got));
    assertThrows(IllegalStateException.class, () -> workload.check(NOTHING));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingNeedsTheUpdates(boolean adam) {
    Training training = new Training(adam, 64);
    double[] first = losses(training, 1);
    assertThrows(IllegalStateException.class, () -> training.check(first));
    training.check(losses(training, Training.CHECKED_STEPS));
  }

  /// Stops to update after some steps.
  private static double[] losses(Training training, int steps) {
    ReferenceMlp mlp = ReferenceMlp.of(training.network().layers());
    double[] losses = new double[Training.CHECKED_STEPS];
    double[] x = Inputs.doubles(training.x());
    for (int i = 0; i < losses.length; i++) {
      double lr = i < steps ? training.lr() : 0;
      losses[i] =
          training.adam()
              ? mlp.adamStep(
                  x, training.labels(), lr, Training.BETA1, Training.BETA2, Training.EPSILON)
              : mlp.step(x, training.labels(), lr);
    }
    return losses;
  }

  @Test
  void oneHotMarksTheLabels() {
    Training training = new Training(false, 64);
    float[] oneHot = training.oneHot();
    for (int i = 0; i < 64; i++) {
      assertEquals(1, oneHot[i * 10 + (int) training.labels()[i]]);
      float[] row = Arrays.copyOfRange(oneHot, i * 10, (i + 1) * 10);
      assertEquals(
          1,
          row[0] + row[1] + row[2] + row[3] + row[4] + row[5] + row[6] + row[7] + row[8] + row[9]);
    }
  }

  static List<Workload> quick() {
    List<Workload> quick = new ArrayList<>(Workload.all());
    quick.removeIf(workload ->
        switch (workload) {
          case Gemm gemm -> gemm.flops() > 1e8;
          case Inference inference -> inference.batch() > 64;
          case Training training -> training.batch() > 64;
          case Encoding encoding -> encoding.training();
          default -> false;
        });
    return quick;
  }

  @ParameterizedTest
  @MethodSource("quick")
  void gatunDoesAll(Workload workload) throws Exception {
    run(new GatunPeer(), workload);
  }

  @ParameterizedTest
  @MethodSource("quick")
  void cblasDoesProducts(Workload workload) throws Exception {
    CblasPeer cblas = new CblasPeer();
    assertEquals(workload instanceof Gemm, cblas.supports(workload));
    if (cblas.supports(workload)) {
      run(cblas, workload);
    }
  }

  private static void run(Peer peer, Workload workload) throws Exception {
    assertTrue(peer.supports(workload));
    assertFalse(peer.version().isEmpty(), () -> Backends.current().name());
    Task task = peer.prepare(workload);
    workload.check(task.result());
    assertTrue(task.run() != null);
    task.close();
  }
}
