/// JMH benchmarks, native against vector against scalar, each checked once against plain doubles.
@NullMarked
package dev.gatun.bench;

import org.jspecify.annotations.NullMarked;
