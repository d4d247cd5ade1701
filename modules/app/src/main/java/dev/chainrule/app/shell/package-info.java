/**
 * The program's surroundings: terminal, console, log, exit codes, components, shutdown. Start with
 * {@link dev.chainrule.app.shell.Context}.
 */
package dev.chainrule.app.shell;
