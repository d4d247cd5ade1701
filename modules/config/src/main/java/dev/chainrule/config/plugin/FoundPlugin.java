package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.registry.Origin;

/**
 * A plugin with its origin.
 *
 * @param plugin the jar's one entry
 * @param origin the jar, or the application
 */
public record FoundPlugin(Plugin plugin, Origin origin) {}
