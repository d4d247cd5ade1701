/** Layers that add a cost to that of the loss. Start with {@link dev.chainrule.model.cost.ActivityRegularizer}. */
package dev.chainrule.model.cost;
