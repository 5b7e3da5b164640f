/// Answering many callers: single rows become batches ([dev.gatun.nn.serve.Batcher]), and models
/// change while they are used ([dev.gatun.nn.serve.Versions]). Uses `dev.gatun.nn`,
/// `dev.gatun.tensor` and `dev.gatun.memory` only.
@CheckReturnValue
package dev.gatun.nn.serve;

import com.google.errorprone.annotations.CheckReturnValue;
