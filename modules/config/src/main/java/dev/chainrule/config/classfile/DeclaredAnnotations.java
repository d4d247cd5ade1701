package dev.chainrule.config.classfile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The annotations of a class and of its record components, read from the class file: "The Java Virtual Machine
 * Specification", Java SE 17, sections 4.7.16 and 4.7.30.
 *
 * <p>Reflection would create every annotation, also those of types in the class's own jar, and may run static
 * initialisers for that. Here nothing runs. Only elements that are texts are kept, by annotation and name.
 *
 * @param ofClass the texts of each annotation, by the annotation's binary name
 * @param ofComponents the same of each record component, by the component's name
 */
public record DeclaredAnnotations(
        Map<String, Map<String, String>> ofClass, Map<String, Map<String, Map<String, String>>> ofComponents) {
    private static final String VISIBLE = "RuntimeVisibleAnnotations";
    private static final int HEADER = 8;
    private static final int DEEPEST = 16;

    /**
     * Read a class file.
     *
     * @throws IOException if it is not one, or is damaged
     */
    public static DeclaredAnnotations read(byte[] bytes) throws IOException {
        ClassFile.java(bytes); // throws if it is not one
        try {
            return new Reader(bytes).read();
        } catch (RuntimeException e) {
            throw new IOException("damaged class file", e);
        }
    }

    /** Return the element {@code value} of an annotation of the class; empty if the class does not have the annotation. */
    public Optional<String> ofClass(Class<?> annotation, String element) {
        return text(ofClass, annotation, element);
    }

    /** Return an element of an annotation of a record component; empty if the component does not have the annotation. */
    public Optional<String> ofComponent(String component, Class<?> annotation, String element) {
        return text(ofComponents.getOrDefault(component, Map.of()), annotation, element);
    }

    /** Return whether a record component has an annotation. */
    public boolean hasComponent(String component, Class<?> annotation) {
        return ofComponents.getOrDefault(component, Map.of()).containsKey(annotation.getName());
    }

    private static Optional<String> text(
            Map<String, Map<String, String>> annotations, Class<?> annotation, String element) {
        return Optional.ofNullable(annotations.get(annotation.getName())).map(texts -> texts.getOrDefault(element, ""));
    }

    /** A reader of one file from front to back. */
    private static final class Reader {
        private final DataInputStream in;
        private ConstantPool constants;
        private Map<String, Map<String, String>> ofClass = Map.of();
        private final Map<String, Map<String, Map<String, String>>> ofComponents = new LinkedHashMap<>();

        Reader(byte[] bytes) {
            this.in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        DeclaredAnnotations read() throws IOException {
            in.skipNBytes(HEADER);
            constants = new ConstantPool(in);
            in.skipNBytes(3L * Short.BYTES); // access, name, superclass
            in.skipNBytes((long) Short.BYTES * in.readUnsignedShort()); // interfaces
            skipMembers(); // fields
            skipMembers(); // methods
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String name = constants.text(in.readUnsignedShort());
                int length = in.readInt();
                switch (name) {
                    case VISIBLE -> ofClass = annotations();
                    case "Record" -> components();
                    default -> in.skipNBytes(length);
                }
            }
            return new DeclaredAnnotations(ofClass, ofComponents);
        }

        private void skipMembers() throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.skipNBytes(3L * Short.BYTES); // access, name, descriptor
                for (int j = in.readUnsignedShort(); j > 0; j--) {
                    in.readUnsignedShort();
                    in.skipNBytes(in.readInt());
                }
            }
        }

        private void components() throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String component = constants.text(in.readUnsignedShort());
                in.readUnsignedShort(); // descriptor
                for (int j = in.readUnsignedShort(); j > 0; j--) {
                    boolean wanted = constants.text(in.readUnsignedShort()).equals(VISIBLE);
                    int length = in.readInt();
                    if (wanted) {
                        ofComponents.put(component, annotations());
                    } else {
                        in.skipNBytes(length);
                    }
                }
            }
        }

        private Map<String, Map<String, String>> annotations() throws IOException {
            Map<String, Map<String, String>> annotations = new LinkedHashMap<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                annotation(annotations, 0);
            }
            return annotations;
        }

        private void annotation(Map<String, Map<String, String>> annotations, int depth) throws IOException {
            String descriptor = constants.text(in.readUnsignedShort());
            Map<String, String> texts = new LinkedHashMap<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String element = constants.text(in.readUnsignedShort());
                value(depth).ifPresent(text -> texts.put(element, text));
            }
            annotations.put(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'), texts);
        }

        /** Read a value to its end; return it if it is a text. */
        private Optional<String> value(int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new IOException("annotations within each other without end");
            }
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 's' -> {
                    return Optional.of(constants.text(in.readUnsignedShort()));
                }
                case 'e' -> in.skipNBytes(2L * Short.BYTES);
                case '@' -> annotation(new LinkedHashMap<>(), depth + 1);
                case '[' -> {
                    for (int i = in.readUnsignedShort(); i > 0; i--) {
                        value(depth + 1);
                    }
                }
                default -> in.skipNBytes(Short.BYTES); // a constant or a class
            }
            return Optional.empty();
        }
    }
}
