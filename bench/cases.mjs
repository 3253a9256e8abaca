// What the cases of cases.cpp have to do, by which times become rates.

/** Numbers that a sampler's case draws. */
export const SAMPLES = 1 << 20;

const NET_FLOPS = 2 * 12 * 2 * 256 * 1024 * 128;

/** Floating-point operations of the cases that multiply matrices. */
export const FLOPS = {
  forward_50x256: 2 * 50 * 256 ** 2 * 128,
  forward_100x512: 2 * 100 * 512 ** 2 * 256,
  net_12x256: NET_FLOPS,
  net_12x256_back: 3 * NET_FLOPS,
};
