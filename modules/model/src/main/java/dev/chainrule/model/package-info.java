/**
 * Helpers of everything that builds or runs a network: the places of values in a config
 * ({@link dev.chainrule.model.ConfigPaths}), a check of the results of components ({@link dev.chainrule.model.Made}) and a
 * lack of memory in words ({@link dev.chainrule.model.MemoryShortage}).
 */
package dev.chainrule.model;
