package dev.chainrule.app.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A whole HTML page. Its policy forbids every request, and every script and style except its own two, whose hashes it has: should
 * some text ever get into the page as markup, it could do nothing.
 */
public final class Page {
    private final String title;
    private final UnaryOperator<String> hide;
    private final Markup heading;
    private final Map<String, Markup> sections = new LinkedHashMap<>();

    /**
     * Begin.
     *
     * @param hide hides the secrets of a text
     */
    public Page(String title, UnaryOperator<String> hide) {
        this.title = title;
        this.hide = hide;
        this.heading = new Markup(hide);
    }

    /**
     * Set the heading.
     *
     * @param state how the run ended; {@code ""} if there is none
     * @param place where the run is; {@code ""} if there is none
     */
    public void heading(String name, String state, String place) {
        heading.open("header").open("h1").text(name);
        if (!state.isEmpty()) {
            heading.text(" ").element("span", state, "class", "state " + state);
        }
        heading.close("h1");
        if (!place.isEmpty()) {
            heading.element("p", place, "class", "faint");
        }
        heading.open("button", "type", "button", "id", "theme", "hidden", "")
                .text("theme: system")
                .close("button");
        heading.close("header");
    }

    /** Add a section; one without content is left out. */
    public void section(String name, Consumer<Markup> content) {
        Markup section = new Markup(hide);
        content.accept(section);
        if (!section.toString().isEmpty()) {
            sections.put(name, section);
        }
    }

    /** Return the page. */
    public String text() {
        String style = resource("report.css");
        String script = resource("report.js");
        Markup page = new Markup(hide);
        page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; img-src data:; style-src '" + hash(style) + "'; script-src '" + hash(script)
                        + "'");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", title);
        page.open("style").trusted(style).close("style").close("head").open("body");
        page.trusted(heading.toString()).open("nav", "aria-label", "Sections");
        sections.keySet().forEach(name -> page.element("a", name, "href", "#" + anchor(name)));
        page.close("nav").open("main");
        sections.forEach((name, content) -> page.open("section", "id", anchor(name))
                .element("h2", name)
                .trusted(content.toString())
                .close("section"));
        page.close("main");
        page.open("script").trusted(script).close("script");
        return page.close("body").close("html").toString();
    }

    private static String anchor(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
