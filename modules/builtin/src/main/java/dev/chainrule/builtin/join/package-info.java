/** The layers with several inputs: start with {@link dev.chainrule.builtin.join.Joining}. */
package dev.chainrule.builtin.join;
