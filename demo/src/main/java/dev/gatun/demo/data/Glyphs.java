package dev.gatun.demo.data;

import java.util.List;

/// How people write the ten digits: one to three ways for each.
final class Glyphs {
  private static final List<List<Pen>> WAYS =
      List.of(
          List.of(
              new Pen().down(0.55, 0.02).arc(0.5, 0.5, 0.4, 0.48, -80, 280),
              new Pen().down(0.7, 0.1).arc(0.5, 0.5, 0.3, 0.48, -50, -400)),
          List.of(
              new Pen().down(0.5, 0).to(0.5, 1),
              new Pen().down(0.25, 0.25).to(0.52, 0).to(0.52, 1),
              new Pen().down(0.3, 0.22).to(0.5, 0.02).to(0.5, 0.98).down(0.22, 1).to(0.8, 1)),
          List.of(
              new Pen().down(0.1, 0.25).arc(0.5, 0.28, 0.4, 0.27, 185, 390).to(0.08, 1).to(0.95, 1),
              new Pen()
                  .down(0.12, 0.2)
                  .arc(0.48, 0.25, 0.36, 0.24, 200, 400)
                  .to(0.3, 0.85)
                  .arc(0.22, 0.86, 0.14, 0.12, 60, 330)
                  .to(0.6, 0.97)
                  .to(0.95, 0.9)),
          List.of(
              new Pen()
                  .down(0.12, 0.12)
                  .arc(0.45, 0.25, 0.37, 0.24, 215, 445)
                  .arc(0.45, 0.73, 0.42, 0.26, 275, 500),
              new Pen().down(0.1, 0).to(0.85, 0).to(0.42, 0.4).arc(0.42, 0.7, 0.43, 0.3, -90, 140)),
          List.of(
              new Pen().down(0.68, 1).to(0.68, 0).to(0.05, 0.68).to(0.98, 0.68),
              new Pen().down(0.18, 0).to(0.12, 0.52).to(0.9, 0.5).down(0.75, 0.05).to(0.68, 1)),
          List.of(
              new Pen()
                  .down(0.9, 0)
                  .to(0.2, 0)
                  .to(0.15, 0.42)
                  .arc(0.45, 0.68, 0.43, 0.31, 225, 500),
              new Pen()
                  .down(0.2, 0.05)
                  .to(0.18, 0.45)
                  .arc(0.42, 0.7, 0.45, 0.3, 235, 490)
                  .down(0.2, 0.04)
                  .to(0.92, 0)),
          List.of(
              new Pen()
                  .down(0.75, 0)
                  .arc(0.75, 0.6, 0.62, 0.6, 250, 170)
                  .arc(0.5, 0.7, 0.36, 0.29, 180, -190),
              new Pen().down(0.45, 0).to(0.15, 0.65).arc(0.48, 0.72, 0.33, 0.27, 170, -150)),
          List.of(
              new Pen().down(0.05, 0).to(0.92, 0).to(0.4, 1),
              new Pen().down(0.05, 0.12).to(0.1, 0).to(0.9, 0.02).arc(1.1, 1, 0.72, 0.9, 245, 185),
              new Pen().down(0.05, 0).to(0.92, 0).to(0.42, 1).down(0.28, 0.5).to(0.88, 0.48)),
          List.of(
              new Pen()
                  .down(0.5, 0.48)
                  .arc(0.5, 0.24, 0.32, 0.24, 90, 450)
                  .arc(0.5, 0.74, 0.4, 0.26, -90, 270),
              new Pen()
                  .down(0.85, 0.12)
                  .arc(0.5, 0.22, 0.34, 0.22, -30, -220)
                  .to(0.78, 0.62)
                  .arc(0.5, 0.77, 0.34, 0.23, -30, 215)
                  .to(0.86, 0.14)),
          List.of(
              new Pen().down(0.82, 0.3).arc(0.48, 0.3, 0.36, 0.29, 0, -360).to(0.8, 1),
              new Pen()
                  .down(0.8, 0.2)
                  .arc(0.46, 0.28, 0.34, 0.28, -30, -375)
                  .arc(0.4, 0.62, 0.42, 0.37, -20, 125)));

  private Glyphs() {}

  /// {@return the ways of writing a digit, at least one}
  static List<Pen> waysOfWriting(int digit) {
    return WAYS.get(digit);
  }
}
