/** Plugins from their first line to their use in runs: written, checked, trusted, broken, hostile. */
package dev.chainrule.app.plugin;
