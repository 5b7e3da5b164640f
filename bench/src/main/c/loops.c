/* What elementwise operations and reductions are measured against: plain loops, for a compiler to
 * make the best of. One thread unless built with OpenMP. */
#include <stdint.h>

#define LOOPS(type, suffix)                                                             \
  void loop_add_##suffix(const type *restrict a, const type *restrict b,                \
                         type *restrict c, int64_t n) {                                 \
    _Pragma("omp parallel for simd") for (int64_t i = 0; i < n; i++) c[i] = a[i] + b[i]; \
  }                                                                                     \
                                                                                        \
  void loop_relu_##suffix(const type *restrict a, type *restrict c, int64_t n) {        \
    _Pragma("omp parallel for simd") for (int64_t i = 0; i < n; i++) c[i] =             \
        a[i] > 0 ? a[i] : 0;                                                            \
  }                                                                                     \
                                                                                        \
  void loop_copy_##suffix(const type *restrict a, type *restrict c, int64_t n) {        \
    _Pragma("omp parallel for simd") for (int64_t i = 0; i < n; i++) c[i] = a[i];       \
  }                                                                                     \
                                                                                        \
  type loop_sum_##suffix(const type *restrict a, int64_t n) {                           \
    type sum = 0;                                                                       \
    _Pragma("omp parallel for simd reduction(+ : sum)") for (int64_t i = 0; i < n; i++) \
        sum += a[i];                                                                    \
    return sum;                                                                         \
  }

LOOPS(float, f32)
LOOPS(double, f64)
