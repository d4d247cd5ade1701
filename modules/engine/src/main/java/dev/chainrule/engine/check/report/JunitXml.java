package dev.chainrule.engine.check.report;

import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientTable;

/** A report in the XML format of JUnit that build servers read, with one test per quantity. */
public final class JunitXml {
    private JunitXml() {}

    /**
     * Return the file's text.
     *
     * @param name of the subject
     */
    public static String of(GradientReport report, String name) {
        long failed = report.rows().stream().filter(row -> row.failed() > 0).count();
        long skipped = report.rows().stream()
                .filter(row -> row.failed() == 0 && row.inconclusive())
                .count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"gradcheck ")
                .append(Xml.text(name))
                .append("\" tests=\"")
                .append(report.rows().size());
        xml.append("\" failures=\"")
                .append(failed)
                .append("\" errors=\"0\" skipped=\"")
                .append(skipped)
                .append("\">\n");
        report.rows().forEach(row -> append(xml, report, row));
        return xml.append("</testsuite>\n").toString();
    }

    private static void append(StringBuilder xml, GradientReport report, GradientReport.Row row) {
        xml.append("  <testcase classname=\"").append(Xml.text(row.equation() + "." + row.layer()));
        xml.append("\" name=\"").append(Xml.text(row.quantity())).append("\"");
        if (row.failed() > 0) {
            String text = report.faults().stream()
                    .filter(fault -> fault.row().equals(row))
                    .findFirst()
                    .map(GradientTable::text)
                    .orElse(row.failed() + " of " + row.checked() + " entries differ, because of another fault");
            xml.append(">\n    <failure message=\"").append(Xml.text(text)).append("\"/>\n  </testcase>\n");
        } else if (row.inconclusive()) {
            xml.append(">\n    <skipped message=\"too few entries could be compared: ")
                    .append(row.atKink())
                    .append(" at a kink, ")
                    .append(row.unresolved())
                    .append(" hidden by rounding, ")
                    .append(row.skipped())
                    .append(" without time\"/>\n  </testcase>\n");
        } else {
            xml.append("/>\n");
        }
    }
}
