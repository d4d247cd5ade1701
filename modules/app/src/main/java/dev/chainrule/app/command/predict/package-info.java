/** The command that applies a finished run to new examples: start with {@code PredictCommand}. */
package dev.chainrule.app.command.predict;
