/** The command that shows examples as a network sees them: start with {@code ShowCommand}. */
package dev.chainrule.app.command.show;
