/// A multilayer perceptron: its shape, its training, its file.
package dev.gatun.demo.model;
