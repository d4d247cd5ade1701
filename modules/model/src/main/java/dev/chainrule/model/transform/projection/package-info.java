/** Transforms that project inputs onto directions. Start with {@link dev.chainrule.model.transform.projection.Pca}. */
package dev.chainrule.model.transform.projection;
