"""The whole study, step by step; `study.py` runs it."""

import os

import numpy as np
import pandas as pd
import torch
from scipy.stats import rankdata, spearmanr, ttest_1samp, ttest_ind
from sklearn.linear_model import RidgeClassifierCV
from sklearn.metrics import accuracy_score, f1_score
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

import network_torch
import study_data
import study_network
import study_sets


def tissue_medians(scores, classes, count):
    """tissues x columns"""
    return np.stack(
        [np.median(scores[classes == tissue], axis=0) for tissue in range(count)]
    )


def up_genes(values, classes, count):
    """How much higher each gene is in each tissue than elsewhere."""
    return np.stack(
        [
            values[classes == tissue].mean(axis=0)
            - values[classes != tissue].mean(axis=0)
            for tissue in range(count)
        ]
    )


def baselines(data):
    learned = (data.values[data.train], data.classes[data.train])
    return {
        "nearest centroid": NearestCentroid().fit(*learned),
        "5 nearest neighbors": KNeighborsClassifier(5).fit(*learned),
        "ridge": RidgeClassifierCV(np.logspace(-4, 2, 13)).fit(*learned),
    }


def welch(values, classes, count):
    """One-sided p-values, adjusted by Benjamini and Hochberg."""
    adjusted = []
    for tissue in range(count):
        p = ttest_ind(
            values[classes == tissue],
            values[classes != tissue],
            equal_var=False,
            alternative="greater",
        ).pvalue
        ranks = rankdata(p, method="ordinal")
        order = np.argsort(-ranks)
        steps = np.minimum.accumulate((p * len(p) / ranks)[order])
        adjusted.append(np.minimum(steps, 1)[np.argsort(order)])
    return np.stack(adjusted)


def agreement(first, second, top):
    """Rank correlation and share of common top genes, mean over tissues."""
    best = lambda row: set(np.argsort(-np.abs(row))[:top])
    return (
        np.mean([spearmanr(a, b).statistic for a, b in zip(first, second)]),
        np.mean([len(best(a) & best(b)) / top for a, b in zip(first, second)]),
    )


def sanity_checks(task, side, models, images, data, explained, genes, generator):
    """Explains some samples by networks that know less."""
    count = len(data.tissues)
    classes = torch.from_numpy(data.classes)
    train = images[data.train]

    def medians(model):
        scores = study_network.expected_gradients(
            [model], images[explained], data.classes[explained], train,
            task["checks"]["draws"], generator,
        )
        return tissue_medians(scores[:, genes], data.classes[explained], count)

    network = models[0]
    layers = list(network)
    first_dense = next(
        index for index, layer in enumerate(layers)
        if isinstance(layer, torch.nn.Flatten)
    )
    networks = {"rerun": network}
    if len(models) > 1:
        networks["ensemble_member"] = models[1]
    for name, first in (
        ("output_layer", len(layers) - 1),
        ("dense_layers", first_dense),
        ("all_layers", 0),
    ):
        networks[name] = study_network.reinitialize(network, first)
        if first < len(layers) - 1:
            study_network.recompute_batch_norm(networks[name], train, task["batch"])
    shuffled = classes[data.train][torch.randperm(len(train))]
    networks["shuffled_labels"], _ = study_network.train(
        {**task, "epochs": task["checks"]["epochs"]}, side, count, train, shuffled
    )
    learned = study_network.predict(
        networks["shuffled_labels"], train, task["batch"]
    ).argmax(dim=1)
    reference = medians(network)
    agreements = {
        name: agreement(reference, medians(model), 100)
        for name, model in networks.items()
    }
    return agreements, float((learned == shuffled).float().mean())


def gene_sets(data, tested, sets, rng):
    """Random sets of both null models."""
    genes = data.values.shape[1]
    stratum_of = study_sets.strata(
        data.values.mean(axis=0), data.values.std(axis=0, ddof=1)
    )
    return {
        "uniform": [
            rng.choice(genes, len(tested), replace=False) for _ in range(sets)
        ],
        "matched": [
            study_sets.draw_matched(stratum_of, tested, rng) for _ in range(sets)
        ],
    }


