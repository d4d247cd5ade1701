/** The cost that training minimises. Start with {@link dev.chainrule.engine.objective.Objective}. */
package dev.chainrule.engine.objective;
