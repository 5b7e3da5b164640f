/// The tutorial as running code: a chapter for each idea, from a stack of layers to a saved
/// network.
///
/// Read them in this order: [dev.gatun.demo.tutorial.StackedLayers],
/// [dev.gatun.demo.tutorial.CustomBlock], [dev.gatun.demo.tutorial.HandWrittenSequential],
/// [dev.gatun.demo.tutorial.OrdinaryJava], [dev.gatun.demo.tutorial.NestedBlocks],
/// [dev.gatun.demo.tutorial.ReadingParameters], [dev.gatun.demo.tutorial.InitializingParameters],
/// [dev.gatun.demo.tutorial.SharingParameters], [dev.gatun.demo.tutorial.DeferredInitialization],
/// [dev.gatun.demo.tutorial.LayersWithoutParameters],
/// [dev.gatun.demo.tutorial.LayersWithParameters], [dev.gatun.demo.tutorial.SavingTensors],
/// [dev.gatun.demo.tutorial.SavingParameters].
package dev.gatun.demo.tutorial;
