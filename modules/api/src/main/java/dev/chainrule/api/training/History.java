package dev.chainrule.api.training;

import java.util.List;
import java.util.Set;

/** The metrics recorded at the end of each epoch, by full name: {@code train.loss}, {@code validation.accuracy}. */
public interface History {
    /** An empty history. */
    History EMPTY = new History() {
        @Override
        public Set<String> metrics() {
            return Set.of();
        }

        @Override
        public List<Double> values(String metric) {
            return List.of();
        }
    };

    /** {@return the names of the recorded metrics, in the order of reports} */
    Set<String> metrics();

    /**
     * {@return the values of a metric, one per epoch, oldest first; empty if it was not recorded}
     *
     * @param metric the full name: {@code train.loss}
     */
    List<Double> values(String metric);
}
