/**
 * The command {@code plugins} and its subcommands: list components, check a jar, create a project, trust a jar. Start with
 * {@link dev.chainrule.app.command.plugins.PluginsCommand}.
 */
package dev.chainrule.app.command.plugins;
