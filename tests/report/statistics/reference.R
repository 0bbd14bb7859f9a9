# What R makes of random data: the yardstick of server/report/statistics.
#
#   Rscript tests/report/statistics/reference.R SEED > tests/report/statistics/reference.json
#
# writes, as JSON, inputs that follow from the seed, what R's stats and psych say of them, and the versions of both. The file
# beside this is that of seed 1; tests/long/statistics-in-r.test.ts asks for other seeds where R is installed.
suppressMessages(library(psych))
seed <- as.integer(commandArgs(trailingOnly = TRUE)[1])
set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

# What psych prints is not for whoever reads the JSON.
sink(stderr())

json <- function(x) {
  if (is.null(x)) "null"
  else if (is.list(x) && !is.null(names(x)))
    paste0("{", paste0('"', names(x), '":', vapply(x, json, ""), collapse = ","), "}")
  else if (is.list(x)) paste0("[", paste(vapply(x, json, ""), collapse = ","), "]")
  else if (is.matrix(x)) json(lapply(seq_len(nrow(x)), function(i) I(as.vector(x[i, ]))))
  else if (length(x) != 1 || inherits(x, "AsIs")) paste0("[", paste(vapply(unclass(x), json, ""), collapse = ","), "]")
  else if (is.na(x)) "null"
  else if (is.numeric(x)) sprintf("%.17g", x)
  else paste0('"', x, '"')
}
cases <- list()
# `within`: the share of a number by which another may differ.
add <- function(of, input, expected, within = 1e-8)
  cases[[length(cases) + 1]] <<- list(of = of, input = input, expected = expected, within = within)

# --- Tails and quantiles -----------------------------------------------------------------------------------------------------
some.df <- function() sample(c(1, 2, 3, 7, 20, 106, 1000, 1e5, 1 + rexp(1, 0.02), 1 + rexp(1, 0.2)), 1)
# Below 1e-300 doubles have fewer digits, and R itself says 0 sometimes.
add.tail <- function(of, input, p, least = 1e-300) if (p > least) add(of, input, p, 1e-10)
# R 4.2.2 loses digits of F's tail below 1e-274, up to all of them: distributions.test.ts has such tails from elsewhere.
add.f <- function(input, p) add.tail("fUpper", input, p, 1e-250)
for (i in 1:40) {
  df <- some.df(); df2 <- some.df(); p <- 10^-runif(1, 0, 300); near <- runif(1, 0.001, 0.999)
  # Places where the tail is anything between 1 and 1e-300, as far as quantiles of so small a p are known at all.
  add.tail("normalUpper", I(qnorm(p, lower.tail = FALSE)), pnorm(qnorm(p, lower.tail = FALSE), lower.tail = FALSE))
  t <- qt(p, df, lower.tail = FALSE)
  if (is.finite(t) && t < 1e150) add.tail("tUpper", c(t, df), pt(t, df, lower.tail = FALSE))
  f <- qf(p, df, df2, lower.tail = FALSE)
  if (is.finite(f) && f < 1e290) add.f(c(f, df, df2), pf(f, df, df2, lower.tail = FALSE))
  x <- qchisq(p, df, lower.tail = FALSE)
  add.tail("chiSquareUpper", c(x, df), pchisq(x, df, lower.tail = FALSE))
  z <- rnorm(1, 0, 2)
  add.tail("normalUpper", I(z), pnorm(z, lower.tail = FALSE))
  add.tail("tUpper", c(z, df), pt(z, df, lower.tail = FALSE))
  add.f(c(z^2, df, df2), pf(z^2, df, df2, lower.tail = FALSE))
  add.tail("chiSquareUpper", c(z^2 * df, df), pchisq(z^2 * df, df, lower.tail = FALSE))
  add("normalQuantile", I(near), qnorm(near, lower.tail = FALSE), 1e-10)
  add("tQuantile", c(near, df), qt(near, df, lower.tail = FALSE), 1e-10)
  # qf(p, 1, df)'s digits go sooner than those of qt(p / 2, df)^2, which is the same.
  add("fQuantile", c(near, df, df2), if (df == 1) qt(near / 2, df2, lower.tail = FALSE)^2 else qf(near, df, df2, lower.tail = FALSE), if (df == 1) 1e-10 else 1e-8)
  add("chiSquareQuantile", c(near, df), qchisq(near, df, lower.tail = FALSE), 1e-10)
  shift <- z + rnorm(1)
  add("noncentralT", c(z, min(df, 200), shift), pt(z, min(df, 200), shift))
}

