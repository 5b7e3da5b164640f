package dev.gatun.demo.tutorial;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// A chapter of the tutorial.
///
/// @param title what it is about
/// @param text runs it
public record Chapter(String title, Text text) {

  /// What a chapter does.
  @FunctionalInterface
  public interface Text {
    /// Runs the chapter.
    ///
    /// @param out where it prints what it does
    /// @throws IOException if a file cannot be written or read
    void run(PrintWriter out) throws IOException;
  }

  /// {@return all chapters, in the order to read them}
  public static List<Chapter> all() {
    return List.of(
        new Chapter("A network is a stack of layers", StackedLayers::run),
        new Chapter("A block of one's own", CustomBlock::run),
        new Chapter("How Sequential works", HandWrittenSequential::run),
        new Chapter("Forward is ordinary Java", OrdinaryJava::run),
        new Chapter("Blocks in blocks", NestedBlocks::run),
        new Chapter("Reading parameters", ReadingParameters::run),
        new Chapter("Initializing parameters", InitializingParameters::run),
        new Chapter("Sharing parameters", SharingParameters::run),
        new Chapter("Deferred initialization", DeferredInitialization::run),
        new Chapter("Layers without parameters", LayersWithoutParameters::run),
        new Chapter("Layers with parameters", LayersWithParameters::run),
        new Chapter("Saving tensors", SavingTensors::run),
        new Chapter("Saving parameters", SavingParameters::run));
  }
}
