/// The `gatun` command line.
package dev.gatun.demo;
