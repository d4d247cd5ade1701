/**
 * The commands of the program, one class each. Start with
 * {@link dev.chainrule.app.command.RunCommand}.
 */
package dev.chainrule.app.command;
