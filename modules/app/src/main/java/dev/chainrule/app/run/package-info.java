/** One run from start to end: directory, wiring, resumption, summary. Start with {@link dev.chainrule.app.run.RunSession}. */
package dev.chainrule.app.run;
