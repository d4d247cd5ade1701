package dev.chainrule.bench.peer;

import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.layer.Dense;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A network of dense layers as an ONNX model: Gemm and Relu in turn, Softmax at the end.
 *
 * <p>The format is that of onnx.proto, whose field numbers stand beside their names here, in protobuf's wire format: a field is
 * number·8 + type as a varint, then a varint (type 0), or a length and as many bytes (type 2).
 */
final class OnnxModel {
    private static final int FLOAT = 1;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private OnnxModel() {}

    /** Return the model: input x [batch, 784], output y [batch, 10]. */
    static byte[] of(Task task) {
        OnnxModel graph = new OnnxModel();
        List<Parameter> parameters = task.network().parameters();
        String flowing = "x";
        int layer = 0;
        for (NamedLayer named : task.experiment().model()) {
            Dense dense = (Dense) named.spec();
            String w = "w" + layer;
            String b = "b" + layer;
            graph.message(5, tensor(w, parameters.get(2 * layer).value())); // initializer
            graph.message(5, tensor(b, parameters.get(2 * layer + 1).value()));
            graph.message(1, node("Gemm", "z" + layer, flowing, w, b)); // node
            boolean last = layer == task.experiment().model().size() - 1;
            flowing = last ? "y" : "a" + layer;
            graph.message(1, node(dense.activation() instanceof Relu ? "Relu" : "Softmax", flowing, "z" + layer));
            layer++;
        }
        graph.text(2, "network"); // name
        graph.message(11, value("x", task.batch(), Examples.PIXELS)); // input
        graph.message(12, value("y", task.batch(), Examples.CLASSES)); // output
        OnnxModel opset = new OnnxModel();
        opset.number(2, OPSET); // version
        OnnxModel model = new OnnxModel();
        model.number(1, IR_VERSION); // ir_version
        model.message(8, opset); // opset_import
        model.message(7, graph); // graph
        return model.out.toByteArray();
    }

    private static OnnxModel node(String type, String output, String... inputs) {
        OnnxModel node = new OnnxModel();
        for (String input : inputs) {
            node.text(1, input); // input
        }
        node.text(2, output); // output
        node.text(4, type); // op_type
        return node;
    }

    /** Return a matrix, or a row as a vector. */
    private static OnnxModel tensor(String name, Matrix matrix) {
        OnnxModel tensor = new OnnxModel();
        if (matrix.rows() > 1) {
            tensor.number(1, matrix.rows()); // dims
        }
        tensor.number(1, matrix.columns());
        tensor.number(2, FLOAT); // data_type
        tensor.text(8, name); // name
        ByteBuffer data = ByteBuffer.allocate(matrix.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.size(); i++) {
            data.putFloat((float) matrix.get(i / matrix.columns(), i % matrix.columns()));
        }
        tensor.bytes(9, data.array()); // raw_data
        return tensor;
    }

    private static OnnxModel value(String name, int... sides) {
        OnnxModel shape = new OnnxModel();
        for (int side : sides) {
            OnnxModel dimension = new OnnxModel();
            dimension.number(1, side); // dim_value
            shape.message(1, dimension); // dim
        }
        OnnxModel tensor = new OnnxModel();
        tensor.number(1, FLOAT); // elem_type
        tensor.message(2, shape); // shape
        OnnxModel type = new OnnxModel();
        type.message(1, tensor); // tensor_type
        OnnxModel value = new OnnxModel();
        value.text(1, name); // name
        value.message(2, type); // type
        return value;
    }

    private void number(int field, long value) {
        varint(field * 8L);
        varint(value);
    }

    private void text(int field, String text) {
        bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private void message(int field, OnnxModel message) {
        bytes(field, message.out.toByteArray());
    }

    private void bytes(int field, byte[] bytes) {
        varint(field * 8L + BYTES);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private void varint(long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
