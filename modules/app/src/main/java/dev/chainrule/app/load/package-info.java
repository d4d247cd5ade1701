/**
 * Configs on their way from a file to checked parts. Start with {@link dev.chainrule.app.load.ConfigLoader}.
 */
package dev.chainrule.app.load;
