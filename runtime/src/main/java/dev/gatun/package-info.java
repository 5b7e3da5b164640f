/// The facade of the runtime: what runs here, and why. May import every package below it.
package dev.gatun;
