/// Layers and training, in PyTorch's words. May import the exported packages of the runtime.
package dev.gatun.nn;
