/// Images and labels, wherever they come from: MNIST's files, a drawing hand, a PNG.
///
/// Plain Java: nothing here imports a tensor, so nothing here chooses a backend.
package dev.gatun.demo.data;
