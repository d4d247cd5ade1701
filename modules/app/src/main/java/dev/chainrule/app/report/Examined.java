package dev.chainrule.app.report;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import java.util.List;
import java.util.Optional;

/**
 * The answers of one output of a run's model to a dataset.
 *
 * @param dataset its name
 * @param output the name of the output; empty for the only one
 * @param examples their number
 * @param encoding of the inputs, before transforms
 * @param target after transforms
 * @param confusion examples, or their positions, by true class and predicted class, if the target is a class
 * @param curves over the thresholds, if there are two classes and examples of both
 * @param worst examples, the highest cost first
 * @param unsure examples whose class was nearly another, the closest first; empty for numbers
 * @param answers of numbers, for each of them; every example of a small dataset, else one in so many
 */
record Examined(
        String dataset,
        String output,
        int examples,
        Encoding encoding,
        Target target,
        Optional<int[][]> confusion,
        Optional<ThresholdCurves> curves,
        List<Example> worst,
        List<Example> unsure,
        List<Answers> answers) {
    /**
     * One example.
     *
     * @param number from 0
     * @param place in a file; {@code ""} if it is in none
     * @param truth the target in words
     * @param answer the model's in words
     * @param cost its loss
     * @param values of the columns in words, or the address of its picture alone
     * @param isPicture whether it is a picture
     */
    record Example(
            int number,
            String place,
            String truth,
            String answer,
            double cost,
            List<String> values,
            boolean isPicture) {}

    /**
     * The answers to one number that is to be learned.
     *
     * @param truth of the examples
     * @param answer of the model
     */
    record Answers(String name, double[] truth, double[] answer) {}
}
