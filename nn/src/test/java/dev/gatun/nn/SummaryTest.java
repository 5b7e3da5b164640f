package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.MultiplyAdds;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of layers.
class SummaryTest {
  /// Multiplies by itself, and passes the hooks of one of its layers over.
  private static final class Net extends Module {
    private final Linear shared = child("shared", new Linear(4, 4));
    private final Linear direct = child("direct", new Linear(4, 3));

    Net() {
      child("again", shared);
      buffer("scale", Tensor.ones(4));
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = shared.call(shared.call(x));
      return direct.forward(y.matmul(y.t()).matmul(y));
    }
  }

  @Test
  void namesShapesParametersMemoryAndWork() {
    try (var net = new Sequential(new Linear(20, 256), new ReLU(), new Linear(256, 10))) {
      Summary summary = Summary.of(net, 2, 20);
      assertEquals(7946, summary.parameters());
      assertEquals(7946, summary.trainable());
      assertEquals(2 * (20 * 256 + 256 * 10), summary.multiplyAdds());
      assertEquals(4 * 2 * (256 + 256 + 10), summary.outputBytes());
      assertEquals(
          """
          layer        output   parameters    memory   FLOPs
          --------------------------------------------------
          Sequential   [2,10]            -         -       -
            0: Linear  [2,256]       5,376  21.0 KiB  20,480
            1: ReLU    [2,256]           -         -       -
            2: Linear  [2,10]        2,570  10.0 KiB  10,240
          --------------------------------------------------
          parameters: 7,946 (31.0 KiB)
          outputs of layers: 4.1 KiB
          FLOPs: 30,720 (15,360 multiply-adds)\
          """,
          summary.toString());
    }
  }

  @Test
  void tiedParametersCountOnceAndWorkOutsideOfLayersCounts() {
    try (var net = new Net()) {
      net.shared.requiresGrad_(false);
      Summary summary = Summary.of(net, 5, 4);
      assertEquals(List.of("", "shared", "direct", "again"), names(summary));
      Summary.Row root = summary.rows().getFirst();
      Summary.Row shared = summary.rows().get(1);
      Summary.Row direct = summary.rows().get(2);
      Summary.Row again = summary.rows().get(3);
      assertEquals(35, summary.parameters());
      assertEquals(15, summary.trainable());
      assertEquals(16, summary.bufferBytes());
      assertEquals(2, shared.calls());
      assertEquals(20, shared.parameters());
      assertEquals(2 * 5 * 4 * 4, shared.multiplyAdds());
      assertEquals("shared", again.sameAs());
      assertEquals(0, again.parameters() + again.multiplyAdds());
      assertNull(direct.output());
      assertEquals(15, direct.parameters());
      assertEquals(5 * 4 * 5 + 5 * 5 * 4 + 5 * 4 * 3, root.multiplyAdds());
      String text = summary.toString();
      assertTrue(text.contains("  shared: Linear (called 2 times)  [5,4]"), text);
      assertTrue(text.contains("  again: Linear (same as shared)"), text);
      assertTrue(text.contains("parameters: 35 (140 B), frozen: 20\nbuffers: 16 B\n"), text);
    }
  }

  private static List<String> names(Summary summary) {
    return summary.rows().stream().map(Summary.Row::name).toList();
  }

  @Test
  void leavesModesAndHooksAsTheyWere() {
    Dropout dropout = new Dropout();
    try (var net = new Sequential(new Linear(2, 2), dropout)) {
      dropout.eval();
      assertThrows(ShapeException.class, () -> Summary.of(net, 3, 7));
      var _ = Summary.of(net, 3, 2);
      assertTrue(net.isTraining());
      assertFalse(dropout.isTraining());
      assertTrue(net.get(0).isTraining());
      net.modules().forEach(module -> assertFalse(module.hasHooks()));
    }
  }

  @Test
  void aLazyModuleIsInitialized() {
    try (var net = new Sequential(new LazyLinear(3)).to(DType.F64)) {
      assertEquals(15, Summary.of(net, 1, 4).parameters());
    }
  }

  @Test
  void convolutionsRecurrencesAndAttentionAreCounted() {
    try (var conv = new Conv2d(Conv2d.Options.of(4, 6, 3).groups(2).padding(1));
        var up = new ConvTranspose2d(4, 6, 2);
        var lstm = new LSTM(5, 7);
        var attention = new MultiheadAttention(8, 2)) {
      assertEquals(2L * 6 * 5 * 5 * (2 * 9), Summary.of(conv, 2, 4, 5, 5).multiplyAdds());
      assertEquals(2L * 4 * 5 * 5 * (6 * 4), Summary.of(up, 2, 4, 5, 5).multiplyAdds());
      assertEquals(3L * 2 * 28 * (5 + 7), Summary.of(lstm, 3, 2, 5).multiplyAdds());
      long projections = 4L * 6 * 8 * 8;
      long scores = 2L * 2 * 3 * 3 * (4 + 4);
      assertEquals(projections + scores, Summary.of(attention, 3, 2, 8).multiplyAdds());
    }
  }

  @Test
  void workIsCountedByShape() {
    try (var _ = Scope.open()) {
      Tensor a = Tensor.ones(2, 3, 4);
      Tensor b = Tensor.ones(4, 5);
      List<Long> counts = new ArrayList<>();
      try (var outer = MultiplyAdds.open()) {
        try (var inner = MultiplyAdds.open()) {
          Tensor _ = a.matmul(b);
          counts.add(inner.count());
        }
        Tensor _ = b.t().addmm(Tensor.ones(5, 7), Tensor.ones(7, 4));
        counts.add(outer.count());
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (var _ = MultiplyAdds.open()) {
                close(outer);
              }
            });
      }
      Tensor _ = a.matmul(b);
      assertEquals(List.of(120L, 260L), counts);
    }
  }

  /// Out of turn, which try-with-resources cannot do.
  private static void close(MultiplyAdds count) {
    count.close();
  }
}
