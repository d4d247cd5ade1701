package dev.chainrule.bench.peer;

import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Schedule;
import dev.chainrule.builtin.loss.CrossEntropy;
import dev.chainrule.builtin.loss.Quadratic;
import dev.chainrule.builtin.optimizer.Adam;
import dev.chainrule.builtin.optimizer.Sgd;
import dev.chainrule.builtin.schedule.ConstantRate;
import dev.chainrule.engine.experiment.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The training that a config declares as a TorchScript module, which PyTorch compiles, and interprets without a call from Java
 * or Python in between: {@code forward} trains an epoch, {@code net} computes outputs, {@code cost} the mean cost of a batch.
 *
 * <p>The lists are {@code w} and {@code r} of {@link TorchLayers}, and the optimizer's state: a mean, a mean square and a number of
 * steps for each parameter.
 */
final class TorchModule {
    private static final String CODE = """
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              def net(self: __torch__.Net, x: Tensor, w: List[Tensor], r: List[Tensor], training: bool) -> Tensor:
            %s\
              def cost(self: __torch__.Net, out: Tensor, y: Tensor) -> Tensor:
                return %s
              def forward(self: __torch__.Net, all: Tensor, targets: Tensor, order: Tensor, w: List[Tensor], r: List[Tensor], \
            m: List[Tensor], v: List[Tensor], t: List[Tensor]) -> Tensor:
                x = torch.index_select(all, 0, order)
                y = torch.index_select(targets, 0, order)
                count = torch.size(x, 0)
                none = annotate(List[Tensor], [])
                for i in range(torch.floordiv(count + %3$d - 1, %3$d)):
                  a = i * %3$d
                  b = ops.prim.min(a + %3$d, count)
                  out = self.net(torch.slice(x, 0, a, b), w, r, True)
                  found = torch.grad([self.cost(out, torch.slice(y, 0, a, b))], w)
                  g = annotate(List[Tensor], [])
                  for j in range(torch.len(w)):
                    _0 = torch.append(g, unchecked_cast(Tensor, found[j]))
                  torch.set_grad_enabled(False)
                  %4$s
                  torch.set_grad_enabled(True)
                return order
            """;

    private TorchModule() {}

    /** Return the code of a module. */
    static String code(Experiment experiment, TorchLayers layers) {
        return CODE.formatted(
                layers.text(),
                cost(experiment.loss().orElseThrow()),
                experiment.data().batchSize().examples(),
                update(experiment.optimizer()));
    }

    private static String cost(Loss loss) {
        if (loss instanceof Quadratic) {
            return "torch.sum(torch.pow(out - y, 2)) * 0.5 / torch.size(out, 0)";
        } else if (loss instanceof CrossEntropy) {
            return "torch.cross_entropy_loss(out, y)";
        }
        throw new IllegalArgumentException("no TorchScript is known here for " + loss);
    }

    /** Return the update that PyTorch fuses for all parameters together. */
    private static String update(OptimizerSpec optimizer) {
        if (optimizer instanceof Sgd sgd) {
            return String.format(
                    Locale.ROOT,
                    "torch._fused_sgd_(w, g, none, weight_decay=0., momentum=%s, lr=%s, dampening=0., nesterov=False, "
                            + "maximize=False, is_first_step=False)",
                    sgd.momentum(),
                    rate(sgd.learningRate()));
        } else if (optimizer instanceof Adam adam) {
            return String.format(
                    Locale.ROOT,
                    "torch._foreach_add_(t, 1)\n      torch._fused_adam_(w, g, m, v, none, t, lr=%s, beta1=%s, beta2=%s, "
                            + "weight_decay=0., eps=%s, amsgrad=False, maximize=False)",
                    rate(adam.learningRate()),
                    adam.beta1(),
                    adam.beta2(),
                    adam.epsilon());
        }
        throw new IllegalArgumentException("no TorchScript is known here for " + optimizer);
    }

    private static double rate(Schedule schedule) {
        if (schedule instanceof ConstantRate constant) {
            return constant.value();
        }
        throw new IllegalArgumentException("no TorchScript is known here for " + schedule);
    }

    /**
     * Write a module to a temporary file, as {@code torch.jit.save} does: a zip of the code and of two pickles, one of an object
     * without attributes, one of no constants.
     */
    static Path write(String code) throws IOException {
        Path file = Files.createTempFile("chainrule-bench-", ".pt");
        Map<String, String> entries = new TreeMap<>(Map.of(
                "code/__torch__.py", code,
                "data.pkl", "\u0080\u0002c__torch__\nNet\n)\u0081}b.",
                "constants.pkl", "\u0080\u0002).",
                "version", "3\n"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry("net/" + entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return file;
    }
}
