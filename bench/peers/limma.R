# Moderated t of each tissue against the others, by limma.

source("bench/peers/measured.R")

work <- function(task) {
  suppressMessages(library(limma))
  # Genes in rows, as limma has them.
  values <- read_npy_turned(task$values)
  values <- values[rowSums(values != values[, 1]) > 0, ]
  class <- factor(as.vector(read_npy_turned(task$classes)))
  start <- proc.time()[["elapsed"]]
  design <- model.matrix(~ 0 + class)
  classes <- ncol(design)
  contrasts <- diag(classes) - (1 - diag(classes)) / (classes - 1)
  fit <- eBayes(contrasts.fit(lmFit(values, design), contrasts), trend = TRUE)
  adjusted <- apply(fit$p.value, 2, p.adjust, method = "BH")
  adjusted_f <- p.adjust(fit$F.p.value, method = "BH")
  seconds <- proc.time()[["elapsed"]] - start
  # Tissue after tissue.
  writeBin(as.vector(fit$t), task$out, size = 8, endian = "little")
  list(seconds = seconds, facts = list(
    "genes" = nrow(values),
    "prior degrees of freedom" = fit$df.prior[1],
    "significant genes of all tissues" = sum(adjusted < 0.05),
    "significant genes by F" = sum(adjusted_f < 0.05)
  ))
}

report(work)
