package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;
import java.util.function.Function;

/// Rows of [CountingOps].
final class CountingRows {
  private CountingRows() {}

  private static Row all(String name, Function<Tensor, Unique> op) {
    return new Row(
        name,
        false,
        in -> {
          Unique found = op.apply(in.get(0));
          return List.of(found.values(), found.inverse(), found.counts());
        });
  }

  static List<Family> families() {
    return List.of(
        family(
            "unique",
            all("unique", a -> a.uniqueAll()),
            all("unique-i64", a -> a.uniqueAll()),
            all("unique-bool", a -> a.uniqueAll()),
            all("unique-dim0", a -> a.uniqueAll(0)),
            all("uniqueConsecutive-dim0", a -> a.uniqueConsecutive(0)),
            all("unique-dim1", a -> a.uniqueAll(1)),
            all("uniqueConsecutive-dim1", a -> a.uniqueConsecutive(1)),
            all("unique-3d", a -> a.uniqueAll(1)),
            all("uniqueConsecutive", a -> a.uniqueConsecutive())),
        family(
            "bincount",
            row("bincount", a -> a.bincount()),
            row("bincount-minlength", a -> a.bincount(null, 9)),
            row("bincount-weights", (a, w) -> a.bincount(w, 0))),
        family(
            "histc",
            row("histc", a -> a.histc(4)),
            row("histc-range", a -> a.histc(5, -1, 1)),
            row("histc-one-value", a -> a.histc(3))),
        family(
            "searchsorted",
            row("searchsorted", (a, s) -> s.searchsorted(a, false)),
            row("bucketize", (a, s) -> a.bucketize(s, false)),
            row("searchsorted-rows", (a, s) -> s.searchsorted(a, false)),
            row("searchsorted-right", (a, s) -> s.searchsorted(a, true)),
            row("bucketize-right", (a, s) -> a.bucketize(s, true)),
            row("searchsorted-rows-right", (a, s) -> s.searchsorted(a, true))));
  }
}
