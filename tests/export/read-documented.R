# Reads a workbook as an expression with "wide.xlsx" in it does, and prints of each column its name, its class and which rows are missing;
# first a line for each warning. Arguments: the file, the expression.
arguments <- commandArgs(trailingOnly = TRUE)
documented <- parse(text = arguments[2])[[1]]
documented[[2]] <- arguments[1]
read <- withCallingHandlers(eval(documented), warning = function(warned) {
  cat("warning", conditionMessage(warned), "\n", sep = "\t")
  invokeRestart("muffleWarning")
})
for (name in names(read)) {
  column <- read[[name]]
  shown <- if (inherits(column, "POSIXct")) format(column, "%Y-%m-%d", tz = "UTC") else as.character(column)
  cat("column", name, class(column)[1], ifelse(is.na(column), "NA", shown), sep = "\t")
  cat("\n")
}
