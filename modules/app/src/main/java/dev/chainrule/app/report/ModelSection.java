package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;

/** The network as a tree, and the checks of its gradients. */
final class ModelSection {
    private static final int DEEPEST = 6;

    private ModelSection() {}

    static void draw(ReportedRun run, Markup page) {
        run.network().ifPresent(network -> {
            network(network, page);
            if (run.hasModel()) {
                FirstWeights.draw(network, page);
            }
        });
    }

    private static void network(Network network, Markup page) {
        Grid grid = new Grid("Layers", List.of("layer", "kind", "input", "output", "parameters"), "llllr");
        page.open("div", "class", "tree");
        grid.open(page);
        long all = 0;
        for (NetworkTree.Branch branch : NetworkTree.of(network)) {
            long size = branch.part().layer().map(Layer::size).orElse(0L);
            all += size;
            page.open("tr");
            page.open("th", "scope", "row", "class", "l i" + Math.min(DEEPEST, branch.depth()))
                    .text(branch.name())
                    .close("th");
            List<String> cells = new ArrayList<>(List.of(branch.part().kind(), branch.inputs(), branch.output()));
            cells.add(branch.part().layer().isPresent() ? AnswerSection.count(size) : "");
            for (int i = 0; i < cells.size(); i++) {
                grid.cell(page, i + 1).text(cells.get(i)).close("td");
            }
            page.close("tr");
        }
        page.open("tr", "class", "total");
        for (int i = 0; i < 5; i++) {
            grid.cell(page, i)
                    .text(i == 0 ? "total" : i == 4 ? AnswerSection.count(all) : "")
                    .close(Grid.tag(i));
        }
        page.close("tr");
        grid.close(page);
        page.close("div");
    }
}
