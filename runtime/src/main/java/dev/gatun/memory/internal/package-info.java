/// What the packages above [dev.gatun.memory] may do and programs may not.
package dev.gatun.memory.internal;
