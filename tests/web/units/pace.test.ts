/** How many figures a frame draws, by a clock that the test sets. */
import { describe, expect, it } from "vitest";
import type { AheadDrawing } from "../../../web/src/figures/ahead.js";
import { Pace } from "../../../web/src/labs/propagation/ahead/pace.js";
import { Worth } from "../../../web/src/labs/propagation/ahead/worth.js";

const NAMES = ["flow", "activation", "gradient", "below"];
const IN_TIME = 16.7;
const LATE = 40;

function page() {
  const drawn: string[] = [];
  const frames: ((time: number) => void)[] = [];
  const hidden = new Set(["below"]);
  const looks = new Set<() => void>();
  let time = 0;
  const shown = new Map<string, AheadDrawing | undefined>();
  const figures = NAMES.map((name) => ({
    name,
    showAhead: (drawing: AheadDrawing | undefined) => {
      shown.set(name, drawing);
      if (drawing) drawn.push(name);
    },
  }));
  const pace = new Pace({
    frame: (draw) => frames.push(draw),
    seen: ({ name }, changed) => {
      looks.add(changed);
      return !hidden.has(name);
    },
  });
  const take = () => drawn.splice(0);
  const frame = (gap: number) => {
    time += gap;
    for (const draw of frames.splice(0)) draw(time);
  };
  const show = (said = "theory") => {
    const drawing = { said } as AheadDrawing;
    pace.show(new Map(NAMES.map((name) => [name, drawing])), figures);
  };
  return {
    pace,
    figures,
    shown,
    show,
    frame,
    take,
    frames,
    /** So many frames, something being shown before each; what each drew. */
    drag: (count: number, gap: number) =>
      Array.from({ length: count }, () => {
        show();
        frame(gap);
        return take();
      }),
    see: (name: string) => {
      hidden.delete(name);
      for (const look of looks) look();
    },
  };
}

const SEEN = ["flow", "activation", "gradient"];

describe("the pace of figures", () => {
  it("is all that are seen, at once, where frames come in time", () => {
    const { show, take, drag } = page();
    show();
    expect(take()).toEqual(SEEN); // before the frame's own call
    expect(new Set(drag(100, IN_TIME).map(String))).toEqual(new Set([String(SEEN)]));
  });

  it("is fewer where frames come late, one at the least, each in its turn", () => {
    const { drag } = page();
    const all = drag(40, LATE);
    const counts = all.map(({ length }) => length);
    expect(counts.slice(0, 5)).toEqual([3, 3, 3, 3, 3]);
    expect([...new Set(counts)]).toEqual([3, 2, 1]);
    expect(counts.at(-1)).toBe(1);
    expect(all.slice(-6).flat().toSorted()).toEqual([...SEEN, ...SEEN].toSorted());
  });

  it("does not heed a late frame among others", () => {
    const { drag } = page();
    for (let i = 0; i < 30; ++i) {
      drag(4, IN_TIME);
      expect(drag(1, 200)).toEqual([SEEN]);
    }
  });

  it("is more again where frames come in time, and waits longer after each time that was too much", () => {
    const { drag } = page();
    const backAfter = (): number => {
      let count = 0;
      while (drag(1, IN_TIME)[0]?.length !== 3) if (++count > 5000) return NaN;
      return count;
    };
    drag(20, LATE);
    const first = backAfter();
    drag(20, LATE);
    const second = backAfter();
    expect(first).toBeGreaterThan(30);
    expect(second).toBeGreaterThan(1.5 * first);
    for (let i = 0; i < 20; ++i) {
      drag(20, LATE);
      expect(backAfter()).toBeLessThan(2100); // it never waits for ever
    }
  });

  it("draws what waits in frames to come, the newest of it, when nothing new is shown", () => {
    const { drag, show, frame, take, shown, frames } = page();
    drag(30, LATE);
    show("old");
    show("newest");
    for (let i = 0; i < 4; ++i) frame(LATE);
    expect(take().toSorted()).toEqual(SEEN.toSorted());
    expect(SEEN.map((name) => shown.get(name)?.said)).toEqual(["newest", "newest", "newest"]);
    frame(LATE);
    expect(frames).toEqual([]); // and then asks for no frame any more
  });

  it("does not take a pause for a late frame", () => {
    const { drag, frame, take } = page();
    for (let i = 0; i < 20; ++i) {
      expect(drag(1, 500)).toEqual([SEEN]);
      frame(IN_TIME);
      take();
    }
  });

  it("draws a figure that comes into the window", () => {
    const { show, see, frame, take, frames } = page();
    show();
    frame(IN_TIME);
    frame(IN_TIME);
    take();
    expect(frames).toEqual([]);
    see("below");
    frame(IN_TIME);
    expect(take()).toEqual(["below"]);
  });

  it("forgets what waits when figures show their own again", () => {
    const { pace, figures, drag, show, frame, take, shown, see } = page();
    drag(30, LATE);
    show();
    pace.show(new Map(), figures);
    expect(NAMES.map((name) => shown.get(name))).toEqual(NAMES.map(() => undefined));
    take();
    see("below");
    for (let i = 0; i < 5; ++i) frame(LATE);
    expect(take()).toEqual([]);
  });
});

describe("an answer of before", () => {
  it("is shown in a tenth of the time, by what the last one took", () => {
    let now = 1000;
    const frames: (() => void)[] = [];
    const worth = new Worth({ clock: () => now, frame: (draw) => frames.push(() => draw(now)) });
    const frame = (gap: number) => {
      now += gap;
      for (const draw of frames.splice(0)) draw();
    };
    expect(worth.take()).toBe(true);
    frame(60);
    expect(worth.take()).toBe(false); // nobody knows yet what the last one takes
    frame(40);
    now += 899;
    expect(worth.take()).toBe(false);
    now += 1;
    expect(worth.take()).toBe(true);
  });
});
