#include "initscope/special.hpp"

#include <cmath>
#include <limits>
#include <span>

namespace initscope {
namespace {

constexpr double k_ln2_high = 0x1.62e42fee00000p-1;  // 33 bits: k * k_ln2_high is exact
constexpr double k_ln2_low = 0x1.a39ef35793c76p-33;
constexpr double k_inverse_ln2 = 1.4426950408889634;
constexpr double k_inverse_sqrt_2pi = 0.3989422804014327;
constexpr double k_infinity = std::numeric_limits<double>::infinity();

/// Sum of c_j T_j(u) with the first coefficient halved (Clenshaw's recurrence).
double chebyshev(std::span<const double> coefficients, double u) noexcept {
  double next = 0, after = 0;
  for (std::size_t j = coefficients.size() - 1; j > 0; --j) {
    const double here = (2 * u) * next - after + coefficients[j];
    after = next;
    next = here;
  }
  return u * next - after + 0.5 * coefficients[0];
}

// (1 + x) e^(x^2/2) Phi(-x) on x >= 0, in u = (x - 4) / (x + 4). Chebyshev interpolation of the
// exact function in 50 digits; the first omitted coefficient is 1.2e-17.
constexpr double k_mills[] = {
    9.31173199392756779e-01,  -6.42375171233433157e-02, -1.11715095967212189e-02,
    1.26363059943762294e-02,  -4.82849064013174401e-03, 1.07938341061560136e-03,
    -1.19409952028524802e-04, -6.84858837767667645e-06, 4.06062971806549105e-06,
    -1.95275447083383631e-07, -1.13459443864675654e-07, 1.22739713842654204e-08,
    3.66244120334155903e-09,  -5.08894850621062075e-10, -1.46024020120931632e-10,
    1.83219665290642273e-11,  6.85754440002754616e-12,  -5.07727205804945530e-13,
    -3.45806436520477378e-13, 4.41292285580920721e-16,  1.70548665722669117e-14,
    1.51236532781150679e-15,  -7.37010078341667752e-16, -1.61248855842648835e-16,
    2.13069262765081609e-17,
};

// r - |Phi^-1(p)|, r = sqrt(-2 ln p) in [1.177, 38.7], in (r - 3) / (r + 3) mapped onto [-1, 1].
// Found in the same way; the coefficients fall by half each, the first omitted is 8e-10.
constexpr double k_quantile[] = {
    1.19371108325234832e+00,  -5.13964248068868756e-01, 4.95749781143258877e-02,
    -1.47873366547279714e-02, 1.51843198281803940e-03,  -8.09394026018458068e-04,
    2.79483968755898811e-05,  -6.72226743390434277e-05, -6.70336476763490778e-06,
    -7.72414729806345518e-06, -1.91758940102611451e-06, -1.15472836074646377e-06,
    -4.10452947131848059e-07, -2.04151704501111414e-07, -8.45174284440820423e-08,
    -3.97387032461980644e-08, -1.75918062970544950e-08, -8.18314339730019227e-09,
    -3.74210348357073514e-09, -1.74736300347071272e-09,
};
constexpr double k_quantile_u_min = -0.43643763466602825;
constexpr double k_quantile_u_max = 0.85611510791366906;

/// Phi(-x) for x >= 0.
double upper_tail(double x) noexcept {
  if (x > 38.6) return 0;
  // exp(-x^2/2) with x split so that the square of the head is exact.
  const double head = static_cast<float>(x);
  const double gaussian =
      portable_exp(-0.5 * head * head) * portable_exp(-0.5 * (x - head) * (x + head));
  return gaussian * chebyshev(k_mills, (x - 4) / (x + 4)) / (1 + x);
}

/// sin(x + turns * pi / 2). Taylor's series at a remainder of at most pi / 4: the first terms left
/// out are below 1e-17.
double sine_from_quarter(double x, int turns) noexcept {
  // The head of pi / 2 has 33 bits: its product with the quarter turns of |x| <= 1e5 is exact.
  constexpr double k_high = 0x1.921fb54400000p+0, k_low = 0x1.0b4611a626331p-34;
  const double quarters = std::floor(x * 0.63661977236758134 + 0.5);
  const double r = (x - quarters * k_high) - quarters * k_low, r2 = r * r;
  const int quadrant = (static_cast<int>(quarters) + turns) & 3;
  const int last = quadrant % 2 == 0 ? 17 : 16;
  double sum = 1;
  for (int n = last; n > 1; n -= 2) sum = 1 - sum * r2 / (n * (n - 1));
  if (quadrant % 2 == 0) sum *= r;
  return quadrant < 2 ? sum : -sum;
}

}  // namespace

double portable_exp(double x) noexcept {
  if (!(x > -745.2)) return x != x ? x : 0;
  if (x > 709.8) return k_infinity;
  const double k = std::floor(x * k_inverse_ln2 + 0.5);
  const double r = (x - k * k_ln2_high) - k * k_ln2_low;
  double sum = 1;  // Taylor's series, |r| <= ln(2) / 2: the first omitted term is below 1e-18
  for (int n = 14; n > 0; --n) sum = 1 + sum * r / n;
  // Two steps, because 2^k alone may be out of range where the product is not.
  const int half = static_cast<int>(k) / 2;
  return sum * std::ldexp(1.0, half) * std::ldexp(1.0, static_cast<int>(k) - half);
}

double portable_log(double x) noexcept {
  if (!(x > 0)) return x == 0 ? -k_infinity : std::numeric_limits<double>::quiet_NaN();
  if (x == k_infinity) return x;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);  // [0.5, 1), exact
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2;
    --exponent;
  }
  // ln m = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172: twelve terms reach 1e-19.
  const double s = (mantissa - 1) / (mantissa + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int n = 23; n >= 3; n -= 2) sum = s2 * (1.0 / n + sum);
  const double e = exponent;
  return e * k_ln2_high + (2 * s + (2 * s * sum + e * k_ln2_low));
}

double portable_sin(double x) noexcept { return sine_from_quarter(x, 0); }

double portable_cos(double x) noexcept { return sine_from_quarter(x, 1); }

double normal_pdf(double x) noexcept { return k_inverse_sqrt_2pi * portable_exp(-0.5 * x * x); }

double normal_cdf(double x) noexcept { return x > 0 ? 1 - upper_tail(x) : upper_tail(-x); }

double normal_quantile_lower_tail(double p) noexcept {
  const double r = std::sqrt(-2 * portable_log(p));
  const double u = (r - 3) / (r + 3);
  const double v =
      (2 * u - (k_quantile_u_max + k_quantile_u_min)) / (k_quantile_u_max - k_quantile_u_min);
  return chebyshev(k_quantile, v) - r;
}

double normal_quantile(double p) noexcept {
  if (p > 0.5) return -normal_quantile(1 - p);
  if (!(p > 0)) return -k_infinity;
  const double z = normal_quantile_lower_tail(p);
  const double step = (normal_cdf(z) - p) / normal_pdf(z);
  return z - step / (1 + 0.5 * z * step);
}

double normal_mass(double a, double b) noexcept {
  return a > 0 ? normal_cdf(-a) - normal_cdf(-b) : normal_cdf(b) - normal_cdf(a);
}

}  // namespace initscope
