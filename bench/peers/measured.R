# How every peer in R runs: `name=value` comes in, one line of JSON goes out.

# The peak memory of this process in bytes; NA where /proc does not tell.
peak_bytes <- function() {
  status <- tryCatch(
    suppressWarnings(readLines("/proc/self/status")),
    error = function(e) character()
  )
  line <- grep("^VmHWM:", status, value = TRUE)
  if (length(line) == 0) return(NA)
  1024 * as.numeric(gsub("[^0-9]", "", line))
}

json_number <- function(x) if (is.finite(x)) sprintf("%.17g", x) else "null"

# Does the task of the command line; `work` returns a list of seconds and facts.
report <- function(work) {
  words <- commandArgs(trailingOnly = TRUE)
  task <- as.list(sub("^[^=]*=", "", words))
  names(task) <- sub("=.*", "", words)
  done <- tryCatch(work(task), error = function(e) {
    # The last line that R prints by itself does not say why it halted.
    message(conditionMessage(e))
    quit(status = 1)
  })
  facts <- vapply(done$facts, json_number, "")
  cat(sprintf(
    '{"seconds":%s,"peakBytes":%s,"facts":{%s}}\n',
    json_number(done$seconds),
    json_number(peak_bytes()),
    paste0('"', names(facts), '":', facts, collapse = ",")
  ))
}

# A matrix of float32 from a NumPy file, turned: its rows are columns here.
read_npy_turned <- function(path) {
  file <- file(path, "rb")
  on.exit(close(file))
  readBin(file, "raw", 8)
  size <- readBin(file, "integer", 1, size = 2, signed = FALSE, endian = "little")
  header <- rawToChar(readBin(file, "raw", size))
  shape <- as.integer(regmatches(header, regexec("\\((\\d+), (\\d+)\\)", header))[[1]][-1])
  if (!grepl("'<f4'", header) || !grepl("'fortran_order': False", header)) {
    stop(path, " does not hold little-endian float32, row after row")
  }
  values <- readBin(file, "numeric", prod(shape), size = 4, endian = "little")
  matrix(values, nrow = shape[2])
}
