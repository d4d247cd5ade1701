package dev.chainrule.config.bind;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.node.ConfigNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Names in Keras, PyTorch, scikit-learn and Ludwig of things that have another name here.
 *
 * <p>Case, hyphens, underscores and blanks are ignored. A name is suggested only if the registry or the record has it.
 */
final class ForeignNames {
    private static final List<Component> COMPONENTS = List.of(
            new Component(Kind.LAYER, "embed", "embedding", "embeddings", "embedding_layer"),
            new Component(Kind.LAYER, "dense", "linear", "fc", "fully_connected", "inner_product", "lazy_linear"),
            new Component(
                    Kind.LAYER,
                    "batch_norm",
                    "batch_normalization",
                    "batch_norm_1d",
                    "batch_norm_2d",
                    "bn",
                    "normalization"),
            new Component(
                    Kind.LAYER,
                    "conv",
                    "conv_1d",
                    "conv_2d",
                    "convolution",
                    "convolution_1d",
                    "convolution_2d",
                    "convolutional"),
            new Component(
                    Kind.LAYER,
                    "max_pool",
                    "max_pool_1d",
                    "max_pool_2d",
                    "max_pooling",
                    "max_pooling_1d",
                    "max_pooling_2d"),
            new Component(
                    Kind.LAYER,
                    "mean_pool",
                    "avg_pool",
                    "avg_pool_1d",
                    "avg_pool_2d",
                    "average_pool",
                    "average_pooling",
                    "average_pooling_1d",
                    "average_pooling_2d"),
            new Component(
                    Kind.LAYER,
                    "global_max_pool",
                    "global_max_pooling",
                    "global_max_pooling_1d",
                    "global_max_pooling_2d",
                    "adaptive_max_pool_1d",
                    "adaptive_max_pool_2d"),
            new Component(
                    Kind.LAYER,
                    "global_mean_pool",
                    "global_average_pooling",
                    "global_average_pooling_1d",
                    "global_average_pooling_2d",
                    "adaptive_avg_pool_1d",
                    "adaptive_avg_pool_2d"),
            new Component(Kind.LAYER, "depthwise_conv", "depthwise_conv_1d", "depthwise_conv_2d"),
            new Component(Kind.LAYER, "separable_conv", "separable_conv_1d", "separable_conv_2d"),
            new Component(
                    Kind.LAYER,
                    "transposed_conv",
                    "conv_transpose",
                    "conv_1d_transpose",
                    "conv_2d_transpose",
                    "conv_transpose_1d",
                    "conv_transpose_2d",
                    "deconvolution",
                    "deconv"),
            new Component(
                    Kind.LAYER, "upsample", "up_sampling_1d", "up_sampling_2d", "upsampling", "upsampling_nearest_2d"),
            new Component(Kind.LAYER, "pad", "zero_padding", "zero_padding_1d", "zero_padding_2d", "zero_pad_2d"),
            new Component(Kind.LAYER, "crop", "cropping", "cropping_1d", "cropping_2d", "center_crop"),
            new Component(
                    Kind.LAYER,
                    "spatial_dropout",
                    "spatial_dropout_1d",
                    "spatial_dropout_2d",
                    "dropout_1d",
                    "dropout_2d"),
            new Component(Kind.LAYER, "group_norm", "group_normalization", "gn"),
            new Component(Kind.LAYER, "layer_norm", "layer_normalization", "ln"),
            new Component(Kind.LAYER, "gaussian_noise", "noise", "add_noise"),
            new Component(Kind.LAYER, "reshape", "unflatten", "view", "to_shape"),
            new Component(Kind.LAYER, "permute", "transpose"),
            new Component(Kind.LAYER, "activation", "lambda"),
            new Component(Kind.LAYER, "add", "sum", "plus", "merge", "addition"),
            new Component(Kind.LAYER, "concat", "concatenate", "cat", "stack"),
            new Component(Kind.LAYER, "multiply", "mul", "product", "times", "hadamard"),
            new Component(Kind.LAYER, "mean", "average", "avg"),
            new Component(Kind.LAYER, "parallel", "branches", "split", "inception"),
            new Component(Kind.LAYER, "repeat", "loop", "sequential", "block"),
            new Component(Kind.LAYER, "residual", "res_block", "resnet_block", "skip", "skip_connection", "shortcut"),
            new Component(Kind.LAYER, "same_as", "shared", "share", "reuse"),
            new Component(Kind.ACTIVATION, "identity", "linear", "none", "null"),
            new Component(Kind.ACTIVATION, "sigmoid", "logistic", "expit"),
            new Component(Kind.ACTIVATION, "silu", "swish"),
            new Component(Kind.ACTIVATION, "relu", "rectifier", "rectified_linear"),
            new Component(Kind.ACTIVATION, "softmax", "multiclass"),
            new Component(
                    Kind.LOSS,
                    "quadratic",
                    "mse",
                    "mse_loss",
                    "mean_squared_error",
                    "squared_error",
                    "squared_loss",
                    "l2",
                    "l2_loss",
                    "least_squares"),
            new Component(
                    Kind.LOSS,
                    "cross_entropy",
                    "categorical_crossentropy",
                    "sparse_categorical_crossentropy",
                    "softmax_cross_entropy",
                    "nll",
                    "nll_loss",
                    "negative_log_likelihood",
                    "log_loss"),
            new Component(
                    Kind.LOSS,
                    "binary_cross_entropy",
                    "bce",
                    "bce_loss",
                    "bce_with_logits_loss",
                    "sigmoid_cross_entropy"),
            new Component(Kind.LOSS, "cosine", "cosine_similarity", "cosine_distance", "cosine_embedding_loss"),
            new Component(
                    Kind.LOSS,
                    "focal",
                    "focal_loss",
                    "binary_focal_crossentropy",
                    "categorical_focal_crossentropy",
                    "sigmoid_focal_loss"),
            new Component(Kind.LOSS, "hinge", "hinge_loss", "categorical_hinge", "multi_margin_loss", "svm"),
            new Component(Kind.LOSS, "huber", "huber_loss", "smooth_l1", "smooth_l1_loss"),
            new Component(Kind.LOSS, "kl_divergence", "kl_div", "kl_div_loss", "kld", "kullback_leibler_divergence"),
            new Component(Kind.LOSS, "log_cosh", "log_cosh_loss"),
            new Component(Kind.LOSS, "mae", "mean_absolute_error", "absolute_error", "l1", "l1_loss"),
            new Component(Kind.LOSS, "poisson", "poisson_nll", "poisson_nll_loss", "poisson_loss"),
            new Component(Kind.LOSS, "quantile", "quantile_loss", "pinball", "pinball_loss", "quantile_regression"),
            new Component(Kind.LOSS, "squared_hinge", "squared_hinge_loss"),
            new Component(
                    Kind.METRIC,
                    "accuracy",
                    "acc",
                    "val_acc",
                    "val_accuracy",
                    "categorical_accuracy",
                    "sparse_categorical_accuracy"),
            new Component(Kind.METRIC, "auc", "roc_auc", "roc_auc_score", "auroc", "area_under_curve", "val_auc"),
            new Component(
                    Kind.METRIC, "average_precision", "average_precision_score", "pr_auc", "auc_pr", "auprc", "aupr"),
            new Component(Kind.METRIC, "brier", "brier_score", "brier_score_loss"),
            new Component(Kind.METRIC, "calibration_error", "ece", "expected_calibration_error"),
            new Component(Kind.METRIC, "explained_variance", "explained_variance_score"),
            new Component(Kind.METRIC, "kappa", "cohen_kappa", "cohen_kappa_score", "cohens_kappa"),
            new Component(
                    Kind.METRIC,
                    "log_loss",
                    "cross_entropy",
                    "categorical_crossentropy",
                    "binary_crossentropy",
                    "logloss"),
            new Component(Kind.METRIC, "mape", "mean_absolute_percentage_error"),
            new Component(Kind.METRIC, "matthews", "mcc", "matthews_corrcoef", "matthews_correlation"),
            new Component(Kind.METRIC, "quantile_loss", "pinball", "pinball_loss", "mean_pinball_loss"),
            new Component(Kind.METRIC, "balanced_accuracy", "balanced_accuracy_score", "uar", "mean_recall"),
            new Component(Kind.METRIC, "binary_accuracy", "multilabel_accuracy", "hamming_score"),
            new Component(Kind.METRIC, "f1", "f1_score", "f_score", "f_measure", "fscore"),
            new Component(Kind.METRIC, "precision", "precision_score", "positive_predictive_value", "ppv"),
            new Component(Kind.METRIC, "r2", "r2_score", "r_squared", "coefficient_of_determination"),
            new Component(Kind.METRIC, "recall", "recall_score", "sensitivity", "true_positive_rate", "tpr"),
            new Component(Kind.METRIC, "rmse", "root_mean_squared_error", "val_rmse"),
            new Component(
                    Kind.METRIC,
                    "top_k",
                    "top_k_accuracy",
                    "top_k_categorical_accuracy",
                    "top_k_accuracy_score",
                    "top_5"),
            new Component(Kind.METRIC, "loss", "val_loss", "train_loss"),
            new Component(Kind.METRIC, "mse", "mean_squared_error", "val_mse"),
            new Component(Kind.METRIC, "mae", "mean_absolute_error", "val_mae"),
            new Component(Kind.OPTIMIZER, "adamw", "adam_w", "adam_decoupled", "decoupled_adam"),
            new Component(Kind.OPTIMIZER, "amsgrad", "ams_grad", "adam_amsgrad"),
            new Component(Kind.OPTIMIZER, "nadam", "n_adam", "nesterov_adam"),
            new Component(Kind.OPTIMIZER, "radam", "r_adam", "rectified_adam"),
            new Component(Kind.OPTIMIZER, "sgd", "gd", "gradient_descent", "momentum", "nesterov"),
            new Component(Kind.INITIALIZER, "xavier_uniform", "glorot_uniform", "glorot", "xavier"),
            new Component(Kind.INITIALIZER, "xavier_normal", "glorot_normal"),
            new Component(Kind.INITIALIZER, "he_normal", "kaiming_normal", "kaiming", "he"),
            new Component(Kind.INITIALIZER, "he_uniform", "kaiming_uniform"),
            new Component(Kind.INITIALIZER, "normal", "random_normal", "gaussian", "truncated_normal"),
            new Component(Kind.INITIALIZER, "uniform", "random_uniform"),
            new Component(Kind.REGULARIZER, "l2", "weight_decay", "ridge"),
            new Component(Kind.REGULARIZER, "l1", "lasso"),
            new Component(Kind.SCHEDULE, "cosine", "cosine_annealing", "cosine_annealing_lr", "cosine_decay"),
            new Component(
                    Kind.SCHEDULE,
                    "cosine_restarts",
                    "cosine_annealing_warm_restarts",
                    "cosine_decay_restarts",
                    "sgdr"),
            new Component(Kind.SCHEDULE, "exponential", "exponential_lr", "exponential_decay"),
            new Component(Kind.SCHEDULE, "inverse_time", "inverse_time_decay", "inv_scaling", "inverse_scaling"),
            new Component(Kind.SCHEDULE, "linear", "linear_decay"),
            new Component(Kind.SCHEDULE, "one_cycle", "one_cycle_lr", "super_convergence"),
            new Component(
                    Kind.SCHEDULE,
                    "piecewise",
                    "multi_step",
                    "multi_step_lr",
                    "piecewise_constant",
                    "piecewise_constant_decay",
                    "sequential_lr"),
            new Component(Kind.SCHEDULE, "plateau", "reduce_lr_on_plateau", "reduce_on_plateau", "adaptive"),
            new Component(Kind.SCHEDULE, "polynomial", "polynomial_lr", "polynomial_decay", "poly"),
            new Component(Kind.SCHEDULE, "step", "step_lr", "staircase"),
            new Component(Kind.SCHEDULE, "warmup", "linear_warmup", "linear_lr"),
            new Component(
                    Kind.TRANSFORM,
                    "standardize",
                    "standard_scaler",
                    "zscore",
                    "normalize",
                    "normalization",
                    "z_score"),
            new Component(Kind.TRANSFORM, "scale", "rescale", "rescaling"),
            new Component(Kind.TRANSFORM, "min_max", "min_max_scaler", "minmax", "min_max_normalize"),
            new Component(Kind.TRANSFORM, "robust", "robust_scaler", "iqr"),
            new Component(Kind.TRANSFORM, "power", "power_transformer", "yeo_johnson", "box_cox"),
            new Component(Kind.TRANSFORM, "bins", "k_bins_discretizer", "discretize", "discretization", "bucketize"),
            new Component(Kind.TRANSFORM, "target_mean", "target_encoder", "target_encoding", "mean_encoding"),
            new Component(Kind.TRANSFORM, "frequency", "count_encoder", "count_encoding", "frequency_encoding"),
            new Component(Kind.TRANSFORM, "pca", "principal_components", "principal_component_analysis"),
            new Component(Kind.TRANSFORM, "tf_idf", "tfidf", "tfidf_transformer", "tfidf_vectorizer"),
            new Component(Kind.TRANSFORM, "cross", "crossed_column", "feature_cross", "hashed_crossing"),
            new Component(Kind.TRANSFORM, "clip", "winsorize", "winsorizer", "clamp"),
            new Component(Kind.TRANSFORM, "fill", "simple_imputer", "imputer", "impute"),
            new Component(Kind.TRANSFORM, "one_hot", "one_hot_encoder", "to_categorical", "label_binarizer"),
            new Component(Kind.DATA_SOURCE, "csv", "tsv", "table", "dataframe", "pandas", "tabular"),
            new Component(Kind.HOOK, "checkpoint", "model_checkpoint", "save"),
            new Component(Kind.HOOK, "progress", "tqdm", "progress_bar"),
            new Component(Kind.HOOK, "log", "csv_logger", "logger", "print"));

