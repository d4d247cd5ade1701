package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.math.kernel.KernelParts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MatrixTests {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void matrix_new_isZero(Precision precision) {
        Matrix x = matrix(precision, 2, 3);
        assertEquals(precision, x.precision());
        assertEquals("[2, 3]", x.shape());
        assertEquals(6, x.size());
        assertEquals(6L * precision.bytes(), x.bytes());
        for (int i = 0; i < 6; i++) {
            assertEquals(0, x.get(i / 3, i % 3));
        }
    }

    @Test
    void set_float_isRoundedOnce() {
        Matrix x = matrix(Precision.FLOAT32, 1, 1);
        x.set(0, 0, 0.1);
        assertEquals((double) 0.1f, x.get(0, 0));
        Matrix y = matrix(Precision.FLOAT64, 1, 1);
        y.set(0, 0, 0.1);
        assertEquals(0.1, y.get(0, 0));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void get_outside_isRefused(Precision precision) {
        Matrix x = matrix(precision, 2, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> x.get(2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> x.get(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> x.set(-1, 0, 1));
        x.reshape(1, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> x.get(1, 0));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reshape_smallerAndBack_keepsStorage(Precision precision) {
        Matrix x = matrix(precision, 4, 5);
        Object storage = storage(x);
        x.reshape(2, 3);
        assertEquals("[2, 3]", x.shape());
        x.reshape(5, 4);
        assertSame(storage, storage(x));
        x.reshape(0, 7);
        assertEquals(0, x.size());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void view_inAnotherShape_sharesTheElements(Precision precision) {
        Matrix x = matrix(precision, 2, 6);
        x.set(1, 0, 5);
        Matrix view = matrix(precision, 0, 0);
        assertSame(view, view.view(x, 4, 3));
        assertEquals("[4, 3]", view.shape());
        assertEquals(5, view.get(2, 0));
        view.set(3, 2, 7);
        assertEquals(7, x.get(1, 5));
        view.reshape(5, 3);
        view.fill(9);
        assertEquals(7, x.get(1, 5));
        Matrix other = matrix(precision == Precision.FLOAT32 ? Precision.FLOAT64 : Precision.FLOAT32, 2, 6);
        assertEquals(
                "no view [4, 3] in " + precision + " of a matrix [2, 6] in " + other.precision(),
                assertThrows(IllegalArgumentException.class, () -> view.view(other, 4, 3))
                        .getMessage());
        assertEquals(
                "no view [4, 4] in " + precision + " of a matrix [2, 6] in " + precision,
                assertThrows(IllegalArgumentException.class, () -> view.view(x, 4, 4))
                        .getMessage());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reshape_negativeOrTooLarge_isRefused(Precision precision) {
        Matrix x = matrix(precision, 1, 1);
        Exception e = assertThrows(IllegalArgumentException.class, () -> x.reshape(-1, 2));
        assertEquals(
                "no matrix of [-1, 2]: sides are 0 or more, and rows times columns stays under 2^31 - 8",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> x.reshape(65_536, 65_536));
        assertThrows(IllegalArgumentException.class, () -> matrix(precision, 46_341, 46_341));
    }

    @Test
    void copyFrom_otherPrecision_convertsShapeAndElements() {
        Matrix x = matrix(Precision.FLOAT64, 1, 3);
        x.setRow(0, new double[] {0.1, -2, 1e40});
        Matrix y = matrix(Precision.FLOAT32, 9, 9);
        y.copyFrom(x);
        assertEquals("[1, 3]", y.shape());
        assertEquals(0.1f, y.get(0, 0));
        assertEquals(Double.POSITIVE_INFINITY, y.get(0, 2));
        Matrix z = matrix(Precision.FLOAT64, 0, 0);
        z.copyFrom(y);
        assertEquals((double) 0.1f, z.get(0, 0));
    }

    @Test
    void widen_byVectors_givesWhatPlainJavaGives() {
        byte[] bytes = new byte[700];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        FloatBytes vector = KernelParts.vector().orElseThrow().floatBytes();
        for (int count = 0; count <= 600; count++) {
            float[] expected = new float[700];
            float[] received = new float[700];
            FloatBytes.PLAIN.widen(bytes, count % 5, expected, count % 3, count);
            vector.widen(bytes, count % 5, received, count % 3, count);
            assertArrayEquals(expected, received);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void setRow_bytes_areUnsigned(Precision precision) {
        Matrix x = matrix(precision, 2, 2);
        x.setRow(1, new byte[] {9, 127, -1, 9}, 1);
        assertEquals(127, x.get(1, 0));
        assertEquals(255, x.get(1, 1));
        assertEquals(0, x.get(0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> x.setRow(1, new byte[3], 2));
        assertThrows(IndexOutOfBoundsException.class, () -> x.setRow(2, new byte[3], 0));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void setRow_bytesFromAColumnOn_leavesTheOthers(Precision precision) {
        Matrix x = matrix(precision, 2, 4);
        x.setRow(1, new double[] {5, 6, 7, 8});
        x.setRow(1, 1, new byte[] {9, 127, -1, 9}, 1, 2);
        assertArrayEquals(
                new double[] {5, 127, 255, 8}, new double[] {x.get(1, 0), x.get(1, 1), x.get(1, 2), x.get(1, 3)});
        assertEquals(0, x.get(0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> x.setRow(0, 3, new byte[4], 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> x.setRow(0, -1, new byte[4], 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> x.setRow(0, 0, new byte[4], 3, 2));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void setRow_ofAnotherLength_isRefused(Precision precision) {
        Matrix x = matrix(precision, 2, 2);
        Exception e = assertThrows(IllegalArgumentException.class, () -> x.setRow(0, new double[3]));
        assertEquals("row has 3 values, the matrix is [2, 2]", e.getMessage());
    }

    @Test
    void write_floats_areLittleEndianByRows() {
        Matrix x = matrix(Precision.FLOAT32, 1, 2);
        x.setRow(0, new double[] {1, -2});
        ByteBuffer target = ByteBuffer.allocate(8);
        x.write(target);
        assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0}, target.array());
        assertEquals(ByteOrder.BIG_ENDIAN, target.order());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void read_whatWasWritten_givesTheSameBits(Precision precision) {
        Matrix x = matrix(precision, 2, 2);
        x.setRow(0, new double[] {-0.0, Double.NaN});
        x.setRow(1, new double[] {Double.NEGATIVE_INFINITY, 1 / 3.0});
        ByteBuffer buffer = ByteBuffer.allocate((int) x.bytes());
        x.write(buffer);
        buffer.flip();
        Matrix y = matrix(precision, 2, 2);
        y.read(buffer);
        assertEquals(0, buffer.remaining());
        for (int i = 0; i < 4; i++) {
            assertEquals(x.get(i / 2, i % 2), y.get(i / 2, i % 2));
        }
    }

    private static Matrix matrix(Precision precision, int rows, int columns) {
        return Kernels.of(precision, new ThreadTeam(1)).matrix(rows, columns);
    }

    private static Object storage(Matrix matrix) {
        return matrix instanceof FloatMatrix floats ? floats.data() : ((DoubleMatrix) matrix).data();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void copyColumns_someOfAWiderMatrix_leavesTheOthersAlone(Precision precision) {
        Matrix from = matrix(precision, 2, 4);
        Matrix to = matrix(precision, 2, 3);
        to.fill(9);
        for (int j = 0; j < 4; j++) {
            from.set(0, j, j);
            from.set(1, j, 10 + j);
        }
        to.copyColumns(from, 2, 0, 2);
        for (int i = 0; i < 2; i++) {
            assertEquals(10 * i + 2, to.get(i, 0));
            assertEquals(10 * i + 3, to.get(i, 1));
            assertEquals(9, to.get(i, 2));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> to.copyColumns(from, 3, 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> to.copyColumns(from, 0, 2, 2));
    }
}
