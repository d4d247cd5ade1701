package dev.chainrule.builtin;

import dev.chainrule.api.Api;
import dev.chainrule.api.Plugin;
import dev.chainrule.builtin.augmentation.Brightness;
import dev.chainrule.builtin.augmentation.Contrast;
import dev.chainrule.builtin.augmentation.Cutout;
import dev.chainrule.builtin.augmentation.Elastic;
import dev.chainrule.builtin.augmentation.Expand;
import dev.chainrule.builtin.augmentation.Flip;
import dev.chainrule.builtin.augmentation.Mixup;
import dev.chainrule.builtin.augmentation.Noise;
import dev.chainrule.builtin.augmentation.RandomCrop;
import dev.chainrule.builtin.augmentation.Rotate;
import dev.chainrule.builtin.augmentation.Shift;
import dev.chainrule.builtin.augmentation.Zoom;
import dev.chainrule.builtin.data.idx.IdxSource;
import dev.chainrule.builtin.data.mnist.MnistSource;
import dev.chainrule.builtin.data.picture.ImageSource;
import dev.chainrule.builtin.data.picture.ImagesSource;
import dev.chainrule.builtin.data.published.Cifar10Source;
import dev.chainrule.builtin.data.published.FashionMnistSource;
import dev.chainrule.builtin.data.table.CsvSource;
import dev.chainrule.builtin.data.table.InlineSource;
import dev.chainrule.builtin.digits.DigitPairsSource;
import dev.chainrule.builtin.digits.DigitsSource;
import dev.chainrule.builtin.hook.CheckpointHook;
import dev.chainrule.builtin.hook.EarlyStoppingHook;
import dev.chainrule.builtin.hook.GradientCheckHook;
import dev.chainrule.builtin.hook.InspectHook;
import dev.chainrule.builtin.hook.LearningSpeedHook;
import dev.chainrule.builtin.hook.LogHook;
import dev.chainrule.builtin.hook.ProgressHook;
import dev.chainrule.builtin.loss.AbsoluteError;
import dev.chainrule.builtin.loss.BinaryCrossEntropy;
import dev.chainrule.builtin.loss.CosineDistance;
import dev.chainrule.builtin.loss.CrossEntropy;
import dev.chainrule.builtin.loss.Focal;
import dev.chainrule.builtin.loss.Hinge;
import dev.chainrule.builtin.loss.Huber;
import dev.chainrule.builtin.loss.KlDivergence;
import dev.chainrule.builtin.loss.LogCosh;
import dev.chainrule.builtin.loss.Poisson;
import dev.chainrule.builtin.loss.Quadratic;
import dev.chainrule.builtin.loss.Quantile;
import dev.chainrule.builtin.loss.SquaredHinge;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.classes.Accuracy;
import dev.chainrule.builtin.metric.classes.AreaUnderCurve;
import dev.chainrule.builtin.metric.classes.AveragePrecision;
import dev.chainrule.builtin.metric.classes.BalancedAccuracy;
import dev.chainrule.builtin.metric.classes.BrierScore;
import dev.chainrule.builtin.metric.classes.CalibrationError;
import dev.chainrule.builtin.metric.classes.CohenKappa;
import dev.chainrule.builtin.metric.classes.Exact;
import dev.chainrule.builtin.metric.classes.F1;
import dev.chainrule.builtin.metric.classes.LogLoss;
import dev.chainrule.builtin.metric.classes.MatthewsCorrelation;
import dev.chainrule.builtin.metric.classes.Precision;
import dev.chainrule.builtin.metric.classes.Recall;
import dev.chainrule.builtin.metric.classes.TopK;
import dev.chainrule.builtin.metric.numbers.BinaryAccuracy;
import dev.chainrule.builtin.metric.numbers.CoefficientOfDetermination;
import dev.chainrule.builtin.metric.numbers.ExplainedVariance;
import dev.chainrule.builtin.metric.numbers.MeanAbsoluteError;
import dev.chainrule.builtin.metric.numbers.MeanAbsolutePercentageError;
import dev.chainrule.builtin.metric.numbers.MeanSquaredError;
import dev.chainrule.builtin.metric.numbers.QuantileLoss;
import dev.chainrule.builtin.metric.numbers.RootMeanSquaredError;
import dev.chainrule.builtin.monitor.MetricsCsvHook;
import dev.chainrule.builtin.monitor.MlflowHook;
import dev.chainrule.builtin.monitor.PrometheusHook;
import dev.chainrule.builtin.monitor.TensorboardHook;
import dev.chainrule.builtin.optimizer.Adadelta;
import dev.chainrule.builtin.optimizer.Adagrad;
import dev.chainrule.builtin.optimizer.Adam;
import dev.chainrule.builtin.optimizer.AdamW;
import dev.chainrule.builtin.optimizer.Adamax;
import dev.chainrule.builtin.optimizer.AmsGrad;
import dev.chainrule.builtin.optimizer.Lamb;
import dev.chainrule.builtin.optimizer.Lbfgs;
import dev.chainrule.builtin.optimizer.Lion;
import dev.chainrule.builtin.optimizer.Nadam;
import dev.chainrule.builtin.optimizer.Radam;
import dev.chainrule.builtin.optimizer.Rmsprop;
import dev.chainrule.builtin.optimizer.Sgd;
import dev.chainrule.builtin.regularizer.L1;
import dev.chainrule.builtin.regularizer.L2;
import dev.chainrule.builtin.schedule.ConstantRate;
import dev.chainrule.builtin.schedule.CosineRate;
import dev.chainrule.builtin.schedule.CosineRestartsRate;
import dev.chainrule.builtin.schedule.ExponentialRate;
import dev.chainrule.builtin.schedule.InverseTimeRate;
import dev.chainrule.builtin.schedule.LinearRate;
import dev.chainrule.builtin.schedule.OneCycleRate;
import dev.chainrule.builtin.schedule.PiecewiseRate;
import dev.chainrule.builtin.schedule.PlateauRate;
import dev.chainrule.builtin.schedule.PolynomialRate;
import dev.chainrule.builtin.schedule.StepRate;
import dev.chainrule.builtin.schedule.Warmup;
import dev.chainrule.builtin.shapes.ShapesSource;
import dev.chainrule.model.activation.Celu;
import dev.chainrule.model.activation.Elu;
import dev.chainrule.model.activation.Exponential;
import dev.chainrule.model.activation.Gelu;
import dev.chainrule.model.activation.GeluTanh;
import dev.chainrule.model.activation.HardSigmoid;
import dev.chainrule.model.activation.HardSilu;
import dev.chainrule.model.activation.HardTanh;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.LeakyRelu;
import dev.chainrule.model.activation.LogSoftmax;
import dev.chainrule.model.activation.Mish;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Relu6;
import dev.chainrule.model.activation.Selu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Silu;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Softplus;
import dev.chainrule.model.activation.Softsign;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.composite.Parallel;
import dev.chainrule.model.composite.Repeat;
import dev.chainrule.model.composite.Residual;
import dev.chainrule.model.composite.SameAs;
import dev.chainrule.model.cost.ActivityRegularizer;
import dev.chainrule.model.cost.Sample;
import dev.chainrule.model.initializer.Constant;
import dev.chainrule.model.initializer.HeNormal;
import dev.chainrule.model.initializer.HeUniform;
import dev.chainrule.model.initializer.IdentityMatrix;
import dev.chainrule.model.initializer.LecunNormal;
import dev.chainrule.model.initializer.LecunUniform;
import dev.chainrule.model.initializer.Normal;
import dev.chainrule.model.initializer.Orthogonal;
import dev.chainrule.model.initializer.TruncatedNormal;
import dev.chainrule.model.initializer.Uniform;
import dev.chainrule.model.initializer.Values;
import dev.chainrule.model.initializer.VarianceScaling;
import dev.chainrule.model.initializer.XavierNormal;
import dev.chainrule.model.initializer.XavierUniform;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.join.Add;
import dev.chainrule.model.join.Concat;
import dev.chainrule.model.join.Dot;
import dev.chainrule.model.join.Mean;
import dev.chainrule.model.join.Multiply;
import dev.chainrule.model.layer.ActivationLayer;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.layer.Dropout;
import dev.chainrule.model.layer.Embed;
import dev.chainrule.model.layer.GaussianNoise;
import dev.chainrule.model.layer.GroupNorm;
import dev.chainrule.model.layer.LayerNorm;
import dev.chainrule.model.layer.Prelu;
import dev.chainrule.model.shape.Flatten;
import dev.chainrule.model.shape.Permute;
import dev.chainrule.model.shape.Reshape;
import dev.chainrule.model.shape.Select;
import dev.chainrule.model.transform.Bins;
import dev.chainrule.model.transform.Clip;
import dev.chainrule.model.transform.Fill;
import dev.chainrule.model.transform.Log;
import dev.chainrule.model.transform.MinMax;
import dev.chainrule.model.transform.OneHot;
import dev.chainrule.model.transform.Power;
import dev.chainrule.model.transform.Robust;
import dev.chainrule.model.transform.Scale;
import dev.chainrule.model.transform.Standardize;
import dev.chainrule.model.transform.category.Cross;
import dev.chainrule.model.transform.category.Frequency;
import dev.chainrule.model.transform.category.TargetMean;
import dev.chainrule.model.transform.category.TfIdf;
import dev.chainrule.model.transform.projection.Pca;
import dev.chainrule.model.window.Conv;
import dev.chainrule.model.window.Crop;
import dev.chainrule.model.window.DepthwiseConv;
import dev.chainrule.model.window.GlobalMaxPool;
import dev.chainrule.model.window.GlobalMeanPool;
import dev.chainrule.model.window.MaxPool;
import dev.chainrule.model.window.MeanPool;
import dev.chainrule.model.window.Pad;
import dev.chainrule.model.window.SeparableConv;
import dev.chainrule.model.window.SpatialDropout;
import dev.chainrule.model.window.TransposedConv;
import dev.chainrule.model.window.Upsample;
import java.util.List;

