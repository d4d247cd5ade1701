package dev.chainrule.math.kernel;

import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Patches;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ScalarFunction;
import dev.chainrule.math.Strict;
import dev.chainrule.math.UpdateRule;
import dev.chainrule.math.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Call every method of {@link Kernels} that computes: cases by the method's name, and the text after a blank. */
final class KernelCases {
    /** Call a method on the operands it asks for; return its result, or 0 for those that return none. */
    interface Case {
        double call(Kernels kernels, Operands x);
    }

    /** Create the operands of one call, the same for the same seed whatever kernels are called. */
    interface Operands {
        /** Return the rows of a result, or of the matrices of an element-wise call. */
        int m();

        /** Return the columns of a result, or of the matrices of an element-wise call. */
        int n();

        /** Return the products that an element sums. */
        int k();

        /** Return whether a product accumulates, and other choices. */
        boolean choice();

        /** Return a matrix of drawn numbers. */
        Matrix matrix(int rows, int columns);

        /** Return several matrices of drawn numbers. */
        List<Matrix> several(int rows, int columns);

        /** Return a matrix of drawn numbers in [0, 1). */
        Matrix positive(int rows, int columns);

        /** Return a matrix for a result, of any content and, unless it is said to keep its shape, of any shape. */
        Matrix result(int rows, int columns, boolean keepsShape);
    }

    static final ScalarFunction FUNCTION = new ScalarFunction() {
        @Override
        public double value(double z) {
            return Strict.tanh(z);
        }

        @Override
        public double derivative(double z, double a) {
            return z > 0 ? 1 - a * a : a;
        }

        @Override
        public float value(float z) {
            return Strict.tanh(z);
        }

        @Override
        public float derivative(float z, float a) {
            return z > 0 ? 1 - a * a : a;
        }
    };

    /** An update in which all old values matter, with float forms of its own. */
    static final UpdateRule RULE = new UpdateRule() {
        @Override
        public double parameter(double w, double g, double first, double second) {
            return w - 0.1 * first(w, g, first, second) / (Math.sqrt(second(w, g, first, second)) + 1e-8);
        }

        @Override
        public double first(double w, double g, double first, double second) {
            return Math.fma(0.1, g, 0.9 * first) - second * w;
        }

        @Override
        public double second(double w, double g, double first, double second) {
            return Math.fma(0.001, g * g, 0.999 * second);
        }

        @Override
        public float parameter(float w, float g, float first, float second) {
            return w - 0.1f * first(w, g, first, second) / ((float) Math.sqrt(second(w, g, first, second)) + 1e-8f);
        }

        @Override
        public float first(float w, float g, float first, float second) {
            return Math.fma(0.1f, g, 0.9f * first) - second * w;
        }

        @Override
        public float second(float w, float g, float first, float second) {
            return Math.fma(0.001f, g * g, 0.999f * second);
        }
    };

    /** The same update without float forms. */
    private static final UpdateRule ROUNDED_RULE = new UpdateRule() {
        @Override
        public double parameter(double w, double g, double first, double second) {
            return RULE.parameter(w, g, first, second);
        }

        @Override
        public double first(double w, double g, double first, double second) {
            return RULE.first(w, g, first, second);
        }

        @Override
        public double second(double w, double g, double first, double second) {
            return RULE.second(w, g, first, second);
        }
    };

    /** Columns that every matrix of the cases has, one of them twice. */
    private static final int[] COLUMNS = {2, 0, 2};

