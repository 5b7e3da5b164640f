/// The same work on every backend, each in a process of its own, and a report of how long it took.
package dev.gatun.demo.compare;
