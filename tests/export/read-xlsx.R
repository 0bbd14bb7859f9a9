# Prints a sheet as readxl reads it, column by column: its name, then a line per cell. Texts in hexadecimal, moments in milliseconds.
suppressWarnings(suppressMessages(library(readxl)))
arguments <- commandArgs(trailingOnly = TRUE)
read <- suppressMessages(read_excel(
  arguments[1], sheet = arguments[2], col_types = "list", trim_ws = FALSE, na = character(), .name_repair = "minimal"
))
cell <- function(value) {
  if (length(value) == 0 || (length(value) == 1 && is.na(value))) return("empty")
  if (inherits(value, "POSIXct")) return(paste("time", sprintf("%.0f", as.numeric(value) * 1000)))
  if (is.numeric(value)) return(paste("number", sprintf("%.17g", value)))
  paste("text", paste(charToRaw(enc2utf8(as.character(value))), collapse = ""))
}
for (name in names(read)) {
  cat(paste("column", name), "\n", sep = "")
  cat(paste0(vapply(read[[name]], cell, ""), "\n"), sep = "")
}
