package dev.chainrule.bench.peer;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.FloatProduct;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/** A product by EJML: its ordinary operations with one thread, its concurrent ones with more. */
final class EjmlProduct extends FloatProduct {
    private final FMatrixRMaj a = new FMatrixRMaj();
    private final FMatrixRMaj b = new FMatrixRMaj();
    private final FMatrixRMaj c = new FMatrixRMaj();

    EjmlProduct(ThreadTeam team) {
        super(team, Long.MAX_VALUE); // EJML has its own threads
        EjmlConcurrency.setMaxThreads(team.threads());
    }

    @Override
    protected long cost() {
        return 0;
    }

    /** Return more than {@link #cost}, so that EJML computes the requested product, not its transpose. */
    @Override
    protected long transposedCost() {
        return 1;
    }

    @Override
    public void run(int part, int parts) {
        if (accumulate) {
            throw new UnsupportedOperationException("no training here accumulates");
        }
        boolean leftTurned = leftAcross != 1;
        boolean rightTurned = rightAcross != 1;
        view(a, left, leftTurned ? depth : rows, leftTurned ? rows : depth);
        view(b, right, rightTurned ? columns : depth, rightTurned ? depth : columns);
        view(c, out, rows, columns);
        boolean alone = parts() == 1;
        if (leftTurned) {
            if (alone) {
                CommonOps_FDRM.multTransA(a, b, c);
            } else {
                CommonOps_MT_FDRM.multTransA(a, b, c);
            }
        } else if (rightTurned) {
            if (alone) {
                CommonOps_FDRM.multTransB(a, b, c);
            } else {
                CommonOps_MT_FDRM.multTransB(a, b, c);
            }
        } else if (alone) {
            CommonOps_FDRM.mult(a, b, c);
        } else {
            CommonOps_MT_FDRM.mult(a, b, c);
        }
    }

    private static void view(FMatrixRMaj matrix, float[] data, int rows, int columns) {
        matrix.data = data;
        matrix.numRows = rows;
        matrix.numCols = columns;
    }
}
