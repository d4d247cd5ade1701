/**
 * Pages that show runs: one self-contained HTML file, drawn without a chart library, whose script and style are resources of this
 * package. Start with {@link dev.chainrule.app.report.RunReport}; every text enters a page through
 * {@link dev.chainrule.app.report.Markup}.
 */
package dev.chainrule.app.report;
