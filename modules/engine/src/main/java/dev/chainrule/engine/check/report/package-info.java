/**
 * Gradient checks as JSON, JUnit XML and SVG.
 */
package dev.chainrule.engine.check.report;
