/// How long a new process takes to its first answer, and how much memory that needs.
package dev.gatun.bench.coldstart;
