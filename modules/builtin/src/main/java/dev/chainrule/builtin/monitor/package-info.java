/**
 * Copies of a run's figures for other programs, which observe it: tables, event files, metrics to scrape. A config declares a record,
 * whose {@link dev.chainrule.builtin.monitor.Monitor} writes one format. They are not part of the run.
 */
package dev.chainrule.builtin.monitor;
