/**
 * The user's view of the program: commands, messages, exit codes and wiring. Start with {@link dev.chainrule.app.Program}; a config
 * goes through {@link dev.chainrule.app.load.ConfigLoader}, and {@link dev.chainrule.app.run.RunModule} wires a run.
 */
package dev.chainrule.app;
