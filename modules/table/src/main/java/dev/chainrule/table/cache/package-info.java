/**
 * The cache of prepared examples on disk, which all projects of a user share. Start with
 * {@link dev.chainrule.table.cache.DataCache}.
 */
package dev.chainrule.table.cache;
