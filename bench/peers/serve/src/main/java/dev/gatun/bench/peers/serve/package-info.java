/// The same model in the same server, computed by Gatun and by other libraries, under load.
package dev.gatun.bench.peers.serve;