    private static final List<Key> KEYS = List.of(
            new Key(
                    "learning_rate",
                    "lr",
                    "eta",
                    "eta0",
                    "base_lr",
                    "learn_rate",
                    "learning_rate_init",
                    "step_size",
                    "alpha"),
            new Key("rate", "p", "prob", "probability", "drop_prob", "dropout", "dropout_rate", "drop_rate"),
            new Key(
                    "units",
                    "out_features",
                    "neurons",
                    "nodes",
                    "n_units",
                    "num_units",
                    "hidden_units",
                    "hidden_size",
                    "output_size",
                    "output_dim",
                    "width"),
            new Key("filters", "out_channels", "channels", "num_filters", "n_filters", "units"),
            new Key("size", "kernel_size", "filter_size", "pool_size", "kernel", "window"),
            new Key("stride", "strides", "subsample", "step"),
            new Key("padding", "pad", "border_mode"),
            new Key("dilation", "dilation_rate", "dilations"),
            new Key("activation", "act", "activation_fn", "activation_function", "nonlinearity"),
            new Key("function", "activation"),
            new Key("weights", "kernel_initializer", "weight_initializer", "weight_init", "kernel_init", "init"),
            new Key("biases", "bias_initializer", "bias_init"),
            new Key("regularizer", "kernel_regularizer", "weight_regularizer", "weight_decay", "penalty", "l1", "l2"),
            new Key("use_bias", "bias", "fit_intercept"),
            new Key("trainable", "requires_grad", "freeze", "frozen"),
            new Key(
                    "learning_rate_factor",
                    "freeze",
                    "frozen",
                    "lr_mult",
                    "lr_multiplier",
                    "lr_scale",
                    "learning_rate_multiplier",
                    "learning_rate"),
            new Key("from", "input", "inputs", "inbound_nodes", "bottom", "sources"),
            new Key("times", "n", "count", "repeats", "rounds", "num_layers"),
            new Key("layers", "body", "block", "modules", "children"),
            new Key("join", "merge", "merge_mode", "mode", "combine"),
            new Key("epochs", "epoch", "n_epochs", "num_epochs", "nb_epoch", "max_epochs", "max_iter", "n_iter"),
            new Key("batch_size", "batch", "minibatch_size", "mini_batch_size", "train_batch_size"),
            new Key("seed", "random_state", "random_seed", "manual_seed", "rng_seed"),
            new Key(
                    "validation",
                    "validation_split",
                    "validation_fraction",
                    "val_split",
                    "val",
                    "valid",
                    "dev",
                    "eval_set"),
            new Key("test", "test_size", "test_split", "test_fraction", "holdout"),
            new Key("model", "layers", "network", "architecture", "net"),
            new Key("hooks", "callbacks"),
            new Key("loss", "criterion", "objective", "loss_function", "loss_fn", "cost", "cost_function"),
            new Key("optimizer", "optim", "solver"),
            new Key("training", "fit", "trainer"),
            new Key("transforms", "preprocessing", "preprocess", "scaler"),
            new Key("augmentation", "augment", "augmentations", "data_augmentation", "train_transforms"),
            new Key("data", "dataset", "datasets", "input_features"),
            new Key("metric", "monitor"),
            new Key("restore_best", "restore_best_weights", "restore_best_model"),
            new Key("every", "period", "save_freq", "frequency", "log_every_n_steps"),
            new Key("keep", "max_to_keep", "save_total_limit", "save_top_k"),
            new Key("epsilon", "eps"),
            new Key("to", "target_shape", "dims"),
            new Key("from", "initial_learning_rate", "initial_lr", "start_lr"),
            new Key("to", "end_learning_rate", "eta_min", "min_lr", "end_lr"),
            new Key("peak", "max_lr", "max_learning_rate"),
            new Key("rise", "pct_start"),
            new Key("over", "decay_steps", "total_steps", "t_max", "total_iters"),
            new Key("first", "first_decay_steps", "t_0"),
            new Key("growth", "t_mul", "t_mult"),
            new Key("at", "boundaries", "milestones"),
            new Key("rates", "values", "schedules"),
            new Key("label_smoothing", "smoothing", "label_smooth"),
            new Key("level", "quantile", "alpha", "tau", "q"),
            new Key("delta", "beta"),
            new Key("factor", "gamma", "decay_rate", "m_mul"),
            new Key("axes", "dims", "perm", "permutation"),
            new Key("slope", "alpha", "init", "negative_slope"),
            new Key("std", "stddev", "sigma", "standard_deviation"),
            new Key("decay", "rho"),
            new Key("lambda", "alpha", "l1", "l2", "coefficient"),
            new Key("strength", "weight_decay"),
            new Key("clip_value", "clipvalue", "grad_clip_value", "gradient_clip_algorithm"),
            new Key("clip_norm", "max_grad_norm", "grad_clip", "gradient_clip", "gradient_clip_val", "clip_gradients"),
            new Key("columns", "features", "inputs", "input_features", "feature_columns", "usecols"),
            new Key("target", "label", "output_features", "output", "y", "target_column", "label_column"),
            new Key("delimiter", "sep", "separator"),
            new Key("weight", "sample_weight", "sample_weights", "weight_column", "weights_column", "example_weight"),
            new Key("missing_values", "na_values", "null_values"),
            new Key("skip", "skiprows", "skip_rows"),
            new Key("categorical", "categorical_columns", "categorical_features"),
            new Key("file", "path", "filename", "filepath"),
            new Key("precision", "dtype"),
            new Key("of", "class", "class_name", "pos_label", "positive", "positive_class"),
            new Key("k", "top_k"),
            new Key("by", "groups", "group", "group_column", "group_by"),
            new Key("class_weights", "class_weight", "pos_weight", "scale_pos_weight", "loss_weights"),
            new Key("by", "factor"));

