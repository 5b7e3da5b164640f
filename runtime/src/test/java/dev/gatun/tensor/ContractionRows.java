package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;

/// Rows of [ProductOps] and of the contractions of [LinearAlgebraFactories].
final class ContractionRows {
  private ContractionRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "addmm",
            row("addmm", (x, a, b) -> x.addmm(a, b)),
            row("addmm-scaled", (x, a, b) -> x.addmm(a, b, 0.5, -2)),
            row("addmm-no-inner", (x, a, b) -> x.addmm(a, b))),
        family(
            "addmv",
            row("addmv", (x, a, v) -> x.addmv(a, v)),
            row("addmv-scaled", (x, a, v) -> x.addmv(a, v, 2, 0.5))),
        family(
            "baddbmm",
            row("baddbmm", (x, a, b) -> x.baddbmm(a, b)),
            row("baddbmm-scaled", (x, a, b) -> x.baddbmm(a, b, 0.5, 3))),
        family(
            "addbmm",
            row("addbmm", (x, a, b) -> x.addbmm(a, b)),
            row("addbmm-scaled", (x, a, b) -> x.addbmm(a, b, -1, 0.5))),
        family(
            "addr",
            row("addr", (x, a, b) -> x.addr(a, b)),
            row("addr-scaled", (x, a, b) -> x.addr(a, b, 0.5, -2))),
        family(
            "integerProducts",
            row("matmul-i64", (a, b) -> a.matmul(b)),
            row("matmul-i64-vec", (a, b) -> a.matmul(b)),
            row("matmul-i64-batched", (a, b) -> a.matmul(b)),
            row("matmul-i64-wraps", (a, b) -> a.matmul(b))),
        family("vdot", row("vdot", (a, b) -> a.vdot(b)), row("dot-i64", (a, b) -> a.dot(b))),
        family(
            "outer",
            row("outer", (a, b) -> a.outer(b)),
            row("outer-i64", (a, b) -> a.outer(b)),
            row("ger", (a, b) -> a.ger(b))),
        family(
            "cross", row("cross", (a, b) -> a.cross(b)), row("cross-dim", (a, b) -> a.cross(b, 0))),
        family(
            "kron",
            row("kron", (a, b) -> a.kron(b)),
            row("kron-ranks", (a, b) -> a.kron(b)),
            row("kron-i64", (a, b) -> a.kron(b))),
        family(
            "trace",
            row("trace", a -> a.trace()),
            row("trace-wide", a -> a.trace()),
            row("trace-i64", a -> a.trace())),
        family(
            "multiDot",
            row("multiDot", (a, b, c) -> Tensor.multiDot(a, b, c)),
            row("multiDot-vectors", (a, b, c) -> Tensor.multiDot(a, b, c)),
            row("chainMatmul", (a, b, c) -> Tensor.chainMatmul(a, b, c))),
        family(
            "tensordot",
            row("tensordot", (a, b) -> a.tensordot(b, 2)),
            row("tensordot-0", (a, b) -> a.tensordot(b, 0)),
            row(
                "tensordot-dims",
                (a, b) -> a.tensordot(b, OpCatalog.dims(2, 0), OpCatalog.dims(1, 2))),
            row("tensordot-i64", (a, b) -> a.tensordot(b, 1))),
        new Family("einsum.txt", einsum()));
  }

  private static List<Row> einsum() {
    return List.of(
        pair("matmul", "ij,jk->ik"),
        pair("implicit", "ij,jk"),
        pair("implicit-order", "ba,ca"),
        pair("transposed-result", "ij,jk->ki"),
        pair("batched", "bij,bjk->bik"),
        pair("attention", "bhqd,bhkd->bhqk"),
        pair("attention-values", "bhqk,bkhd->bqhd"),
        pair("dot", "i,i->"),
        pair("outer", "i,j->ij"),
        pair("elementwise", "ij,ij->ij"),
        pair("rows", "ij,ij->i"),
        pair("summed-first", "ijk,jl->l"),
        pair("two-sums", "ijk,kjl->il"),
        pair("ellipsis", "...ij,...jk->...ik"),
        pair("ellipsis-implicit", "...ij,jk"),
        pair("ellipsis-summed", "...i,i->"),
        pair("size-one", "ij,ij->ij"),
        pair("size-one-summed", "ij,jk->ik"),
        pair("repeated-both", "ii,ij->j"),
        pair("spaces", " i j , j k -> i k "),
        pair("upper-case", "aB,Bc->ca"),
        single("transpose", "ij->ji"),
        single("sum", "ij->"),
        single("rows-of-one", "ij->i"),
        single("trace", "ii"),
        single("diagonal", "ii->i"),
        single("diagonal-batched", "...ii->...i"),
        single("diagonal-three", "iii->i"),
        single("diagonal-between", "iji->j"),
        three("bilinear", "bi,oij,bj->bo"),
        three("chain", "ij,jk,kl->il"),
        three("kept-between", "ij,ij,jk->ik"),
        pair("i64", "ij,jk->i"),
        pair("empty", "ij,jk->ik"));
  }

  private static Row single(String name, String equation) {
    return row("einsum-" + name, a -> Tensor.einsum(equation, a));
  }

  private static Row pair(String name, String equation) {
    return row("einsum-" + name, (a, b) -> Tensor.einsum(equation, a, b));
  }

  private static Row three(String name, String equation) {
    return row("einsum-" + name, (a, b, c) -> Tensor.einsum(equation, a, b, c));
  }
}