    /**
     * Windows that overlap and leave the image on all sides; that leave places out; that see some channels; that have no place in
     * common.
     */
    private static final Map<String, Patches> PATCHES = Map.of(
            "", new Patches(new Window(6, 3, 1, 1, 1, 6), new Window(7, 3, 1, 1, 1, 7), 3, 0, 3),
            " dilated", new Patches(new Window(5, 2, 3, 2, 1, 2), new Window(4, 3, 1, 2, 2, 4), 2, 0, 2),
            " of some channels", new Patches(new Window(4, 2, 2, 1, 0, 2), new Window(3, 5, 1, 1, 6, 9), 4, 1, 2),
            " of a channel", new Patches(new Window(5, 5, 1, 1, 0, 1), new Window(8, 5, 1, 1, 0, 4), 1, 0, 1),
            " of many channels", new Patches(new Window(3, 2, 1, 1, 1, 4), new Window(5, 3, 2, 1, 1, 3), 21, 0, 21),
            " apart", new Patches(new Window(5, 2, 2, 1, 0, 2), new Window(7, 3, 3, 1, 1, 3), 17, 0, 17),
            " of a large group", new Patches(new Window(3, 2, 1, 2, 1, 3), new Window(4, 2, 1, 2, 1, 4), 40, 9, 19));

    private static final RandomStream STREAM = RandomStream.of(5, "mask");
    static final PairFunction PAIR = (x, y, c) -> (x - y) * c;

    private KernelCases() {}

