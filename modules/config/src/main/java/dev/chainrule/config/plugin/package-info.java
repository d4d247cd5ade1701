/**
 * Find components in the application and in jars.
 *
 * <p>Start with {@link dev.chainrule.config.plugin.PluginLoader}.
 */
package dev.chainrule.config.plugin;
