/**
 * Components for every extension point, one plugin each, as an author would write them: on api and math alone. {@link
 * dev.chainrule.app.plugin.EveryExtensionPointTests} packs each into a jar of its own and trains with all of them.
 */
package dev.chainrule.app.plugged;
