/**
 * Workloads, contestants and their measured times, and the tables that show them. Start with
 * {@link dev.chainrule.bench.measure.Contestant}.
 */
package dev.chainrule.bench.measure;
