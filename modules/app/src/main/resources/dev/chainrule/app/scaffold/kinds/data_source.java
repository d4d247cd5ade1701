package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

@Component("@name@")
@Doc("Points of a square, in two classes: inside and outside of a circle.")
public record @Name@(
        @Doc("How many points: 1 or more.") @Default("200") int count,
        @Doc("Other numbers give other points.") @Default("0") long seed)
        implements DataSourceSpec {
    private static final double RADIUS = 0.8;

    public @Name@ {
        ParameterException.require(count >= 1, "count", count, "1 or more");
    }

    @Override
    public DataSource open(DataContext context) {
        Matrix points = new DoubleMatrix(count, 2);
        for (int i = 0; i < count; i++) {
            Draws draws = RandomStream.of(seed, "@name@").at(0, i);
            points.setRow(i, new double[] {2 * draws.uniform() - 1, 2 * draws.uniform() - 1});
        }
        Target target = new Target(Target.Form.CLASS_INDEX, List.of("outside", "inside"));
        return new Points(points, new Encoding(Shape.of(2), List.of(), target));
    }

    private record Points(Matrix points, Encoding encoding) implements DataSource {
        @Override
        public int size() {
            return points.rows();
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            x.setRow(row, new double[] {points.get(index, 0), points.get(index, 1)});
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            double distance = points.get(index, 0) * points.get(index, 0) + points.get(index, 1) * points.get(index, 1);
            y.set(row, 0, distance < RADIUS * RADIUS ? 1 : 0);
        }

        @Override
        public Provenance provenance() {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(points.bytes()));
            points.write(bytes);
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
                return new Provenance("@name@", HexFormat.of().formatHex(hash));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