    /** Return all cases by name of method. */
    static Map<String, Case> all() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("multiply", (kernels, x) -> {
            kernels.multiply(
                    x.matrix(x.m(), x.k()), x.matrix(x.k(), x.n()), x.result(x.m(), x.n(), x.choice()), x.choice());
            return 0;
        });
        cases.put("multiplyTransA", (kernels, x) -> {
            kernels.multiplyTransA(
                    x.matrix(x.k(), x.m()), x.matrix(x.k(), x.n()), x.result(x.m(), x.n(), x.choice()), x.choice());
            return 0;
        });
        cases.put("multiplyTransB", (kernels, x) -> {
            kernels.multiplyTransB(
                    x.matrix(x.m(), x.k()), x.matrix(x.n(), x.k()), x.result(x.m(), x.n(), x.choice()), x.choice());
            return 0;
        });
        cases.put("addRow", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            kernels.addRow(left, x.matrix(1, x.n()), x.choice() ? left : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("multiplyRow", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            kernels.multiplyRow(left, x.matrix(1, x.n()), x.choice() ? left : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("multiplyAddRow", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            kernels.multiplyAddRow(
                    left, x.matrix(1, x.n()), x.matrix(1, x.n()), x.choice() ? left : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("columnSums", (kernels, x) -> {
            kernels.columnSums(x.matrix(x.m(), x.n()), x.result(1, x.n(), x.choice()), x.choice());
            return 0;
        });
        cases.put("columnDots", (kernels, x) -> {
            kernels.columnDots(
                    x.matrix(x.m(), x.n()), x.matrix(x.m(), x.n()), x.result(1, x.n(), x.choice()), x.choice());
            return 0;
        });
        cases.put("softmaxRows", (kernels, x) -> {
            Matrix z = x.matrix(x.m(), x.n());
            kernels.softmaxRows(z, x.choice() ? z : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("softmaxBackward", (kernels, x) -> {
            Matrix a = x.positive(x.m(), x.n());
            Matrix g = x.matrix(x.m(), x.n());
            kernels.softmaxBackward(a, g, x.choice() ? g : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("normalizeRows", (kernels, x) -> {
            Matrix in = x.matrix(x.m(), x.n());
            kernels.normalizeRows(in, 0.01, x.choice() ? in : x.result(x.m(), x.n(), false), x.result(x.m(), 1, false));
            return 0;
        });
        cases.put("normalizeRowsBackward", (kernels, x) -> {
            Matrix normalized = x.matrix(x.m(), x.n());
            Matrix deviations = x.positive(x.m(), 1);
            Matrix g = x.matrix(x.m(), x.n());
            kernels.normalizeRowsBackward(normalized, deviations, g, x.choice() ? g : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("logSumExpRows", (kernels, x) -> {
            kernels.logSumExpRows(x.matrix(x.m(), x.n()), x.result(x.m(), 1, false));
            return 0;
        });
        cases.put("logSoftmaxRows", (kernels, x) -> {
            Matrix z = x.matrix(x.m(), x.n());
            kernels.logSoftmaxRows(z, x.choice() ? z : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("logSoftmaxBackward", (kernels, x) -> {
            Matrix a = x.matrix(x.m(), x.n());
            Matrix g = x.matrix(x.m(), x.n());
            kernels.logSoftmaxBackward(a, g, x.choice() ? g : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("map", (kernels, x) -> {
            Matrix z = x.matrix(x.m(), x.n());
            kernels.map(FUNCTION, z, x.choice() ? z : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("mapBackward", (kernels, x) -> {
            Matrix z = x.matrix(x.m(), x.n());
            Matrix a = x.matrix(x.m(), x.n());
            Matrix g = x.matrix(x.m(), x.n());
            kernels.mapBackward(FUNCTION, z, a, g, x.choice() ? g : x.result(x.m(), x.n(), false));
            return 0;
        });
        for (CommonFunction function : CommonFunction.values()) {
            cases.put("map " + function, (kernels, x) -> {
                Matrix z = x.matrix(x.m(), x.n());
                kernels.map(function, z, x.choice() ? z : x.result(x.m(), x.n(), false));
                return 0;
            });
            cases.put("mapBackward " + function, (kernels, x) -> {
                Matrix z = x.matrix(x.m(), x.n());
                Matrix a = x.matrix(x.m(), x.n());
                Matrix g = x.matrix(x.m(), x.n());
                kernels.mapBackward(function, z, a, g, x.choice() ? g : x.result(x.m(), x.n(), false));
                return 0;
            });
        }
        cases.put("subtractDivide", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            Matrix right = x.matrix(x.m(), x.n());
            kernels.subtractDivide(left, right, 0.3, x.choice() ? left : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("divide", (kernels, x) -> {
            kernels.divide(0.3, x.matrix(x.m(), x.n()));
            return 0;
        });
        cases.put("zip", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            Matrix right = x.matrix(x.m(), x.choice() ? 1 : x.n());
            kernels.zip(PAIR, left, right, 0.3, x.choice() ? left : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("sumRows", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            kernels.sumRows(PAIR, left, x.matrix(x.m(), x.choice() ? 1 : x.n()), 0.3, x.result(x.m(), 1, false));
            return 0;
        });
        cases.put("drawMask", (kernels, x) -> {
            Matrix mask = x.result(x.m(), x.n(), true);
            kernels.drawMask(STREAM, 2, (x.choice() ? 1L << 32 : 0) - 3, 0.3, 1 / 0.7, mask);
            return 0;
        });
        cases.put("drawNoise", (kernels, x) -> {
            Matrix noise = x.result(x.m(), x.n(), true);
            kernels.drawNoise(STREAM, 2, (x.choice() ? 1L << 32 : 0) - 3, 0.3, noise);
            return 0;
        });
        cases.put("hadamard", (kernels, x) -> {
            Matrix left = x.matrix(x.m(), x.n());
            Matrix right = x.matrix(x.m(), x.n());
            kernels.hadamard(left, right, x.choice() ? left : x.result(x.m(), x.n(), false));
            return 0;
        });
        cases.put("gatherColumns", (kernels, x) -> {
            kernels.gatherColumns(
                    x.matrix(x.m(), x.k() + COLUMNS.length), COLUMNS, x.result(x.m(), COLUMNS.length, false));
            return 0;
        });
        new TreeMap<>(PATCHES).forEach((name, patches) -> {
            cases.put("gatherPatches" + name, (kernels, x) -> {
                int count = x.m() * patches.positions() - Math.min(x.m(), 2);
                Matrix images = x.matrix(x.m(), patches.pixels());
                kernels.gatherPatches(
                        images, patches, Math.min(x.m(), 1), count, x.result(count, patches.size(), false));
                return 0;
            });
            cases.put("addPatches" + name, (kernels, x) -> {
                int count = x.m() * patches.positions() - Math.min(x.m(), 2);
                Matrix rows = x.matrix(count, patches.size());
                kernels.addPatches(rows, patches, Math.min(x.m(), 1), x.matrix(x.m(), patches.pixels()));
                return 0;
            });
            cases.put("multiplyPatches" + name, (kernels, x) -> {
                kernels.multiplyPatches(
                        x.matrix(x.m(), patches.pixels()),
                        patches,
                        x.matrix(patches.size(), x.k() + 2),
                        1,
                        x.k(),
                        x.matrix(x.m() * patches.positions(), x.k() + 2));
                return 0;
            });
            cases.put("multiplyPatchesTransA" + name, (kernels, x) -> {
                kernels.multiplyPatchesTransA(
                        x.matrix(x.m(), patches.pixels()),
                        patches,
                        x.matrix(x.m() * patches.positions(), x.k()),
                        0,
                        x.k(),
                        x.matrix(patches.size(), x.k()),
                        x.choice());
                return 0;
            });
            cases.put("multiplyTransBAddPatches" + name, (kernels, x) -> {
                kernels.multiplyTransBAddPatches(
                        x.matrix(x.m() * patches.positions(), x.k()),
                        x.matrix(patches.size(), x.k()),
                        1,
                        x.k() - 1,
                        patches,
                        x.matrix(x.m(), patches.pixels()),
                        x.choice());
                return 0;
            });
            int pooled = patches.positions() * patches.count();
            cases.put("maxPatches" + name, (kernels, x) -> {
                kernels.maxPatches(x.matrix(x.m(), patches.pixels()), patches, x.result(x.m(), pooled, false));
                return 0;
            });
            cases.put("maxPatchesBackward" + name, (kernels, x) -> {
                Matrix images = x.matrix(x.m(), patches.pixels());
                Matrix out = x.result(x.m(), pooled, false);
                kernels.maxPatches(images, patches, out);
                kernels.maxPatchesBackward(
                        images, out, x.matrix(x.m(), pooled), patches, x.result(x.m(), patches.pixels(), false));
                return 0;
            });
            cases.put("meanPatches" + name, (kernels, x) -> {
                kernels.meanPatches(x.matrix(x.m(), patches.pixels()), patches, x.result(x.m(), pooled, false));
                return 0;
            });
            cases.put("meanPatchesBackward" + name, (kernels, x) -> {
                kernels.meanPatchesBackward(x.matrix(x.m(), pooled), patches, x.result(x.m(), patches.pixels(), false));
                return 0;
            });
        });
        cases.put("addScaled", (kernels, x) -> {
            kernels.addScaled(0.1, x.matrix(x.m(), x.n()), x.matrix(x.m(), x.n()));
            return 0;
        });
        cases.put("scale", (kernels, x) -> {
            kernels.scale(0.1, x.matrix(x.m(), x.n()));
            return 0;
        });
        cases.put("sum", (kernels, x) -> kernels.sum(x.matrix(x.m(), x.n())));
        cases.put("sumOfSquares", (kernels, x) -> kernels.sumOfSquares(x.matrix(x.m(), x.n())));
        cases.put("dot", (kernels, x) -> kernels.dot(x.matrix(x.m(), x.n()), x.matrix(x.m(), x.n())));
        cases.put("sumOfSquares of several", (kernels, x) -> kernels.sumOfSquares(x.several(x.m(), x.n())));
        cases.put("sumOfMagnitudes", (kernels, x) -> kernels.sumOfMagnitudes(x.matrix(x.m(), x.n())));
        cases.put("update one state", (kernels, x) -> {
            kernels.update(RULE, x.matrix(x.m(), x.n()), x.matrix(x.m(), x.n()), x.matrix(x.m(), x.n()));
            return 0;
        });
        cases.put("update two states", (kernels, x) -> {
            Matrix w = x.matrix(x.m(), x.n());
            Matrix g = x.matrix(x.m(), x.n());
            Matrix mean = x.matrix(x.m(), x.n());
            kernels.update(x.choice() ? ROUNDED_RULE : RULE, w, g, mean, x.positive(x.m(), x.n()));
            return 0;
        });
        return cases;
    }
}
