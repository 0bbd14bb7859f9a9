# Reads each .sav of a folder (the first argument) with haven, and writes beside it what haven found:
# NAME.haven.csv, the cells (numbers with all their digits, dates and moments as seconds since 1582-10-14), and
# NAME.haven-labels.csv, a row for each label, value label and missing value;
# NAME.haven-missing.csv, under the class of each column 1 for each cell that is.na() finds in the file as docs/export-spss-r.md
# reads "wide.sav" (the second argument).
library(haven)

folder <- commandArgs(trailingOnly = TRUE)[1]
documented <- parse(text = commandArgs(trailingOnly = TRUE)[2])[[1]]

# haven makes days and seconds since 1970 of what SPSS counts from 1582; whoever compares wants what is in the file.
as_stored <- function(x) {
  format <- attr(x, "format.spss")
  numbers <- as.numeric(unclass(x))
  if (startsWith(format, "EDATE")) return(round((numbers + 141428) * 86400, 3))
  if (startsWith(format, "DATETIME")) return(round(numbers + 12219379200, 3))
  numbers
}

cells <- function(x) {
  if (is.character(x)) return(as.character(unclass(x)))
  numbers <- as_stored(x)
  ifelse(is.na(numbers), "", sprintf("%.17g", numbers))
}

facts <- function(name, x) {
  text <- function(values) if (is.character(values)) unname(values) else sprintf("%.17g", unname(values))
  labels <- attr(x, "labels")
  missing <- attr(x, "na_values")
  label <- attr(x, "label")
  cbind(
    variable = name,
    kind = c(if (!is.null(label)) "label", "format", rep("value", length(labels)), rep("missing", length(missing))),
    value = c(if (!is.null(label)) "", "", text(labels), text(missing)),
    text = c(label, attr(x, "format.spss"), names(labels), rep("", length(missing)))
  )
}

for (file in list.files(folder, "[.]sav$", full.names = TRUE)) {
  data <- read_sav(file, user_na = TRUE)
  write <- function(what, end) write.csv(what, sub("[.]sav$", end, file), row.names = FALSE, na = "", fileEncoding = "UTF-8")
  read <- lapply(data, cells)
  write(if (nrow(data) == 0) as.data.frame(read) else as.data.frame(do.call(cbind, read)), ".haven.csv")
  write(do.call(rbind, Map(facts, names(data), data)), ".haven-labels.csv")
  documented[[2]] <- file
  plain <- eval(documented)
  write(as.data.frame(lapply(plain, function(x) c(class(x)[1], as.integer(is.na(x))))), ".haven-missing.csv")
}
