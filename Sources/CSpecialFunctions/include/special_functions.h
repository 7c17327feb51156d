#ifndef SPECIAL_FUNCTIONS_H
#define SPECIAL_FUNCTIONS_H

// Special functions of Boost.Math behind a C interface.
// No function throws: outside its domain each gives NaN, where the value is too large it gives an infinity.

#ifdef __cplusplus
extern "C" {
#endif

/// Natural logarithm of the absolute value of the gamma function; infinite at 0, −1, −2, …
double special_log_gamma(double x);

/// Regularised lower incomplete gamma function P(a, x): the gamma distribution of shape a and scale 1 up to x. Domain: a > 0, x ≥ 0.
double special_gamma_p(double a, double x);

/// Regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), exact in the far tail. Domain: a > 0, x ≥ 0.
double special_gamma_q(double a, double x);

/// The x with P(a, x) = p. Domain: a > 0, 0 ≤ p ≤ 1; infinite at p = 1.
double special_gamma_p_inverse(double a, double p);

/// The x with Q(a, x) = q. Domain: a > 0, 0 ≤ q ≤ 1; infinite at q = 0.
double special_gamma_q_inverse(double a, double q);

/// Regularised incomplete beta function I_x(a, b). Domain: a > 0, b > 0, 0 ≤ x ≤ 1.
double special_beta(double a, double b, double x);

/// The x with I_x(a, b) = p. Domain: a > 0, b > 0, 0 ≤ p ≤ 1.
double special_beta_inverse(double a, double b, double p);

/// The x with 1 − I_x(a, b) = q, exact in the upper tail. Domain: a > 0, b > 0, 0 ≤ q ≤ 1.
double special_beta_complement_inverse(double a, double b, double q);

/// Standard normal distribution function Φ(z), exact in the lower tail.
double special_normal_cumulative(double z);

/// The z with Φ(z) = p. Domain: 0 ≤ p ≤ 1; infinite at the ends.
double special_normal_quantile(double p);

#ifdef __cplusplus
}
#endif

#endif
