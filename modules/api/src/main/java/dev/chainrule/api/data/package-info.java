/**
 * Examples on their way to the network. Start with {@link dev.chainrule.api.data.DataSource}, which reads them,
 * {@link dev.chainrule.api.data.Encoding}, which describes their columns, and {@link dev.chainrule.api.data.Transform}, which changes
 * them.
 */
package dev.chainrule.api.data;
