"""Looks for terms in lists of genes with goatools."""

import math
import time

from goatools.anno.gaf_reader import GafReader
from goatools.go_enrichment import GOEnrichmentStudy
from goatools.obo_parser import GODag

from measured import report


def work(task):
    start = time.perf_counter()
    dag = GODag(task["obo"], optional_attrs={"relationship"}, prt=None)
    reader = GafReader(task["gaf"], godag=dag, prt=None)
    associations = reader.get_id2gos_nss()
    # All genes of the file, also those of obsolete terms only.
    genes = sorted({each.DB_ID for each in reader.associations if "NOT" not in each.Qualifier})
    study = GOEnrichmentStudy(
        genes,
        associations,
        dag,
        propagate_counts=True,
        relationships={"part_of"},
        methods=["fdr_bh"],
        log=None,
    )
    terms, significant, logs = 0, 0, 0.0
    for number in range(task["lists"]):
        listed = [
            genes[(997 * number + at) % len(genes)]
            for at in range(task["listed"])
        ]
        found = [
            each
            for each in study.run_study(listed, prt=None)
            if each.study_count > 0
        ]
        terms += len(found)
        significant += sum(bool(each.p_fdr_bh < 0.05) for each in found)
        logs += sum(-math.log10(each.p_uncorrected) for each in found)
    return time.perf_counter() - start, {
        "terms with a gene of a list": terms,
        "significant terms": significant,
        "sum of -log10 p": round(logs, 6),
    }


if __name__ == "__main__":
    report(work)
