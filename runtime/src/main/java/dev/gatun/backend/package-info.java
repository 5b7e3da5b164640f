/// The choice of what computes: OpenBLAS, the Vector API or plain loops. Imports nothing of the
/// runtime.
package dev.gatun.backend;
