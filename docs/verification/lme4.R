# Fits random-intercept models with lme4 on seeded data and writes both beside this script; the tests hold ours to these answers.
# Run: Rscript docs/verification/lme4.R  (from the repository's root; Debian package r-cran-lme4)

suppressMessages(library(lme4))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20240901)
here <- "docs/verification"
save_table <- function(x, name) write.csv(x, file.path(here, name), row.names = FALSE, quote = FALSE)
answers <- data.frame()
answer <- function(model, quantity, value) {
  answers <<- rbind(answers, data.frame(model = model, quantity = quantity, value = sprintf("%.9g", value)))
}
tight <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5))
fit_glmm <- function(model, formula, data, family) {
  fit <- glmer(formula, data = data, family = family, nAGQ = 21, control = tight)
  answer(model, "mu", fixef(fit)[[1]])
  answer(model, "sigma", sqrt(VarCorr(fit)$unit[1]))
}

# Counts in an exposure: few events, and many.
sparse <- data.frame(unit = 1:120, exposure = sample(6:12, 120, TRUE))
sparse$events <- rpois(120, sparse$exposure * exp(-2.2 + 0.7 * rnorm(120)))
save_table(sparse, "counts_sparse.csv")
fit_glmm("counts_sparse", events ~ 1 + (1 | unit) + offset(log(exposure)), sparse, poisson)

dense <- data.frame(unit = 1:60, exposure = sample(c(3, 12, 200, 900), 60, TRUE))
dense$events <- rpois(60, dense$exposure * exp(1.1 + 0.35 * rnorm(60)))
save_table(dense, "counts_dense.csv")
fit_glmm("counts_dense", events ~ 1 + (1 | unit) + offset(log(exposure)), dense, poisson)

# Shares: few trials, and many.
few <- data.frame(unit = 1:150, trials = sample(1:12, 150, TRUE))
few$events <- rbinom(150, few$trials, plogis(0.8 + 0.9 * rnorm(150)))
save_table(few, "shares_few.csv")
fit_glmm("shares_few", cbind(events, trials - events) ~ 1 + (1 | unit), few, binomial)

many <- data.frame(unit = 1:60, trials = sample(c(20, 100, 2000), 60, TRUE))
many$events <- rbinom(60, many$trials, plogis(-3 + 0.5 * rnorm(60)))
save_table(many, "shares_many.csv")
fit_glmm("shares_many", cbind(events, trials - events) ~ 1 + (1 | unit), many, binomial)

# Means, unbalanced: given lme4's own noise variance, the restricted likelihood of (mu, sigma) is that of the unit means alone.
size <- sample(2:9, 40, TRUE)
level <- 70 + 4 * rnorm(40)
values <- data.frame(unit = rep(1:40, size), value = round(rep(level, size) + 6 * rnorm(sum(size)), 2))
save_table(values, "means.csv")
fit <- lmer(value ~ 1 + (1 | unit), values, REML = TRUE)
answer("means", "mu", fixef(fit)[[1]])
answer("means", "sigma", sqrt(VarCorr(fit)$unit[1]))
answer("means", "noise", sigma(fit))

# Crossed raters and targets: every cell filled (where REML equals the analysis of variance), and a third of the cells.
crossed <- function(model, targets, raters, keep) {
  cells <- expand.grid(target = 1:targets, rater = 1:raters)
  a <- 5 * rnorm(targets)
  b <- 3 * rnorm(raters)
  cells$score <- round(80 + a[cells$target] + b[cells$rater] + 4 * rnorm(nrow(cells)))
  cells <- cells[sort(sample(nrow(cells), round(keep * nrow(cells)))), ]
  save_table(cells, paste0(model, ".csv"))
  fit <- lmer(score ~ 1 + (1 | target) + (1 | rater), cells, REML = TRUE,
              control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9)))
  answer(model, "mu", fixef(fit)[[1]])
  answer(model, "target", VarCorr(fit)$target[1])
  answer(model, "rater", VarCorr(fit)$rater[1])
  answer(model, "noise", sigma(fit)^2)
  # With the targets fixed: their adjusted means, and the variance of each against the mean of all, as independent errors would have it.
  fixed <- lmer(score ~ 0 + factor(target) + (1 | rater), cells, REML = TRUE)
  answer(paste0(model, "_fixed"), "rater", VarCorr(fixed)$rater[1])
  answer(paste0(model, "_fixed"), "noise", sigma(fixed)^2)
  for (target in 1:targets) answer(paste0(model, "_fixed"), paste0("target", target), fixef(fixed)[[target]])
  centred <- diag(targets) - 1 / targets
  variances <- diag(centred %*% as.matrix(vcov(fixed)) %*% centred) * targets / (targets - 1)
  for (target in 1:targets) answer(paste0(model, "_fixed"), paste0("variance", target), variances[[target]])
}
crossed("crossed_full", 20, 15, 1)
crossed("crossed_sparse", 40, 30, 0.3)

write.csv(answers, file.path(here, "lme4_answers.csv"), row.names = FALSE, quote = FALSE)
cat(R.version.string, "\nlme4", as.character(packageVersion("lme4")), "\n")
