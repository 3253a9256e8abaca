/** Colours on a logarithmic scale, and what is read on them. */
import { sequentialPalette } from "../../../charts/image.js";
import { decades, positiveExtent } from "../../../charts/plot.js";
import { toPngAddress } from "../../../charts/png.js";

/** The colours of positive values on a logarithmic scale. */
export class Scale {
  readonly domain: readonly [number, number];
  private readonly palette = sequentialPalette();

  constructor(values: readonly number[]) {
    const { from, to } = positiveExtent(values);
    const [low, high] = decades({ from, to }).domain;
    this.domain = [Math.log10(low), Math.log10(high)];
  }

  private place(value: number): number {
    const [low, high] = this.domain;
    const steps = this.palette.length / 3 - 1;
    const share = value > 0 ? (Math.log10(value) - low) / (high - low) : 0;
    return Math.round(steps * Math.max(0, Math.min(1, share)));
  }

  channels(value: number): readonly number[] {
    const i = 3 * this.place(value);
    return [...this.palette.slice(i, i + 3)];
  }

  bar(): string {
    const steps = this.palette.length / 3;
    return toPngAddress(
      Uint8Array.from({ length: steps }, (_, i) => i),
      steps,
      1,
      this.palette,
    );
  }
}

/** Text that is read on a colour. */
export function inkOn([r = 0, g = 0, b = 0]: readonly number[]): string {
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#14171a" : "#ffffff";
}
