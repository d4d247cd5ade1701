/**
 * The commands of the program, one class each, with their options. Start with
 * {@link dev.chainrule.app.command.RunCommand}.
 */
package dev.chainrule.app.command;