# --- Data that look like scores: whole numbers, standard scores, and what is neither ------------------------------------------
values <- function(n, shift = 0) switch(sample(3, 1),
  sample(0:9, n, replace = TRUE) + round(shift),
  round(rnorm(n, shift, 1.4), 2),
  rlnorm(n, shift / 2, 0.8))
varied <- function(n, shift = 0) repeat { made <- values(n, shift); if (length(unique(made)) > 1) return(made) }
r.sides <- c(two = "two.sided", greater = "greater", less = "less")

for (i in 1:6) {
  x <- values(sample(1:40, 1)); w <- runif(length(x), 0, 3)
  q <- unname(quantile(x))
  add("describe", I(x), list(n = length(x), mean = mean(x), sd = if (length(x) > 1) sd(x), min = q[1], q1 = q[2], median = q[3], q3 = q[4], max = q[5]))
  add("weightedMean", list(values = I(x), weights = I(w)), list(mean = weighted.mean(x, w), weight = sum(w)))
}

# --- t and d -----------------------------------------------------------------------------------------------------------------
shifts <- function(t, df, level = 0.95) {
  at <- function(p) uniroot(function(s) pt(t, df, s) - p, t + c(-15, 15), tol = 1e-13, maxiter = 10000)$root
  c(at((1 + level) / 2), at((1 - level) / 2))
}
small.sample <- function(df) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
for (i in 1:9) {
  sides <- names(r.sides)[1 + i %% 3]; level <- sample(c(0.9, 0.95, 0.99), 1)
  a <- varied(sample(3:40, 1), 1); b <- varied(sample(3:40, 1))
  for (kind in c("student", "welch")) {
    test <- function(alternative) t.test(a, b, alternative, var.equal = kind == "student", conf.level = level)
    made <- test(r.sides[[sides]]); both <- test("two.sided")
    add("twoGroupsT", list(kind = kind, first = a, second = b, sides = sides, level = level), list(
      t = made$statistic[[1]], df = made$parameter[[1]], p = made$p.value, estimate = mean(a) - mean(b), standardError = made$stderr,
      n = c(length(a), length(b)), means = unname(made$estimate), sds = c(sd(a), sd(b)),
      interval = list(level = level, from = both$conf.int[1], to = both$conf.int[2])))
  }
  made <- t.test(a, b, var.equal = TRUE); df <- made$parameter[[1]]; t <- made$statistic[[1]]
  per.t <- sqrt(1 / length(a) + 1 / length(b))
  limits <- shifts(t, df, level) * per.t
  add("twoGroupsD", list(first = a, second = b, level = level), list(
    d = t * per.t, g = t * per.t * small.sample(df), interval = list(level = level, from = limits[1], to = limits[2])))

  n <- sample(3:40, 1); a <- varied(n); b <- 0.6 * a + varied(n)
  made <- t.test(a, b, r.sides[[sides]], paired = TRUE, conf.level = level); both <- t.test(a, b, paired = TRUE, conf.level = level)
  add("pairedT", list(first = a, second = b, sides = sides, level = level), list(
    t = made$statistic[[1]], df = made$parameter[[1]], p = made$p.value, estimate = mean(a - b), standardError = made$stderr,
    interval = list(level = level, from = both$conf.int[1], to = both$conf.int[2])))
  dz <- mean(a - b) / sd(a - b); limits <- shifts(made$statistic[[1]], n - 1, level) / sqrt(n)
  add("pairedD", list(by = "sd-of-differences", first = a, second = b, level = level), list(
    d = dz, g = dz * small.sample(n - 1), interval = list(level = level, from = limits[1], to = limits[2])))
  # Algina and Keselman's factor from variances and covariance, as they print it.
  s <- cov(cbind(a, b)); factor <- sqrt(2 * (s[1, 1] + s[2, 2] - 2 * s[1, 2]) / (s[1, 1] + s[2, 2]))
  add("pairedD", list(by = "mean-sd", first = a, second = b, level = level), list(
    d = (mean(a) - mean(b)) / sqrt((s[1, 1] + s[2, 2]) / 2), interval = list(level = level, from = limits[1] * factor, to = limits[2] * factor)))
}

