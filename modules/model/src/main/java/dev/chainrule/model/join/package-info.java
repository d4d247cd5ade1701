/** The layers with several inputs: start with {@link dev.chainrule.model.join.Joining}. */
package dev.chainrule.model.join;
