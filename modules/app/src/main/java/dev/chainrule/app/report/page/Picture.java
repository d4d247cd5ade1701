package dev.chainrule.app.report.page;

import java.util.Base64;

/** A picture within a page. */
public final class Picture {
    private Picture() {}

    /** Return the address of a picture. */
    public static String address(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
