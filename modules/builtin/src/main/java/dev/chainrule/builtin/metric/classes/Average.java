package dev.chainrule.builtin.metric.classes;

/** The mean over classes of a quantity that each class has. */
enum Average {
    /** Every class counts the same. */
    MACRO {
        @Override
        double of(ClassScore score, ClassCounts counts) {
            double sum = 0;
            for (int c = 0; c < counts.classes(); c++) {
                sum += score.of(counts.right(c), counts.predicted(c), counts.actual(c));
            }
            return sum / counts.classes();
        }
    },
    /** The counts of all classes are added first. */
    MICRO {
        @Override
        double of(ClassScore score, ClassCounts counts) {
            return score.of(counts.right(), counts.examples(), counts.examples());
        }
    },
    /** Every class counts as often as it has examples. */
    WEIGHTED {
        @Override
        double of(ClassScore score, ClassCounts counts) {
            double sum = 0;
            for (int c = 0; c < counts.classes(); c++) {
                sum += counts.actual(c) * score.of(counts.right(c), counts.predicted(c), counts.actual(c));
            }
            return sum / counts.examples();
        }
    };

    /** Return the mean over all classes. */
    abstract double of(ClassScore score, ClassCounts counts);
}