    private static final String NUMBER = "[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?";
    private static final String FRACTION = "0?\\.[0-9]+";
    private static final String COUNT = "[1-9][0-9]*";

    private static final List<Form> FORMS = List.of(
            new Form("learning_rate_factor", "[Tt]rue", "0", "freeze", "frozen"),
            new Form("learning_rate_factor", "[Ff]alse", "1", "freeze", "frozen"),
            new Form("learning_rate_factor", "[Ff]alse", "0", "trainable", "requires_grad"),
            new Form("learning_rate_factor", "[Tt]rue", "1", "trainable", "requires_grad"),
            new Form("regularizer", NUMBER, "{ type: l1, strength: $ }", "l1"),
            new Form("regularizer", NUMBER, "{ type: l2, strength: $ }", "l2", "weight_decay", "penalty"),
            new Form("test", FRACTION, "{ fraction: $ }", "test_size", "test_split", "test_fraction", "holdout"),
            new Form("test", COUNT, "{ count: $ }", "test_size", "test_split", "holdout"),
            new Form(
                    "validation",
                    FRACTION,
                    "{ fraction: $ }",
                    "validation_split",
                    "validation_fraction",
                    "validation_size",
                    "val_split",
                    "val_size"),
            new Form(
                    "validation",
                    COUNT,
                    "{ count: $ }",
                    "validation_split",
                    "validation_size",
                    "val_split",
                    "val_size"));

