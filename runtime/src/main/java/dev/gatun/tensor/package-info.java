/// Tensors, their operations and their gradients.
///
/// [Tensor] is the one type that users meet; its operations are spread over interfaces by family.
/// Behind each interface stands a file of records, one per operation, with forward and backward
/// next to each other. May import `dev.gatun.kernel`, `dev.gatun.backend` and `dev.gatun.memory`.
package dev.gatun.tensor;
