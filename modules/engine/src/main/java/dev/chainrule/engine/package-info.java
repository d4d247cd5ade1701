/**
 * Train a network and keep the record of it: network, trainer, hooks, gradient check, run directory and provenance.
 */
package dev.chainrule.engine;
