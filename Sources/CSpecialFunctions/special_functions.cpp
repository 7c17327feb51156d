#include "special_functions.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace {

namespace bmp = boost::math::policies;

// An exception must not cross into C, so every error becomes a value. Doubles are not promoted to long double: the last bits
// are not worth twice the time.
using Policy = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>, bmp::overflow_error<bmp::ignore_error>,
                           bmp::underflow_error<bmp::ignore_error>, bmp::denorm_error<bmp::ignore_error>, bmp::rounding_error<bmp::ignore_error>,
                           bmp::evaluation_error<bmp::ignore_error>, bmp::indeterminate_result_error<bmp::ignore_error>,
                           bmp::promote_double<false>>;

constexpr Policy policy{};
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double root_half = 0.70710678118654752440;
constexpr double root_two = 1.41421356237309504880;

bool positive(double a) { return std::isfinite(a) && a > 0; }
bool share(double p) { return p >= 0 && p <= 1; }

}  // namespace

// The domains are checked here although Boost checks them too: under an ignoring policy some of its functions go on computing.

double special_log_gamma(double x) {
    if (std::isnan(x)) return undefined;
    if (x <= 0 && std::floor(x) == x) return infinity;
    return boost::math::lgamma(x, policy);
}

double special_gamma_p(double a, double x) {
    if (!positive(a) || !(x >= 0)) return undefined;
    return std::isinf(x) ? 1 : boost::math::gamma_p(a, x, policy);
}

double special_gamma_q(double a, double x) {
    if (!positive(a) || !(x >= 0)) return undefined;
    return std::isinf(x) ? 0 : boost::math::gamma_q(a, x, policy);
}

double special_gamma_p_inverse(double a, double p) {
    if (!positive(a) || !share(p)) return undefined;
    if (p == 0) return 0;
    return p == 1 ? infinity : boost::math::gamma_p_inv(a, p, policy);
}

double special_gamma_q_inverse(double a, double q) {
    if (!positive(a) || !share(q)) return undefined;
    if (q == 1) return 0;
    return q == 0 ? infinity : boost::math::gamma_q_inv(a, q, policy);
}

double special_beta(double a, double b, double x) {
    if (!positive(a) || !positive(b) || !share(x)) return undefined;
    return boost::math::ibeta(a, b, x, policy);
}

double special_beta_inverse(double a, double b, double p) {
    if (!positive(a) || !positive(b) || !share(p)) return undefined;
    if (p == 0 || p == 1) return p;
    return boost::math::ibeta_inv(a, b, p, policy);
}

double special_beta_complement_inverse(double a, double b, double q) {
    if (!positive(a) || !positive(b) || !share(q)) return undefined;
    if (q == 0 || q == 1) return 1 - q;
    return boost::math::ibetac_inv(a, b, q, policy);
}

double special_normal_cumulative(double z) {
    if (std::isnan(z)) return undefined;
    return boost::math::erfc(-z * root_half, policy) / 2;
}

double special_normal_quantile(double p) {
    if (!share(p)) return undefined;
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    return -root_two * boost::math::erfc_inv(2 * p, policy);
}
