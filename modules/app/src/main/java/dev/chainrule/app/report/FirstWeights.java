package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Markup;
import dev.chainrule.app.report.page.Picture;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.picture.WeightPictures;
import java.util.Optional;

/** The weights of the first layer as pictures, a unit or filter each, if the inputs are pictures. */
final class FirstWeights {
    private FirstWeights() {}

    static void draw(Network network, Markup page) {
        Optional<WeightPictures> drawn = WeightPictures.of(network.parameters(), network.input());
        if (drawn.isEmpty()) {
            return;
        }
        int shown = drawn.get().files().size();
        page.element("h3", "Weights of " + drawn.get().layer());
        page.element(
                "p",
                "Each picture shows the weights of a unit or filter: grey is 0, white the largest weight of the picture, "
                        + "black as far below 0."
                        + (shown < drawn.get().units()
                                ? " The first " + shown + " of "
                                        + AnswerSection.count(drawn.get().units()) + "."
                                : ""),
                "class",
                "note");
        page.open("ul", "class", "pictures weights");
        for (int j = 0; j < shown; j++) {
            page.open("li")
                    .empty("img", "src", Picture.address(drawn.get().files().get(j)), "alt", "Weights " + (j + 1));
            page.close("li");
        }
        page.close("ul");
    }
}
