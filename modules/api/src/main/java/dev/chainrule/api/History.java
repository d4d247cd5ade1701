package dev.chainrule.api;

import java.util.List;
import java.util.Set;

/** Read the metrics recorded at the end of each epoch, by full name: {@code train.loss}, {@code validation.accuracy}. */
public interface History {
    /** A history of nothing. */
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

    /** {@return the names of the metrics recorded, in the order they are reported} */
    Set<String> metrics();

    /**
     * {@return the values of a metric, one an epoch, oldest first; empty when nothing was recorded}
     *
     * @param metric the full name: {@code train.loss}
     */
    List<Double> values(String metric);
}
