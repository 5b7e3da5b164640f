/// Native memory and who owns it: scopes, the garbage collector, shared lifetimes, and the pool
/// below them. Of Gatun it imports only `dev.gatun.natives`.
///
/// A [dev.gatun.memory.Storage] is a run of bytes with an owner. Its owner looks at it through an
/// arena of its own, and that arena is closed before the bytes go back to the pool: whatever was
/// derived from it then throws instead of reading somebody else's data.
package dev.gatun.memory;
