package dev.chainrule.builtin;

import dev.chainrule.api.Api;
import dev.chainrule.api.Plugin;
import dev.chainrule.builtin.activation.Elu;
import dev.chainrule.builtin.activation.Gelu;
import dev.chainrule.builtin.activation.Identity;
import dev.chainrule.builtin.activation.LeakyRelu;
import dev.chainrule.builtin.activation.Relu;
import dev.chainrule.builtin.activation.Sigmoid;
import dev.chainrule.builtin.activation.Silu;
import dev.chainrule.builtin.activation.Softmax;
import dev.chainrule.builtin.activation.Softplus;
import dev.chainrule.builtin.activation.Tanh;
import dev.chainrule.builtin.data.idx.IdxSource;
import dev.chainrule.builtin.data.mnist.MnistSource;
import dev.chainrule.builtin.data.picture.ImageSource;
import dev.chainrule.builtin.data.table.CsvSource;
import dev.chainrule.builtin.data.table.InlineSource;
import dev.chainrule.builtin.digits.DigitsSource;
import dev.chainrule.builtin.hook.CheckpointHook;
import dev.chainrule.builtin.hook.EarlyStoppingHook;
import dev.chainrule.builtin.hook.GradientCheckHook;
import dev.chainrule.builtin.hook.InspectHook;
import dev.chainrule.builtin.hook.LearningSpeedHook;
import dev.chainrule.builtin.hook.LogHook;
import dev.chainrule.builtin.hook.ProgressHook;
import dev.chainrule.builtin.initializer.Constant;
import dev.chainrule.builtin.initializer.HeNormal;
import dev.chainrule.builtin.initializer.HeUniform;
import dev.chainrule.builtin.initializer.LecunNormal;
import dev.chainrule.builtin.initializer.LecunUniform;
import dev.chainrule.builtin.initializer.Normal;
import dev.chainrule.builtin.initializer.Uniform;
import dev.chainrule.builtin.initializer.Values;
import dev.chainrule.builtin.initializer.XavierNormal;
import dev.chainrule.builtin.initializer.XavierUniform;
import dev.chainrule.builtin.initializer.Zeros;
import dev.chainrule.builtin.join.Add;
import dev.chainrule.builtin.join.Concat;
import dev.chainrule.builtin.join.Dot;
import dev.chainrule.builtin.join.Mean;
import dev.chainrule.builtin.join.Multiply;
import dev.chainrule.builtin.layer.ActivationLayer;
import dev.chainrule.builtin.layer.BatchNorm;
import dev.chainrule.builtin.layer.Dense;
import dev.chainrule.builtin.layer.Dropout;
import dev.chainrule.builtin.layer.Flatten;
import dev.chainrule.builtin.layer.GaussianNoise;
import dev.chainrule.builtin.layer.LayerNorm;
import dev.chainrule.builtin.layer.Parallel;
import dev.chainrule.builtin.layer.Permute;
import dev.chainrule.builtin.layer.Repeat;
import dev.chainrule.builtin.layer.Reshape;
import dev.chainrule.builtin.layer.Residual;
import dev.chainrule.builtin.layer.SameAs;
import dev.chainrule.builtin.layer.Select;
import dev.chainrule.builtin.loss.BinaryCrossEntropy;
import dev.chainrule.builtin.loss.CrossEntropy;
import dev.chainrule.builtin.loss.Quadratic;
import dev.chainrule.builtin.metric.Accuracy;
import dev.chainrule.builtin.metric.AreaUnderCurve;
import dev.chainrule.builtin.metric.BalancedAccuracy;
import dev.chainrule.builtin.metric.BinaryAccuracy;
import dev.chainrule.builtin.metric.CoefficientOfDetermination;
import dev.chainrule.builtin.metric.F1;
import dev.chainrule.builtin.metric.MeanAbsoluteError;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.MeanSquaredError;
import dev.chainrule.builtin.metric.Precision;
import dev.chainrule.builtin.metric.Recall;
import dev.chainrule.builtin.metric.RootMeanSquaredError;
import dev.chainrule.builtin.metric.TopK;
import dev.chainrule.builtin.optimizer.Adam;
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
import dev.chainrule.builtin.transform.Fill;
import dev.chainrule.builtin.transform.Log;
import dev.chainrule.builtin.transform.OneHot;
import dev.chainrule.builtin.transform.Scale;
import dev.chainrule.builtin.transform.Standardize;
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
                Elu.class,
                Gelu.class,
                Identity.class,
                LeakyRelu.class,
                Relu.class,
                Sigmoid.class,
                Silu.class,
                Softmax.class,
                Softplus.class,
                Tanh.class,
                IdxSource.class,
                MnistSource.class,
                ImageSource.class,
                CsvSource.class,
                InlineSource.class,
                DigitsSource.class,
                CheckpointHook.class,
                EarlyStoppingHook.class,
                GradientCheckHook.class,
                InspectHook.class,
                LearningSpeedHook.class,
                LogHook.class,
                ProgressHook.class,
                Constant.class,
                HeNormal.class,
                HeUniform.class,
                LecunNormal.class,
                LecunUniform.class,
                Normal.class,
                Uniform.class,
                Values.class,
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
                Flatten.class,
                GaussianNoise.class,
                LayerNorm.class,
                Parallel.class,
                Permute.class,
                Repeat.class,
                Reshape.class,
                Residual.class,
                SameAs.class,
                Select.class,
                BinaryCrossEntropy.class,
                CrossEntropy.class,
                Quadratic.class,
                Accuracy.class,
                AreaUnderCurve.class,
                BalancedAccuracy.class,
                BinaryAccuracy.class,
                CoefficientOfDetermination.class,
                F1.class,
                MeanAbsoluteError.class,
                MeanLoss.class,
                MeanSquaredError.class,
                Precision.class,
                Recall.class,
                RootMeanSquaredError.class,
                TopK.class,
                Adam.class,
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
                Fill.class,
                Log.class,
                OneHot.class,
                Scale.class,
                Standardize.class);
    }
}
