package dev.chainrule.config.classfile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The contents of a class file: "The Java Virtual Machine Specification", Java SE 17, chapter 4.
 *
 * @param version the major version of the format: that of Java plus 44
 * @param name with dots
 * @param interfaces those it implements directly
 * @param classes every class that it refers to, itself included, in the order of its constants
 * @param calls every method that its code calls or refers to
 */
public record ClassFile(int version, String name, List<String> interfaces, List<String> classes, List<Call> calls) {
    private static final int MAGIC = 0xcafebabe;
    private static final int BEFORE_JAVA_1 = 44;

    /** Return the Java version that this class was compiled for. */
    public int java() {
        return version - BEFORE_JAVA_1;
    }

    /** Return the Java version that a class was compiled for, without reading the rest of its file. */
    public static int java(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readUnsignedShort();
        return in.readUnsignedShort() - BEFORE_JAVA_1;
    }

    /**
     * Read a class file.
     *
     * @throws IOException if it is not one, or is damaged
     */
    public static ClassFile read(byte[] bytes) throws IOException {
        try {
            return new Reader(bytes).read();
        } catch (RuntimeException e) {
            throw new IOException("damaged class file", e);
        }
    }

    /** A reader of one file from front to back. */
    private static final class Reader {
        private final byte[] bytes;
        private final DataInputStream in;
        private final List<Site> sites = new ArrayList<>();
        private ConstantPool constants;

        Reader(byte[] bytes) {
            this.bytes = bytes;
            this.in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        /** A call whose target may be in an attribute that comes later. */
        private record Site(String from, int line, int constant, boolean dynamic) {}

        ClassFile read() throws IOException {
            int version = java(bytes) + BEFORE_JAVA_1;
            in.skipNBytes(8);
            constants = new ConstantPool(in);
            in.readUnsignedShort(); // access
            String name = constants.className(in.readUnsignedShort());
            in.readUnsignedShort(); // superclass, one of the constants
            List<String> interfaces = new ArrayList<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                interfaces.add(constants.className(in.readUnsignedShort()));
            }
            members(false);
            members(true);
            List<Call> calls = calls(bootstraps());
            return new ClassFile(version, name, List.copyOf(interfaces), constants.classes(), calls);
        }

        private void members(boolean methods) throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.readUnsignedShort(); // access
                String name = constants.text(in.readUnsignedShort());
                in.readUnsignedShort(); // descriptor
                for (int j = in.readUnsignedShort(); j > 0; j--) {
                    boolean code = constants.text(in.readUnsignedShort()).equals("Code");
                    int length = in.readInt();
                    if (methods && code) {
                        code(name);
                    } else {
                        in.skipNBytes(length);
                    }
                }
            }
        }

        private void code(String method) throws IOException {
            in.readInt(); // stack and locals
            byte[] code = in.readNBytes(in.readInt());
            in.skipNBytes(8L * in.readUnsignedShort()); // exceptions
            TreeMap<Integer, Integer> lines = new TreeMap<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                boolean table = constants.text(in.readUnsignedShort()).equals("LineNumberTable");
                int length = in.readInt();
                if (!table) {
                    in.skipNBytes(length);
                    continue;
                }
                for (int j = in.readUnsignedShort(); j > 0; j--) {
                    lines.put(in.readUnsignedShort(), in.readUnsignedShort());
                }
            }
            Instructions.visit(code, (at, constant, dynamic) -> {
                var line = lines.floorEntry(at);
                sites.add(new Site(method, line == null ? 0 : line.getValue(), constant, dynamic));
            });
        }

        /** Return the constants passed to each bootstrap method, from the class's last attributes. */
        private List<List<Integer>> bootstraps() throws IOException {
            List<List<Integer>> bootstraps = new ArrayList<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                boolean wanted = constants.text(in.readUnsignedShort()).equals("BootstrapMethods");
                int length = in.readInt();
                if (!wanted) {
                    in.skipNBytes(length);
                    continue;
                }
                for (int j = in.readUnsignedShort(); j > 0; j--) {
                    in.readUnsignedShort(); // the bootstrap method, one of the JDK
                    List<Integer> arguments = new ArrayList<>();
                    for (int k = in.readUnsignedShort(); k > 0; k--) {
                        arguments.add(in.readUnsignedShort());
                    }
                    bootstraps.add(arguments);
                }
            }
            return bootstraps;
        }

        private List<Call> calls(List<List<Integer>> bootstraps) {
            List<Call> calls = new ArrayList<>();
            for (Site site : sites) {
                List<Integer> targets = site.dynamic
                        ? bootstraps.get(constants.bootstrap(site.constant)).stream()
                                .filter(constants::isMethodHandle)
                                .toList()
                        : List.of(site.constant);
                targets.forEach(target -> calls.add(constants.call(site.from, site.line, target)));
            }
            return List.copyOf(calls);
        }
    }
}
