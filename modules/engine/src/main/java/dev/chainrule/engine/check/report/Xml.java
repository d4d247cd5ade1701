package dev.chainrule.engine.check.report;

/** Text escaped for XML. */
final class Xml {
    private Xml() {}

    /** Return a text for an element or an attribute; characters that XML 1.0 does not allow become question marks. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?");
    }
}
