/** Numbers as text: three significant digits, a real minus, powers of ten with superscripts. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MINUS = "−";

function superscript(n: number): string {
  const digits = String(Math.abs(n)).replace(/\d/g, (d) => SUPERSCRIPTS[Number(d)] ?? d);
  return (n < 0 ? "⁻" : "") + digits;
}

/** 10 to the n. */
export function powerOfTen(n: number): string {
  return n === 0 ? "1" : `10${superscript(n)}`;
}

/** Three significant digits; scientific outside 10^-3 .. 10^5. */
export function formatNumber(x: number, digits = 3): string {
  if (Number.isNaN(x)) return "—";
  if (!Number.isFinite(x)) return x < 0 ? `${MINUS}∞` : "∞";
  if (x === 0) return "0";
  const sign = x < 0 ? MINUS : "";
  const [mantissa = "", exponent = "0"] = Math.abs(x)
    .toExponential(digits - 1)
    .split("e");
  const power = Number(exponent);
  if (power < -3 || power >= 5) return `${sign}${Number(mantissa)}×${powerOfTen(power)}`;
  return sign + String(Number(Math.abs(x).toPrecision(digits)));
}

/** Whole numbers in full, with thin spaces between thousands; from 10^21 on they have an exponent. */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3}){1,7}$)/g, "\u202f");
}

/** A share between 0 and 1 as a percentage: no space before the sign, in either language. */
export function formatShare(share: number): string {
  return `${formatNumber(100 * share)}%`;
}