    private ForeignNames() {}

    /** Return the component with this name in another tool, if it is known here. */
    static Optional<String> component(Kind kind, String received, Collection<String> known) {
        String wanted = Suggestion.normal(received);
        return COMPONENTS.stream()
                .filter(each -> each.kind() == kind && each.theirs().contains(wanted) && known.contains(each.ours()))
                .map(Component::ours)
                .findFirst();
    }

    /** Return the keys that another tool's key may mean. */
    static List<String> keys(String received) {
        String wanted = Suggestion.normal(received);
        return KEYS.stream()
                .filter(each -> each.theirs().contains(wanted))
                .map(Key::ours)
                .toList();
    }

    /**
     * Return the key and value that another tool's key with this value means, if its values have another form here.
     *
     * @param known the keys that are allowed
     */
    static Optional<Meant> form(String received, ConfigNode value, Collection<String> known) {
        String wanted = Suggestion.normal(received);
        return value instanceof ConfigNode.Scalar scalar
                ? FORMS.stream()
                        .filter(each -> each.theirs().contains(wanted)
                                && known.contains(each.ours())
                                && scalar.text().matches(each.values()))
                        .findFirst()
                        .map(each -> new Meant(each.ours(), each.written().replace("$", scalar.text())))
                : Optional.empty();
    }

    /** A key and its value, as YAML. */
    record Meant(String key, String value) {
        @Override
        public String toString() {
            return key + ": " + value;
        }
    }

    private static List<String> normal(String... names) {
        return Arrays.stream(names).map(Suggestion::normal).toList();
    }

    /**
     * A key of other tools with values of another form.
     *
     * @param values a pattern of their values
     * @param written ours, with $ for theirs
     */
    private record Form(String ours, String values, String written, List<String> theirs) {
        Form(String ours, String values, String written, String... theirs) {
            this(ours, values, written, normal(theirs));
        }
    }

    private record Component(Kind kind, String ours, List<String> theirs) {
        Component(Kind kind, String ours, String... theirs) {
            this(kind, ours, normal(theirs));
        }
    }

    private record Key(String ours, List<String> theirs) {
        Key(String ours, String... theirs) {
            this(ours, normal(theirs));
        }
    }
}