# --- Analysis of variance ----------------------------------------------------------------------------------------------------
for (i in 1:6) {
  groups <- lapply(seq_len(sample(2:5, 1)), function(g) I(varied(sample(2:20, 1), g / 3)))
  y <- unlist(lapply(groups, unclass)); of <- factor(rep(seq_along(groups), lengths(groups)))
  made <- anova(lm(y ~ of))
  add("oneWay", groups, list(f = made$F[1], df = made$Df, p = made$`Pr(>F)`[1], n = I(lengths(groups)), means = I(as.vector(tapply(y, of, mean))),
    sds = I(as.vector(tapply(y, of, sd))), squares = list(between = made$`Sum Sq`[1], within = made$`Sum Sq`[2]),
    etaSquared = made$`Sum Sq`[1] / sum(made$`Sum Sq`)))

  k <- sample(2:5, 1); n <- sample(8:30, 1)
  y <- matrix(rnorm(n, 0, 2), n, k) + matrix(rnorm(n * k), n, k) %*% diag(seq(0.5, 2, length.out = k)) + rep(seq_len(k) / 4, each = n)
  y <- round(y, 2); with.gaps <- y; with.gaps[sample(n, 3), sample(k, 1)] <- NA
  whole <- with.gaps[complete.cases(with.gaps), ]; fit <- lm(whole ~ 1)
  long <- data.frame(y = as.vector(whole), case = factor(row(whole)), wave = factor(col(whole)))
  made <- anova(lm(y ~ case + wave, long))
  expected <- list(f = made$F[2], df = made$Df[2:3], p = made$`Pr(>F)`[2], n = nrow(whole), leftOut = 3, means = colMeans(whole),
    squares = list(waves = made$`Sum Sq`[2], cases = made$`Sum Sq`[1], error = made$`Sum Sq`[3]),
    partialEtaSquared = made$`Sum Sq`[2] / sum(made$`Sum Sq`[2:3]))
  if (k > 2) {
    of.r <- anova(fit, X = ~1, test = "Spherical")
    # On orthonormal contrasts: given X = ~1 instead, R 4.2 has the number of waves in one place of the second-order term where the
    # number of contrasts belongs (Anderson, 10.7.4), and its p is off in the fourth digit.
    round.p <- mauchly.test(lm(whole %*% apply(contr.helmert(k), 2, function(one) one / sqrt(sum(one^2))) ~ 1))
    # anova.mlm says epsilons by words only; this is where it has them from.
    e <- stats:::sphericity(SSD(fit), T = stats:::Thin.row(diag(k) - 1 / k))
    expected <- c(expected, list(
      epsilon = list(greenhouseGeisser = e$GG.eps, huynhFeldt = min(1, e$HF.eps)),
      corrected = list(greenhouseGeisser = list(p = of.r$`G-G Pr`[1]), huynhFeldt = list(p = of.r$`H-F Pr`[1])),
      mauchly = list(w = round.p$statistic[[1]], p = round.p$p.value)))
  }
  add("repeatedMeasures", with.gaps, expected)
}

# --- Counts ------------------------------------------------------------------------------------------------------------------
for (i in 1:6) {
  counts <- matrix(rpois(sample(2:5, 1) * 3, 6) + 1, ncol = 3)
  made <- suppressWarnings(chisq.test(counts, correct = FALSE))
  few <- sum(made$expected < 5)
  add("chiSquareTest", counts, list(chiSquare = made$statistic[[1]], df = made$parameter[[1]], p = made$p.value, expected = unname(made$expected),
    n = sum(counts), few = few, cramersV = sqrt(made$statistic[[1]] / sum(counts) / (min(dim(counts)) - 1))))

  of <- sample(5:80, 2); count <- c(sample(0:of[1], 1), sample(0:of[2], 1)); level <- sample(c(0.9, 0.95, 0.99), 1)
  wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE, conf.level = level))$conf.int
  one <- wilson(count[1], of[1]); two <- wilson(count[2], of[2]); p <- count / of
  add("proportionDifference", list(first = list(count = count[1], of = of[1]), second = list(count = count[2], of = of[2]), level = level), list(
    first = list(estimate = p[1], interval = list(level = level, from = one[1], to = one[2])),
    second = list(estimate = p[2], interval = list(level = level, from = two[1], to = two[2])),
    estimate = p[1] - p[2],
    interval = list(level = level, from = p[1] - p[2] - sqrt((p[1] - one[1])^2 + (two[2] - p[2])^2),
      to = p[1] - p[2] + sqrt((one[2] - p[1])^2 + (p[2] - two[1])^2))))
}

