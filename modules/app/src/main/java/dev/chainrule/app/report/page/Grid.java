package dev.chainrule.app.report.page;

import java.util.List;

/**
 * A table of a page, which scrolls by itself where it is wider than the page.
 *
 * @param label for readers who do not see it
 * @param headings of the columns
 * @param alignment a letter per column, {@code l} or {@code r}
 */
public record Grid(String label, List<String> headings, String alignment) {
    private static final String CLASS = "class";

    /** Draw it with texts. */
    public void draw(Markup page, List<List<String>> rows) {
        open(page);
        for (List<String> row : rows) {
            page.open("tr");
            for (int i = 0; i < row.size(); i++) {
                cell(page, i).text(row.get(i)).close(tag(i));
            }
            page.close("tr");
        }
        close(page);
    }

    /** Open the table, with its headings. */
    public void open(Markup page) {
        page.open("div", CLASS, "wide", "tabindex", "0", "role", "region", "aria-label", label)
                .open("table")
                .open("thead")
                .open("tr");
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).isEmpty()) {
                page.open("td").close("td");
            } else {
                page.element("th", headings.get(i), "scope", "col", CLASS, side(i));
            }
        }
        page.close("tr").close("thead").open("tbody");
    }

    /** Open a cell; the first of a row is its heading. */
    public Markup cell(Markup page, int column) {
        return column == 0
                ? page.open("th", "scope", "row", CLASS, side(column))
                : page.open("td", CLASS, side(column));
    }

    public static String tag(int column) {
        return column == 0 ? "th" : "td";
    }

    private String side(int column) {
        return alignment.substring(Math.min(column, alignment.length() - 1)).startsWith("r") ? "r" : "l";
    }

    public void close(Markup page) {
        page.close("tbody").close("table").close("div");
    }
}
