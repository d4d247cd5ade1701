/** The command that explains a model: start with {@code ExplainModelCommand}. */
package dev.chainrule.app.command.model;
