/// Finding, unpacking and loading the native library. Imports nothing of Gatun's.
package dev.gatun.natives;
