/**
 * The peak of this machine, measured on the Vector API.
 */
package dev.chainrule.bench.vector;
