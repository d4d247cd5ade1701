/**
 * Learning rates over the course of a run.
 */
package dev.chainrule.builtin.schedule;
