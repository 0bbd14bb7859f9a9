# Reads the CSV files in this folder into R, with labels, factors and dates. Needs no packages.
#
#   source("read.R", chdir = TRUE)
#
# makes a list `nameting` with a data frame for each file: nameting$wide. Of a column x of it:
# - attr(x, "label") says what it is;
# - a number with labels stays a number: attr(x, "labels") says what each value means, and labelled_factor(x) is a factor;
# - a code in words is a factor;
# - dates are Date, moments are POSIXct in UTC;
# - what is missing is NA, and missing_reason(x) says why, for each row.
# R drops such attributes when it takes some of the rows, so ask for a reason before that.

labelled_factor <- function(x) {
  labels <- attr(x, "labels")
  others <- setdiff(sort(unique(x)), labels)
  texts <- c(names(labels), as.character(others))
  twice <- texts %in% texts[duplicated(texts)]
  values <- c(labels, others)
  texts[twice] <- paste0(texts[twice], " (", values[twice], ")")
  factor(x, values, texts)
}

missing_reason <- function(x) attr(x, "missing")

read_nameting <- function(files, folder = ".") {
  lapply(files, function(file) {
    path <- file.path(folder, file$file)
    if (!file.exists(path)) stop(file$file, ' is not in ', normalizePath(folder), ': use source("read.R", chdir = TRUE)', call. = FALSE)
    text <- read.csv(path, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8", blank.lines.skip = FALSE)
    expected <- vapply(file$columns, function(column) column$name, "")
    if (!identical(names(text), expected)) stop(file$file, " does not have the columns that it was made with", call. = FALSE)
    read <- Map(nameting_column, text, file$columns)
    structure(read, names = expected, class = "data.frame", row.names = .set_row_names(nrow(text)))
  })
}

nameting_column <- function(text, column) {
  code <- match(text, as.character(column$missing))
  empty <- is.na(text)
  text[!is.na(code)] <- NA
  x <- switch(column$type,
    text = text,
    code = labelled_factor(structure(text, labels = column$labels)),
    date = as.Date(text, "%Y-%m-%d"),
    moment = as.POSIXct(text, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC"),
    as.numeric(text)
  )
  attr(x, "label") <- column$label
  if (column$type != "code" && length(column$labels) > 0) attr(x, "labels") <- column$labels
  if (length(column$missing) > 0) {
    reasons <- c(names(column$missing), nameting_not_collected)
    code[empty] <- length(reasons)
    attr(x, "missing") <- factor(reasons[code], reasons)
  }
  x
}

column <- function(name, type, label, labels = NULL, missing = NULL) {
  list(name = name, type = type, label = label, labels = labels, missing = missing)
}

named <- function(values, texts) {
  names(values) <- texts
  values
}