# --- Reliability -------------------------------------------------------------------------------------------------------------
for (i in 1:6) {
  k <- sample(3:12, 1); n <- sample(25:120, 1)
  items <- round(outer(rnorm(n), runif(k, 0.8, 1.4)) + matrix(rnorm(n * k), n, k), i %% 3)
  with.gaps <- items; with.gaps[sample(n, 4), 1] <- NA
  whole <- items[!is.na(with.gaps[, 1]), ]
  made <- suppressMessages(suppressWarnings(psych::alpha(as.data.frame(whole), check.keys = FALSE))); raw <- made$total$raw_alpha
  limits <- alpha.ci(raw, nrow(whole), k)
  # alpha.ci rounds nothing but the printing.
  add("cronbachsAlpha", with.gaps, list(estimate = raw, n = nrow(whole), items = k, leftOut = 4,
    interval = list(level = 0.95, from = limits$lower.ci[[1]], to = limits$upper.ci[[1]])))
  # psych minimises by L-BFGS-B and stops at four or five digits; principal axes iterated to the end have the same minimum.
  r <- cor(whole)
  axis <- suppressWarnings(fa(r, 1, fm = "pa", min.err = 1e-15, max.iter = 1e5, SMC = TRUE, warnings = FALSE))
  if (max(axis$communality) < 0.99) {
    add("mcdonaldsOmega", with.gaps, list(estimate = 1 - sum(1 - as.vector(axis$loadings)^2) / sum(r)))
    # As psych::omega has it, (Vt - uniquenesses) / Vt; itself it wants one more package, for rotations that one factor has none of.
    of.psych <- suppressWarnings(fa(r, 1, fm = "minres", warnings = FALSE))
    add("mcdonaldsOmega", with.gaps, list(estimate = (sum(r) - sum(of.psych$uniquenesses)) / sum(r)), 1e-4)
  }
}

# --- Agreement ---------------------------------------------------------------------------------------------------------------
# The variance of kappa by the delta method, differentiated by complex steps: nothing of Fleiss, Cohen and Everitt's algebra.
kappa.of <- function(p, w) 1 - sum(w * p) / sum(w * outer(rowSums(p), colSums(p)))
for (i in 1:6) {
  k <- sample(2:5, 1); n <- sample(15:60, 1); letters.k <- letters[seq_len(k)]
  one <- sample(k, n, replace = TRUE); other <- ifelse(runif(n) < 0.6, one, sample(k, n, replace = TRUE))
  table <- table(factor(one, seq_len(k)), factor(other, seq_len(k))); p <- matrix(table / n, k)
  for (weights in c("none", "linear", "quadratic")) {
    w <- abs(outer(1:k, 1:k, "-")); w <- switch(weights, none = (w > 0) * 1, linear = w, quadratic = w^2)
    slope <- sapply(seq_len(k * k), function(cell) { q <- p + 0i; q[cell] <- q[cell] + 1e-20i; Im(kappa.of(q, w)) / 1e-20 })
    se <- sqrt((sum(p * slope^2) - sum(p * slope)^2) / n); estimate <- kappa.of(p, w)
    add("kappa", list(categories = letters.k, first = letters.k[one], second = letters.k[other], weights = weights), list(
      estimate = estimate, n = n, same = mean(one == other), counts = matrix(as.vector(table), k),
      interval = list(level = 0.95, from = estimate - qnorm(0.975) * se, to = estimate + qnorm(0.975) * se)))
  }
  # By the table: of the ratings themselves psych would leave out a category that nobody has, and count distances without it.
  of.psych <- suppressWarnings(cohen.kappa(matrix(as.vector(table), k)))
  add("kappa", list(categories = letters.k, first = letters.k[one], second = letters.k[other], weights = "none"), list(estimate = of.psych$kappa))
  add("kappa", list(categories = letters.k, first = letters.k[one], second = letters.k[other], weights = "quadratic"), list(estimate = of.psych$weighted.kappa))

  n <- sample(5:40, 1); a <- round(rnorm(n, 10, 5)); b <- round(a + rnorm(n, 0.5, 3))
  made <- suppressWarnings(ICC(cbind(a, b), lmer = FALSE))$results["Single_random_raters", ]
  add("intraclass", list(first = a, second = b), list(estimate = made$ICC, interval = list(level = 0.95, from = made$`lower bound`, to = made$`upper bound`)))
  d <- a - b; made <- t.test(d); half <- qt(0.975, n - 1) * sd(d) * sqrt(1 / n + 1.96^2 / (2 * (n - 1)))
  limit <- function(at) list(estimate = at, interval = list(level = 0.95, from = at - half, to = at + half))
  add("limitsOfAgreement", list(first = a, second = b), list(bias = list(estimate = mean(d), interval = list(level = 0.95, from = made$conf.int[1], to = made$conf.int[2])),
    sd = sd(d), lower = limit(mean(d) - 1.96 * sd(d)), upper = limit(mean(d) + 1.96 * sd(d))))
}

