/**
 * The parts of a page: markup, tables, charts, pictures. Its script and style are resources of this package. Start with
 * {@link dev.chainrule.app.report.page.Page}; every text enters a page through {@link dev.chainrule.app.report.page.Markup}.
 */
package dev.chainrule.app.report.page;
