package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;

/** The page that shows a run. It is not a part of the run: its settings change no other file. */
@Doc("The page report.html that shows the run.")
public record Report(
        @Doc("Whether the page is written when the run has ended.") @Default("true")
        boolean write,

        @Doc("Whether the page shows single examples: shown or none.") @Default("shown")
        Examples examples) {
    /** The examples on a page. */
    public enum Examples {
        /** Those predicted worst and least certainly, and the predictions of numbers. */
        SHOWN,
        /** Only counts and means over all examples. */
        NONE
    }

    /** Return whether single examples are on the page. */
    public boolean showsExamples() {
        return examples == Examples.SHOWN;
    }
}
