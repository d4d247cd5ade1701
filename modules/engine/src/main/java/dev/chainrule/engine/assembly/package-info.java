/**
 * The checked parts of a run, put together from an experiment. Start with
 * {@link dev.chainrule.engine.assembly.Assembly}.
 */
package dev.chainrule.engine.assembly;
