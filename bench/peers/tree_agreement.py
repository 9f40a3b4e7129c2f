"""LightGBM's gains of the maize organs' genes, with the columns in several orders.

Reads ../shared/data/maize-walley2016 (or --maize DIR) and writes values.npy,
classes.npy, orders.npy and gains.npy into the folder of the task.
"""

import lightgbm as lgb
import numpy as np
import pandas as pd

import json
import sys

task = json.loads(sys.argv[1])
matrix = pd.read_csv(f"{task['maize']}/expression.csv.gz", index_col=0)
organs = pd.Categorical(matrix.pop("tissue")).codes
values = np.log2(1 + matrix.to_numpy()).astype("float32")
most = np.sort(np.argsort(-values.var(0), kind="stable")[: task["genes"]])
values = np.ascontiguousarray(values[:, most])
rng = np.random.default_rng(1)
orders = [np.arange(values.shape[1])]
orders += [rng.permutation(values.shape[1]) for _ in range(task["orders"])]
gains = []
for order in orders:
    booster = lgb.train(
        {"objective": "multiclass", "num_class": int(organs.max()) + 1,
         "min_data_in_leaf": task["minData"], "num_threads": 1, "verbosity": -1,
         "force_col_wise": True},
        lgb.Dataset(values[:, order], organs, params={"min_data_in_leaf": task["minData"], "verbosity": -1}),
        task["rounds"], keep_training_booster=True,
    )
    own = np.zeros(values.shape[1], "float32")
    own[order] = booster.feature_importance("gain")
    gains.append(own)
folder = task["folder"]
np.save(f"{folder}/values.npy", values)
np.save(f"{folder}/classes.npy", organs.astype("float32").reshape(-1, 1))
np.save(f"{folder}/orders.npy", np.array(orders, "float32"))
np.save(f"{folder}/gains.npy", np.array(gains))
