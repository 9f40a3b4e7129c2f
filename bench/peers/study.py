"""The whole study as a user of Python would write it: PyTorch, expected
gradients as in shap, umap-learn and scikit-learn.

The processes of `study_sets.py` load this file, too; the steps are in another
one, so that they do not load PyTorch."""

if __name__ == "__main__":
    import study_steps
    from measured import report

    report(study_steps.run)