# --- Reliable change ---------------------------------------------------------------------------------------------------------
for (worse in c("high", "low")) {
  before <- round(rnorm(30, 50, 12)); after <- round(before + rnorm(30, 0, 12)); s <- runif(1, 8, 14); r <- runif(1, 0.5, 0.95); cutoff <- 52
  index <- (after - before) / sqrt(2 * (s * sqrt(1 - r))^2)
  good <- if (worse == "high") function(x) x < cutoff else function(x) x > cutoff
  better <- if (worse == "high") index < -1.96 else index > 1.96
  change <- ifelse(better, ifelse(!good(before) & good(after), "recovered", "improved"), ifelse(abs(index) > 1.96, "deteriorated", "unchanged"))
  add("reliableChange", list(before = before, after = after, sd = s, reliability = r, worse = worse, cutoff = cutoff), list(index = index, change = change))
}

# --- Bootstrap: the generator of chance once more, in doubles, and the intervals from what it draws ---------------------------
two32 <- 2^32
xor32 <- function(a, b) bitwXor(a %/% 65536, b %/% 65536) * 65536 + bitwXor(a %% 65536, b %% 65536)
mul32 <- function(a, b) ((a %/% 65536 * b) %% 65536 * 65536 + a %% 65536 * b) %% two32
mul.any <- function(a, b) (mul32(a, b %% 65536) + mul32(a, b %/% 65536) * 65536) %% two32
left <- function(a, by) (a * 2^by) %% two32
turned <- function(a, by) (a * 2^by) %% two32 + a %/% 2^(32 - by)
drawn.from <- function(seed) {
  mixed <- function(at) {
    m <- mul.any(xor32(at, at %/% 2^16), 569420461)
    m <- mul.any(xor32(m, m %/% 2^15), 1935289751)
    xor32(m, m %/% 2^15)
  }
  # The other half of these seeds is 0.
  s <- sapply(c(seed, seed, 0, 0) + 1:4 * 2654435769, function(at) mixed(at %% two32))
  draw <- function(below) {
    made <- mul32(turned(mul32(s[2], 5), 7), 9)
    t <- left(s[2], 9)
    s[3] <<- xor32(s[3], s[1]); s[4] <<- xor32(s[4], s[2]); s[2] <<- xor32(s[2], s[3]); s[1] <<- xor32(s[1], s[4])
    s[3] <<- xor32(s[3], t); s[4] <<- turned(s[4], 11)
    floor(made / two32 * below)
  }
  for (skipped in 1:8) draw(1)
  draw
}
for (i in 1:4) {
  groups <- lapply(seq_len(1 + i %% 2), function(g) I(round(rlnorm(sample(6:14, 1), 1, 1), 1)))
  chance <- sample(1e6, 1); draw <- drawn.from(chance); repeats <- 400
  of <- function(means) if (length(means) == 2) means[1] - means[2] else means
  estimate <- of(sapply(groups, mean))
  drawn <- replicate(repeats, of(sapply(groups, function(g) mean(sapply(seq_along(g), function(j) unclass(g)[draw(length(g)) + 1])))))
  bias <- qnorm((sum(drawn < estimate - 1e-12) + sum(abs(drawn - estimate) <= 1e-12) / 2) / repeats)
  # Davison and Hinkley (1997), 5.3.2: with influences l of the cases, per group of n.
  l <- lapply(groups, function(g) unclass(g) - mean(unclass(g))); n <- lengths(groups); sign <- c(1, -1)[seq_along(n)]
  acceleration <- sum(sign * sapply(l, function(v) sum(v^3)) / n^3) / 6 / sum(sapply(l, function(v) sum(v^2)) / n^2)^1.5
  at <- function(z) pnorm(bias + (bias + z) / (1 - acceleration * (bias + z)))
  ends <- function(p) { q <- unname(quantile(drawn, p)); list(level = 0.95, from = q[1], to = q[2]) }
  add("bootstrapMeans", list(groups = groups, seed = chance, repeats = repeats), list(estimate = estimate, bias = bias, acceleration = acceleration,
    percentile = ends(c(0.025, 0.975)), bca = ends(at(qnorm(c(0.025, 0.975))))))
}

