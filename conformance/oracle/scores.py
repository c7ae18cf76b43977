# SPDX-License-Identifier: Apache-2.0
"""ROC, AUC, Wilson, reliability, Brier, temperature and the normal distribution from scikit-learn and scipy.

DeLong's variance and paired test are in neither: they are computed here from the definition, every positive against every
negative (O(mn)), with numpy's covariance. That is another road than the ranks that the program takes.
"""
import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, ndtri
from scipy.stats import binomtest, norm
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score, roc_curve

from common import Topic, numbers


def placements(scores, truth):
    """For each positive the mean win against the negatives and for each negative the mean win of the positives; ties half."""
    up, down = scores[truth == 1], scores[truth == 0]
    wins = (up[:, None] > down[None, :]) + 0.5 * (up[:, None] == down[None, :])
    return wins.mean(axis=1), wins.mean(axis=0)


def delong(first, second, truth):
    """The 2x2 covariance of two areas."""
    p1, n1 = placements(first, truth)
    p2, n2 = placements(second, truth)
    return np.cov(np.stack([p1, p2])) / len(p1) + np.cov(np.stack([n1, n2])) / len(n1)


def logit_interval(auc, variance, confidence):
    half = norm.ppf(0.5 + confidence / 2) * np.sqrt(variance) / (auc * (1 - auc))
    middle = np.log(auc / (1 - auc))
    return numbers(expit([middle - half, middle + half]))


def best_temperature(logits, truth):
    def slope(inverse):
        return np.mean(logits * (expit(inverse * logits) - truth))

    return 1 / brentq(slope, 0.01, 100, xtol=1e-15, rtol=1e-15)


def cohorts():
    rng = np.random.RandomState(404)
    for name, n, share, shift, digits in [("smooth", 200, 0.4, 1.2, None), ("ties", 150, 0.5, 0.8, 1),
                                          ("rare", 400, 0.05, 1.5, None), ("weak", 60, 0.5, 0.1, None),
                                          ("opposite", 40, 0.5, -0.7, 2), ("slides", 129, 49 / 129, 2.5, 3)]:
        truth = (rng.uniform(0, 1, n) < share).astype(int)
        common = rng.normal(0, 1, n)
        logits = [2.5 * (common + 0.6 * rng.normal(0, 1, n) + shift * (truth - 0.5)) for _ in range(2)]
        if digits is not None:
            logits = [np.round(x, digits - 1) for x in logits]
        yield name, logits[0], logits[1], truth


def main():
    with Topic("stat", also=["scikit-learn"]) as topic:
        cases = []
        for name, first, second, truth in cohorts():
            p = expit(first)
            auc, other = roc_auc_score(truth, first), roc_auc_score(truth, second)
            cov = delong(first, second, truth)
            variance = cov[0, 0] + cov[1, 1] - 2 * cov[0, 1]
            z = (auc - other) / np.sqrt(variance)
            fpr, tpr, thresholds = roc_curve(truth, first, drop_intermediate=False)
            case = {"name": name, "auc": auc, "variance": cov[0, 0], "interval": logit_interval(auc, cov[0, 0], 0.95),
                    "other": other, "differenceVariance": variance, "z": z, "p": 2 * norm.sf(abs(z)),
                    "brier": brier_score_loss(truth, p), "loss": log_loss(truth, p)}
            for strategy, bins in [("uniform", 10), ("quantile", 8)]:
                came, said = calibration_curve(truth, p, n_bins=bins, strategy=strategy)
                case[strategy] = {"bins": bins, "said": numbers(said), "came": numbers(came)}
            if auc > 0.5:
                temperature = best_temperature(first, truth)
                case["temperature"] = temperature
                case["lossAfter"] = log_loss(truth, expit(first / temperature))
            cases.append(case)
            topic.array(f"{name}.npy", np.stack([first, second, truth.astype(float)]))
            topic.array(f"{name}-roc.npy", np.stack([thresholds, fpr, tpr]))
        topic.json("cases.json", cases)
        wilson = []
        for hits, total, confidence in [(0, 10, 0.95), (10, 10, 0.95), (7, 10, 0.95), (3888, 4000, 0.95), (1, 3, 0.8),
                                        (48, 129, 0.99)]:
            ci = binomtest(hits, total).proportion_ci(confidence, method="wilson")
            wilson.append({"hits": hits, "total": total, "confidence": confidence, "low": ci.low, "high": ci.high})
        topic.json("wilson.json", wilson)
        z = np.concatenate([np.linspace(-8, 8, 65), [-20.0, -37.0]])
        p = np.concatenate([np.logspace(-300, -1, 40), np.linspace(0.11, 0.99, 33), [0.975, 1 - 1e-10]])
        topic.array("normal.npy", np.stack([z, norm.cdf(z)]))
        topic.array("quantile.npy", np.stack([p, ndtri(p)]))


if __name__ == "__main__":
    main()
