/// The Open Inference Protocol (KServe's v2) over HTTP: requests and answers, as JSON and in its
/// binary tensor extension.
package dev.gatun.demo.oip;
