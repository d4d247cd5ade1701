/**
 * Comparisons of two runs as values, the texts and the JSON that show them. Start with {@link dev.chainrule.app.compare.VerifyReport}
 * and {@link dev.chainrule.app.compare.DiffReport}; both contain a {@link dev.chainrule.app.compare.RunComparison}.
 */
package dev.chainrule.app.compare;
