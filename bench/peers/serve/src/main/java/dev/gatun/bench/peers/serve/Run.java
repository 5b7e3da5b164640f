package dev.gatun.bench.peers.serve;

import dev.gatun.demo.load.LoadResult;
import java.time.Duration;
import java.time.Instant;

/// One stretch of load.
///
/// @param server what was loaded
/// @param client by whom
/// @param start when it began
/// @param length how long it was
/// @param result what came of it
record Run(
    ServerProcess server, Client client, Instant start, Duration length, LoadResult result) {}
