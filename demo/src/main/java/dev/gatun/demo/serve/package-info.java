/// A server of the Open Inference Protocol: HTTP, batches, metrics, models that change while they
/// are served.
package dev.gatun.demo.serve;
