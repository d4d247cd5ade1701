package dev.chainrule.config.classfile;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The constants of a class file: "The Java Virtual Machine Specification", Java SE 17, section 4.4. */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    /** The first kind of method handle that refers to a method instead of a field. */
    private static final int FIRST_METHOD_KIND = 5;

    private final int[] tags;
    private final int[] first;
    private final int[] second;
    private final String[] texts;

    ConstantPool(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        tags = new int[size];
        first = new int[size];
        second = new int[size];
        texts = new String[size];
        for (int i = 1; i < size; i++) {
            tags[i] = in.readUnsignedByte();
            switch (tags[i]) {
                case UTF8 -> texts[i] = in.readUTF();
                case INTEGER, FLOAT -> in.readInt();
                case LONG, DOUBLE -> {
                    in.readLong();
                    i++; // takes two places
                }
                case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> first[i] = in.readUnsignedShort();
                case METHOD_HANDLE -> {
                    first[i] = in.readUnsignedByte();
                    second[i] = in.readUnsignedShort();
                }
                case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> {
                    first[i] = in.readUnsignedShort();
                    second[i] = in.readUnsignedShort();
                }
                default -> throw new IOException("unknown constant " + tags[i]);
            }
        }
    }

    String text(int index) {
        return texts[index];
    }

    /** Return a class's name with dots; that of an array as {@link Class#getName} does. */
    String className(int index) {
        return texts[first[index]].replace('/', '.');
    }

    /** Return the classes referred to, without arrays. */
    List<String> classes() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tags.length; i++) {
            if (tags[i] == CLASS && !className(i).startsWith("[")) {
                names.add(className(i));
            }
        }
        return names;
    }

    boolean isMethodHandle(int index) {
        return tags[index] == METHOD_HANDLE && first[index] >= FIRST_METHOD_KIND;
    }

    /** Return the number of the bootstrap method of a call site. */
    int bootstrap(int callSite) {
        return first[callSite];
    }

    /** Return the call of a method, or of the method that a handle refers to. */
    Call call(String from, int line, int index) {
        int method = tags[index] == METHOD_HANDLE ? second[index] : index;
        int nameAndType = second[method];
        return new Call(from, line, className(first[method]), texts[first[nameAndType]], texts[second[nameAndType]]);
    }
}
