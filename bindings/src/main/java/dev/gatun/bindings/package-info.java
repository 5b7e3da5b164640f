/// The facade over the generated downcalls. May import `dev.gatun.natives`.
package dev.gatun.bindings;
