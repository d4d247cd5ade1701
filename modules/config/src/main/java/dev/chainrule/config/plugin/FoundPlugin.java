package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.registry.Origin;

/**
 * Hold a plugin with where it comes from.
 *
 * @param plugin the jar's one entry
 * @param origin the jar, or the application
 */
public record FoundPlugin(Plugin plugin, Origin origin) {}
