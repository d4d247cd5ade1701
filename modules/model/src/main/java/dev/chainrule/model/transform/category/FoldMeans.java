package dev.chainrule.model.transform.category;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The means of the targets of each name, without each fold and of all folds.
 *
 * <p>Sums are made per fold, example by example, and then added in the order of the folds, without the one that is left out: a change of
 * a target changes no bit of the numbers of its fold.
 */
final class FoldMeans extends CategoryTransform {
    private final TargetMean spec;
    private final Target target;
    /** The numbers of an example that are averaged. */
    private final int numbers;
    /** By place: [names + 1, (folds + 1)·numbers]. The last row is for unknown names, the last columns for all folds. */
    private final List<DoubleMatrix> means;

    FoldMeans(TargetMean spec, Encoding from, Kernels kernels) {
        super(spec.columns(), from, column -> made(column, from.target()), "target_mean", kernels);
        this.spec = spec;
        this.target = from.target();
        this.numbers = labels(target).size();
        this.means = columns(spec.columns(), from).stream()
                .map(column -> new DoubleMatrix(column.categories().size() + 1, (spec.folds() + 1) * numbers))
                .toList();
    }

    /** Return the values or classes whose mean or share is an input: the second one of two classes, else all. */
    private static List<String> labels(Target target) {
        return target.isClass() && target.names().size() == 2 ? target.names().subList(1, 2) : target.names();
    }

    private static List<Encoding.Column> made(Encoding.Column column, Target target) {
        List<String> labels = labels(target);
        return labels.stream()
                .map(label -> column.name() + "_mean" + (labels.size() == 1 ? "" : "_" + label))
                .map(name -> new Encoding.Column(name, List.of()))
                .toList();
    }

    @Override
    public Matrix trainingInputs(Matrix x, Origin origin) {
        return inputs(x, origin, spec.folds());
    }

    @Override
    public void fit(Examples training) {
        super.fit(training);
        // By place: [fold][name][number]; the last name counts all examples, the last number counts examples.
        List<double[][][]> sums = means.stream()
                .map(each -> new double[spec.folds()][each.rows()][numbers + 1])
                .toList();
        training.forEach((x, y, draws) -> {
            int fold = draws.below(spec.folds());
            names(x, (place, name) -> {
                double[][] ofFold = sums.get(place)[fold];
                add(y, ofFold[ofFold.length - 1]);
                if (name != UNKNOWN) {
                    add(y, ofFold[name]);
                }
            });
        });
        for (int place = 0; place < means.size(); place++) {
            for (int without = 0; without <= spec.folds(); without++) {
                learn(sums.get(place), without, means.get(place));
            }
        }
    }

    private void add(double[] y, double[] sums) {
        for (int k = 0; k < numbers; k++) {
            sums[k] += number(y, k);
        }
        sums[numbers]++;
    }

    private double number(double[] y, int k) {
        if (!target.isClass()) {
            return y[k];
        }
        int label = numbers == 1 ? 1 : k;
        return y.length > 1 ? y[label] : y[0] == label ? 1 : 0;
    }

    private void learn(double[][][] sums, int without, DoubleMatrix learned) {
        int all = learned.rows() - 1;
        double count = sum(sums, without, all, numbers);
        for (int k = 0; k < numbers; k++) {
            double mean = count == 0 ? 0 : sum(sums, without, all, k) / count;
            for (int name = 0; name < all; name++) {
                double weight = sum(sums, without, name, numbers) + spec.smoothing();
                double smoothed = (sum(sums, without, name, k) + spec.smoothing() * mean) / weight;
                learned.set(name, without * numbers + k, weight == 0 ? mean : smoothed);
            }
            learned.set(all, without * numbers + k, mean);
        }
    }

    private static double sum(double[][][] sums, int without, int name, int number) {
        double sum = 0;
        for (int fold = 0; fold < sums.length; fold++) {
            sum += fold == without ? 0 : sums[fold][name][number];
        }
        return sum;
    }

    @Override
    int write(int place, int name, int fold, Matrix out, int row, int at) {
        DoubleMatrix learned = means.get(place);
        int from = (fold < 0 ? spec.folds() : fold) * numbers;
        for (int k = 0; k < numbers; k++) {
            out.set(row, at + k, learned.get(name == UNKNOWN ? learned.rows() - 1 : name, from + k));
        }
        return numbers;
    }

    @Override
    public void save(State to) {
        save("means", means, to);
    }

    @Override
    public void restore(State from) {
        restore("means", means, from);
    }
}
