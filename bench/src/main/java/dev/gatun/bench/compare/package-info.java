/// Gatun beside what a user would take instead: the same work, the same inputs, each result checked
/// against doubles before it is timed. A library implements [dev.gatun.bench.compare.Peer]; it runs
/// in a JVM of its own.
@NullMarked
package dev.gatun.bench.compare;

import org.jspecify.annotations.NullMarked;
