/// What `gatun inspect` and `gatun diff` tell of files of tensors.
package dev.gatun.demo.inspect;
