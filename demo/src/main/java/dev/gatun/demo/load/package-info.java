/// A client that loads a server of the Open Inference Protocol and times its answers.
package dev.gatun.demo.load;
