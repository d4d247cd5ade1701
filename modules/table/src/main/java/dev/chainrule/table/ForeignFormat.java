package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Formats of other programs, recognised by the beginning of a file, so that the refusal can specify them. */
enum ForeignFormat {
    EXCEL("an Excel or OpenDocument spreadsheet, or another ZIP archive", "PK\u0003\u0004"),
    OLD_EXCEL("an old Excel spreadsheet", "\u00d0\u00cf\u0011\u00e0"),
    PARQUET("a Parquet file", "PAR1"),
    ARROW("an Arrow file", "ARROW1"),
    HDF5("an HDF5 file", "\u0089HDF"),
    SQLITE("an SQLite database", "SQLite format 3"),
    NUMPY("a NumPy array", "\u0093NUMPY"),
    PDF("a PDF document", "%PDF-"),
    STATA("a Stata file", "<stata_dta>"),
    SPSS("an SPSS file", "$FL2"),
    R("an R data file", "RDX"),
    BZIP2("a bzip2 archive", "BZh"),
    XZ("an xz archive", "\u00fd7zXZ"),
    ZSTANDARD("a Zstandard archive", "(\u00b5/\u00fd"),
    ARFF("ARFF, the format of Weka", "(?is)(\\s|%[^\\n]*\\n)*@relation\\b.*", true),
    XML("XML or HTML", "(?is)\\s*<(\\?xml|!doctype|html|table)\\b.*", true),
    JSON("JSON", "(?s)\\s*(\\[\\s*[\\[{\\]].*|\\{\\s*(\"|\\}).*)", true);

    /** Longest beginning that is examined, in bytes: an ARFF file may open with pages of comments. */
    static final int LOOKED_AT = 1 << 14;

    private final String description;
    private final String magic;
    private final Pattern pattern;

    ForeignFormat(String description, String magic) {
        this(description, magic, false);
    }

    ForeignFormat(String description, String beginning, boolean isPattern) {
        this.description = description;
        this.magic = isPattern ? "" : beginning;
        this.pattern = isPattern ? Pattern.compile(beginning) : null;
    }

    /**
     * Refuse a file of another format.
     *
     * @param beginning the first bytes, unpacked
     * @throws InputException if they are those of a known format
     */
    static void refuse(byte[] beginning, String place) {
        of(beginning).ifPresent(format -> {
            throw new InputException(
                            "this is " + format.description + ", not a table of text",
                            "Save or convert it as CSV" + (format.isArchive() ? " or gzip" : "") + ".")
                    .inFile(place);
        });
    }

    private static Optional<ForeignFormat> of(byte[] beginning) {
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        if (text.toLowerCase(Locale.ROOT).startsWith("\u00ef\u00bb\u00bf")) {
            text = text.substring(3);
        }
        for (ForeignFormat format : values()) {
            if (format.begins(text)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private boolean begins(String text) {
        return pattern == null ? text.startsWith(magic) : pattern.matcher(text).lookingAt();
    }

    private boolean isArchive() {
        return this == BZIP2 || this == XZ || this == ZSTANDARD;
    }
}
