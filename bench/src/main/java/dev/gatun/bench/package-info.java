/// JMH benchmarks, native against vector against scalar.
package dev.gatun.bench;
