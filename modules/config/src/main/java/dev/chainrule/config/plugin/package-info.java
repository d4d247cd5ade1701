/**
 * The components in the application and in plugins' jars.
 *
 * <p>Start with {@link dev.chainrule.config.plugin.PluginLoader}.
 */
package dev.chainrule.config.plugin;
