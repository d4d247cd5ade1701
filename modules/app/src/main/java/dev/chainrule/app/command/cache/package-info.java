/** The command cache, which shows and clears the cache of prepared examples. */
package dev.chainrule.app.command.cache;
