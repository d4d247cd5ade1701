/**
 * A first config for a table or from an example. Start with {@link dev.chainrule.app.init.CsvStarter}.
 */
package dev.chainrule.app.init;