# --- Omega: of people who are drawn by the same generator, by psych's one factor ----------------------------------------------
of.draw <- function(r) {
  axis <- suppressWarnings(fa(r, 1, fm = "pa", min.err = 1e-15, max.iter = 1e5, SMC = TRUE, warnings = FALSE))
  if (max(axis$communality) > 0.98) NA else 1 - sum(1 - as.vector(axis$loadings)^2) / sum(r)
}
held <- 0
for (i in 1:9) {
  k <- 5 + i %% 3; n <- 70 + 10 * i %% 3
  items <- round(outer(rnorm(n), runif(k, 0.9, 1.2)) + matrix(rnorm(n * k), n, k), i %% 3)
  chance <- sample(1e6, 1); draw <- drawn.from(chance); repeats <- 25
  drawn <- replicate(repeats, of.draw(cor(items[sapply(seq_len(n), function(j) draw(n)) + 1, ])))
  # Where one factor leaves an item nothing of its own, principal axes do not end.
  if (anyNA(drawn)) next
  q <- unname(quantile(drawn, c(0.025, 0.975)))
  add("omegaInterval", list(rows = items, seed = chance, repeats = repeats), list(estimate = of.draw(cor(items)), interval = list(level = 0.95, from = q[1], to = q[2])))
  held <- held + 1
  if (held == 3) break
}

# More people than groups: by chance into groups, and whole groups are drawn.
held <- 0
for (i in 1:9) {
  k <- 4 + i %% 3; groups <- 40; n <- groups * (1 + i %% 3) + 17 * (i %% 2)
  items <- round(outer(rnorm(n), runif(k, 0.9, 1.2)) + matrix(rnorm(n * k), n, k), i %% 3)
  chance <- sample(1e6, 1); draw <- drawn.from(chance); repeats <- 25
  order <- seq_len(n)
  if (n > groups) for (last in n:2) { other <- draw(last) + 1; order[c(last, other)] <- order[c(other, last)] }
  people <- split(order, (seq_len(n) - 1) %% groups)
  drawn <- replicate(repeats, of.draw(cor(items[unlist(people[sapply(seq_len(groups), function(j) draw(groups)) + 1]), ])))
  if (anyNA(drawn)) next
  q <- unname(quantile(drawn, c(0.025, 0.975)))
  add("omegaInterval", list(rows = items, seed = chance, repeats = repeats, groups = groups), list(estimate = of.draw(cor(items)), interval = list(level = 0.95, from = q[1], to = q[2])))
  held <- held + 1
  if (held == 3) break
}

sink()
cat(json(list(R = paste(R.version$major, R.version$minor, sep = "."), psych = as.character(packageVersion("psych")), seed = seed)) |> sub(pattern = "}$", replacement = ""),
  ',"cases":[\n', paste(vapply(cases, json, ""), collapse = ",\n"), "\n]}\n", sep = "")