def run(task):
    network_torch.use_threads(task["threads"])
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(2)
    rng = np.random.default_rng(3)
    out = task["out"]
    os.makedirs(out, exist_ok=True)

    # Prepare.
    data = study_data.load(task, rng)
    count = len(data.tissues)
    columns, is_decoy = study_data.add_decoys(data, task["decoys"], rng)
    side = int(np.ceil(np.sqrt(columns.shape[1])))
    images = network_torch.to_images(columns, side)
    classes = torch.from_numpy(data.classes)
    genes = np.flatnonzero(~is_decoy)

    # Train and test.
    trained = [
        study_network.train(
            task, side, count, images[data.train], classes[data.train],
            images[data.validation],
        )
        for _ in range(task["members"])
    ]
    models = [model for model, _ in trained]
    probabilities = sum(
        study_network.predict(model, images, task["batch"]) for model in models
    ) / len(models)
    predicted = probabilities.argmax(dim=1).numpy()
    truth = data.classes[data.test]
    metrics = {
        "accuracy": accuracy_score(truth, predicted[data.test]),
        "macro F1": f1_score(truth, predicted[data.test], average="macro"),
    }
    for name, model in baselines(data).items():
        found = model.predict(data.values[data.test])
        metrics[name] = f1_score(truth, found, average="macro")

    # Explain all test samples and select the genes.
    scores = study_network.expected_gradients(
        models, images[data.test], truth, images[data.train], task["draws"], generator
    )
    medians = tissue_medians(scores, truth, count)[:, genes]
    learned = np.concatenate([data.train, data.validation])
    change = up_genes(data.values[learned], data.classes[learned], count)
    rankable = np.where((change > 0) & (medians > 0), medians, -np.inf)
    ranks = np.argsort(-rankable, axis=1)[:, : task["top"]]
    tested = np.unique(
        [gene for tissue, row in enumerate(ranks) for gene in row
         if np.isfinite(rankable[tissue, gene])]
    )
    np.save(f"{out}/shap_values.npy", scores)

    # Simple rankings.
    adjusted = welch(data.values[learned], data.classes[learned], count)
    ridge = RidgeClassifierCV(np.logspace(-4, 2, 13)).fit(
        data.values[learned], data.classes[learned]
    )
    rankings = {
        "shap": medians, "fold change": change, "welch": -adjusted,
        "ridge": ridge.coef_ * change,
    }
    pd.DataFrame(
        {
            f"{name} {tissue}": rankdata(-rows[index])
            for name, rows in rankings.items()
            for index, tissue in enumerate(data.tissues)
        }
    ).to_csv(f"{out}/genes.csv")

    # Cluster the test samples, and compare with random sets.
    scorer = study_sets.Scorer(task, data.values[data.test], truth)
    total = data.values.shape[1]
    random_sets = [
        rng.choice(total, len(tested), replace=False)
        for _ in range(task["randomSets"])
    ]
    clustered = scorer.score(
        [
            (set_columns, task["repeats"], 1000 * index)
            for index, set_columns in enumerate(
                [tested, np.arange(total), *random_sets]
            )
        ]
    )
    nulls = gene_sets(data, tested, task["sets"], rng)
    jobs = [*nulls["uniform"], *nulls["matched"]]
    own = clustered[0]
    random = scorer.score(
        [(job, task["repeats"], 1000 * index) for index, job in enumerate(jobs, 1)]
    )
    tests = []
    for index, model in enumerate(nulls):
        scored = random[index * task["sets"] : (index + 1) * task["sets"]]
        for space in study_sets.SPACES:
            means = np.array([each[space][:, 0].mean() for each in scored])
            value = own[space][:, 0].mean()
            tests.append(
                {
                    "null model": model,
                    "space": space,
                    "v": value,
                    "null mean": means.mean(),
                    "p": (1 + (means >= value).sum()) / (1 + len(means)),
                    "t-test": ttest_1samp(means, value).pvalue,
                }
            )
    pd.DataFrame(tests).to_csv(f"{out}/tests.csv")
    others = scorer.close()

    # Sanity checks.
    right = data.test[predicted[data.test] == truth]
    explained = np.concatenate(
        [
            right[data.classes[right] == tissue][: task["checks"]["samples"]]
            for tissue in range(count)
        ]
    )
    agreements, shuffled_accuracy = sanity_checks(
        task, side, models, images, data, explained, genes, generator
    )
    pd.DataFrame(agreements).to_csv(f"{out}/agreement.csv")

    umap_test = tests[0]
    return 0, {
        "genes": total,
        "samples explained": len(scores),
        "updates of a network": trained[0][1],
        "accuracy": metrics["accuracy"],
        "genes in the set": len(tested),
        "V-measure of the set": umap_test["v"],
        "mean V-measure of random sets": umap_test["null mean"],
        "samples of the checks": len(explained),
        "rank correlation of the rerun": agreements["rerun"][0],
        "shuffled labels learned": shuffled_accuracy,
    }, others
