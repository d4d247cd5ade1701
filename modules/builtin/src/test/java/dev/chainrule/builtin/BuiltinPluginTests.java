package dev.chainrule.builtin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Kind;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Span;
import dev.chainrule.builtin.hook.Every;
import dev.chainrule.model.window.Padding;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BuiltinPluginTests {
    private final List<Class<? extends Record>> components = new BuiltinPlugin().components();

    @Test
    void services_load_findThePlugin() {
        List<String> found = ServiceLoader.load(Plugin.class).stream()
                .map(provider -> provider.type().getName())
                .toList();
        assertEquals(List.of(BuiltinPlugin.class.getName()), found);
        assertEquals(Api.LEVEL, new BuiltinPlugin().apiLevel());
    }

    @Test
    void components_ofEachKind_areThese() {
        Map<Kind, TreeSet<String>> names = new EnumMap<>(Kind.class);
        for (Class<? extends Record> component : components) {
            Kind kind = Kind.implementedBy(component).orElseThrow();
            String name = component.getAnnotation(Component.class).value();
            assertTrue(names.computeIfAbsent(kind, k -> new TreeSet<>()).add(name), "twice: " + kind + " " + name);
        }
        assertAll(
                () -> assertNames(
                        names,
                        Kind.LAYER,
                        "activation activity_regularizer add batch_norm concat conv crop dense depthwise_conv dot"
                                + " dropout embed flatten gaussian_noise global_max_pool global_mean_pool group_norm layer_norm max_pool mean"
                                + " mean_pool multiply pad parallel permute prelu repeat reshape residual same_as sample select"
                                + " separable_conv spatial_dropout transposed_conv upsample"),
                () -> assertNames(
                        names,
                        Kind.ACTIVATION,
                        "celu elu exponential gelu gelu_tanh hard_sigmoid hard_silu hard_tanh identity leaky_relu log_softmax"
                                + " mish relu relu6 selu sigmoid silu softmax softplus softsign tanh"),
                () -> assertNames(
                        names,
                        Kind.LOSS,
                        "binary_cross_entropy cosine cross_entropy focal hinge huber kl_divergence log_cosh mae poisson"
                                + " quadratic quantile squared_hinge"),
                () -> assertNames(
                        names,
                        Kind.OPTIMIZER,
                        "adadelta adagrad adam adamax adamw amsgrad lamb lbfgs lion nadam radam rmsprop sgd"),
                () -> assertNames(
                        names,
                        Kind.SCHEDULE,
                        "constant cosine cosine_restarts exponential inverse_time linear one_cycle piecewise plateau"
                                + " polynomial step warmup"),
                () -> assertNames(
                        names,
                        Kind.INITIALIZER,
                        "constant he_normal he_uniform identity lecun_normal lecun_uniform normal orthogonal"
                                + " truncated_normal uniform values variance_scaling xavier_normal xavier_uniform zeros"),
                () -> assertNames(names, Kind.REGULARIZER, "l1 l2"),
                () -> assertNames(
                        names,
                        Kind.DATA_SOURCE,
                        "cifar10 csv digit_pairs digits fashion_mnist idx image images inline mnist shapes"),
                () -> assertNames(
                        names,
                        Kind.TRANSFORM,
                        "bins clip cross fill frequency log min_max one_hot pca power robust scale standardize target_mean"
                                + " tf_idf"),
                () -> assertNames(
                        names,
                        Kind.AUGMENTATION,
                        "brightness contrast crop cutout elastic expand flip mixup noise rotate shift zoom"),
                () -> assertNames(
                        names,
                        Kind.METRIC,
                        "accuracy auc average_precision balanced_accuracy binary_accuracy brier calibration_error"
                                + " exact explained_variance f1 kappa log_loss loss mae mape matthews mse precision quantile_loss r2"
                                + " recall rmse top_k"),
                () -> assertNames(
                        names,
                        Kind.HOOK,
                        "checkpoint early_stopping gradient_check inspect learning_speed log metrics_csv mlflow progress prometheus tensorboard"));
    }

    private static void assertNames(Map<Kind, ? extends Set<String>> names, Kind kind, String expected) {
        assertEquals(expected, String.join(" ", names.get(kind)), kind.label());
    }

    @Test
    void components_each_areDocumentedRecordsOfOneKind() {
        int parameters = 0;
        for (Class<? extends Record> component : components) {
            String place = component.getName();
            Component annotation = component.getAnnotation(Component.class);
            assertNotNull(annotation, place);
            assertTrue(annotation.value().matches("[a-z][a-z0-9_]*"), place + ": " + annotation.value());
            assertTrue(Kind.implementedBy(component).isPresent(), place + " is of one kind");
            assertDocumented(component.getAnnotation(Doc.class), place);
            for (RecordComponent parameter : component.getRecordComponents()) {
                assertDocumented(parameter.getAnnotation(Doc.class), place + "." + parameter.getName());
                parameters++;
            }
        }
        assertEquals(184, components.size(), "components seen");
        assertEquals(376, parameters, "parameters seen");
    }

    private static void assertDocumented(Doc doc, String place) {
        assertNotNull(doc, place);
        assertFalse(doc.value().isBlank(), place);
        assertTrue(doc.value().matches(".*[.…]"), place + " is a sentence: " + doc.value());
    }

    @Test
    void components_inTheList_areSortedByPackageThenClass() {
        List<String> names = components.stream().map(Class::getName).toList();
        assertEquals(names.stream().sorted().toList(), names);
    }

    @Test
    void defaults_ofEachParameter_canBeRead() {
        List<String> unread = new ArrayList<>();
        int read = 0;
        for (Class<? extends Record> component : components) {
            for (RecordComponent parameter : component.getRecordComponents()) {
                Default text = parameter.getAnnotation(Default.class);
                if (text != null) {
                    String place = component.getSimpleName() + "." + parameter.getName();
                    if (canRead(parameter.getType(), text.value())) {
                        read++;
                    } else {
                        unread.add(place + ": " + text.value());
                    }
                }
            }
        }
        assertEquals(List.of(), unread);
        assertEquals(214, read, "defaults seen");
    }

    private boolean canRead(Class<?> type, String text) {
        if (type == OneOrMore.class) {
            return Integer.parseInt(text) >= 0;
        } else if (type == Padding.class) {
            return Padding.parse(text).toString().equals(text);
        } else if (type == String.class || type == char.class) {
            return !text.isEmpty();
        } else if (type == double.class) {
            return Double.isFinite(Double.parseDouble(text));
        } else if (type == int.class) {
            return Integer.parseInt(text) >= 0;
        } else if (type == long.class) {
            return Long.parseLong(text) >= 0;
        } else if (type == boolean.class) {
            return List.of("true", "false").contains(text);
        } else if (type == List.class) {
            return text.matches("\\[.*]");
        } else if (type == Span.class) {
            return Span.parse(text).toString().equals(text);
        } else if (type == Every.class) {
            return Every.parse(text).toString().equals(text);
        } else if (type.isEnum()) {
            return List.of(type.getEnumConstants()).stream()
                    .anyMatch(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).equals(text));
        }
        Kind kind = Kind.of(type).orElse(null);
        if (kind == null) {
            return false;
        }
        boolean isNumber = kind.forNumbers().isPresent() && text.matches("[0-9.e-]+");
        return isNumber
                || components.stream()
                        .anyMatch(component -> kind.type().isAssignableFrom(component)
                                && component
                                        .getAnnotation(Component.class)
                                        .value()
                                        .equals(text));
    }
}
