package dev.chainrule.app.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A report as a reader of its markup sees it: without style and script it is well-formed XML. */
final class ReportPage {
    private static final List<String> TAGS = List.of(
            "a",
            "b",
            "body",
            "button",
            "data",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "head",
            "header",
            "html",
            "img",
            "input",
            "label",
            "li",
            "main",
            "meta",
            "nav",
            "output",
            "p",
            "path",
            "pre",
            "script",
            "section",
            "small",
            "span",
            "style",
            "summary",
            "svg",
            "table",
            "tbody",
            "td",
            "text",
            "th",
            "thead",
            "title",
            "tr",
            "ul");

    private final String text;
    private final Document document;

    ReportPage(String text) {
        this.text = text;
        this.document = parsed(text.replaceAll("(?s)<(style|script)>.*?</\\1>", "<$1></$1>"));
    }

    static Document parsed(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        return text;
    }

    List<Element> elements(String tag) {
        List<Element> elements = new ArrayList<>();
        NodeList found = document.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** Return the texts of all elements. */
    List<String> texts(String tag) {
        return elements(tag).stream().map(Element::getTextContent).toList();
    }

    /** Return the section with an anchor. */
    Element section(String anchor) {
        return elements("section").stream()
                .filter(section -> section.getAttribute("id").equals(anchor))
                .findFirst()
                .orElseThrow();
    }

    /** Return the recorded values of each line of a chart, by place on the axis, by the name of the metric. */
    Map<String, Map<Double, Double>> lines() {
        Map<String, Map<Double, Double>> lines = new LinkedHashMap<>();
        elements("path").stream().filter(path -> path.hasAttribute("data-name")).forEach(path -> {
            String[] x = path.getAttribute("data-x").split(" ");
            String[] y = path.getAttribute("data-y").split(" ");
            Map<Double, Double> values = new LinkedHashMap<>();
            for (int i = 0; i < x.length; i++) {
                values.put(Double.valueOf(x[i]), Double.valueOf(y[i]));
            }
            lines.put(path.getAttribute("data-name"), values);
        });
        return lines;
    }

    /** Require that all elements and attributes are the program's own. */
    void requireOwnMarkup() {
        TreeSet<String> tags = new TreeSet<>();
        TreeSet<String> attributes = new TreeSet<>();
        elements("*").forEach(element -> {
            tags.add(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                attributes.add(element.getAttributes().item(i).getNodeName());
            }
        });
        tags.removeAll(TAGS);
        assertTrue(tags.isEmpty(), tags::toString);
        assertTrue(
                attributes.stream().noneMatch(name -> name.startsWith("on") || name.equals("style")),
                attributes::toString);
    }
}
