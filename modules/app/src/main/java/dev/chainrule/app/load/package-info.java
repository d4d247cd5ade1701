/** The way of a config from its file to checked parts. Start with {@link dev.chainrule.app.load.ConfigLoader}. */
package dev.chainrule.app.load;