/** The list of the built-in components, by package. */
public final class BuiltinPlugin implements Plugin {
    @Override
    public int apiLevel() {
        return Api.LEVEL;
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(
                Brightness.class,
                Contrast.class,
                Cutout.class,
                Elastic.class,
                Expand.class,
                Flip.class,
                Mixup.class,
                Noise.class,
                RandomCrop.class,
                Rotate.class,
                Shift.class,
                Zoom.class,
                IdxSource.class,
                MnistSource.class,
                ImageSource.class,
                ImagesSource.class,
                Cifar10Source.class,
                FashionMnistSource.class,
                CsvSource.class,
                InlineSource.class,
                DigitPairsSource.class,
                DigitsSource.class,
                CheckpointHook.class,
                EarlyStoppingHook.class,
                GradientCheckHook.class,
                InspectHook.class,
                LearningSpeedHook.class,
                LogHook.class,
                ProgressHook.class,
                AbsoluteError.class,
                BinaryCrossEntropy.class,
                CosineDistance.class,
                CrossEntropy.class,
                Focal.class,
                Hinge.class,
                Huber.class,
                KlDivergence.class,
                LogCosh.class,
                Poisson.class,
                Quadratic.class,
                Quantile.class,
                SquaredHinge.class,
                MeanLoss.class,
                Accuracy.class,
                AreaUnderCurve.class,
                AveragePrecision.class,
                BalancedAccuracy.class,
                BrierScore.class,
                CalibrationError.class,
                CohenKappa.class,
                Exact.class,
                F1.class,
                LogLoss.class,
                MatthewsCorrelation.class,
                Precision.class,
                Recall.class,
                TopK.class,
                BinaryAccuracy.class,
                CoefficientOfDetermination.class,
                ExplainedVariance.class,
                MeanAbsoluteError.class,
                MeanAbsolutePercentageError.class,
                MeanSquaredError.class,
                QuantileLoss.class,
                RootMeanSquaredError.class,
                MetricsCsvHook.class,
                MlflowHook.class,
                PrometheusHook.class,
                TensorboardHook.class,
                Adadelta.class,
                Adagrad.class,
                Adam.class,
                AdamW.class,
                Adamax.class,
                AmsGrad.class,
                Lamb.class,
                Lbfgs.class,
                Lion.class,
                Nadam.class,
                Radam.class,
                Rmsprop.class,
                Sgd.class,
                L1.class,
                L2.class,
                ConstantRate.class,
                CosineRate.class,
                CosineRestartsRate.class,
                ExponentialRate.class,
                InverseTimeRate.class,
                LinearRate.class,
                OneCycleRate.class,
                PiecewiseRate.class,
                PlateauRate.class,
                PolynomialRate.class,
                StepRate.class,
                Warmup.class,
                ShapesSource.class,
                Celu.class,
                Elu.class,
                Exponential.class,
                Gelu.class,
                GeluTanh.class,
                HardSigmoid.class,
                HardSilu.class,
                HardTanh.class,
                Identity.class,
                LeakyRelu.class,
                LogSoftmax.class,
                Mish.class,
                Relu.class,
                Relu6.class,
                Selu.class,
                Sigmoid.class,
                Silu.class,
                Softmax.class,
                Softplus.class,
                Softsign.class,
                Tanh.class,
                Parallel.class,
                Repeat.class,
                Residual.class,
                SameAs.class,
                ActivityRegularizer.class,
                Sample.class,
                Constant.class,
                HeNormal.class,
                HeUniform.class,
                IdentityMatrix.class,
                LecunNormal.class,
                LecunUniform.class,
                Normal.class,
                Orthogonal.class,
                TruncatedNormal.class,
                Uniform.class,
                Values.class,
                VarianceScaling.class,
                XavierNormal.class,
                XavierUniform.class,
                Zeros.class,
                Add.class,
                Concat.class,
                Dot.class,
                Mean.class,
                Multiply.class,
                ActivationLayer.class,
                BatchNorm.class,
                Dense.class,
                Dropout.class,
                Embed.class,
                GaussianNoise.class,
                GroupNorm.class,
                LayerNorm.class,
                Prelu.class,
                Flatten.class,
                Permute.class,
                Reshape.class,
                Select.class,
                Bins.class,
                Clip.class,
                Fill.class,
                Log.class,
                MinMax.class,
                OneHot.class,
                Power.class,
                Robust.class,
                Scale.class,
                Standardize.class,
                Cross.class,
                Frequency.class,
                TargetMean.class,
                TfIdf.class,
                Pca.class,
                Conv.class,
                Crop.class,
                DepthwiseConv.class,
                GlobalMaxPool.class,
                GlobalMeanPool.class,
                MaxPool.class,
                MeanPool.class,
                Pad.class,
                SeparableConv.class,
                SpatialDropout.class,
                TransposedConv.class,
                Upsample.class);
    }
}
