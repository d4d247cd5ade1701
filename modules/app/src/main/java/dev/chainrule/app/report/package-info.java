/**
 * Pages that show runs: one self-contained HTML file, drawn without a chart library. Start with
 * {@link dev.chainrule.app.report.RunReport}.
 */
package dev.chainrule.app.report;
