/**
 * An SVG that is drawn again and again. What is drawn is said in order, each time whole; elements that stand at
 * their place already stay, changed where they differ, so that the browser lays out and paints what moved alone.
 */
import { rootAttributes, svgElement, svgRoot } from "./plot.js";
import type { Attributes, Frame } from "./plot.js";

/** What an element was last given. */
interface Given {
  readonly name: string;
  attributes: Attributes;
  text: string | undefined;
  /** Of what it is made, where others made it. */
  readonly made: readonly unknown[] | undefined;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

export class Sheet {
  readonly svg: SVGSVGElement;
  private root: Attributes;
  /** Of elements that are not its own, such as a cursor's, nothing is known. */
  private readonly given = new WeakMap<Node, Given>();
  /** What stands where the next element belongs. */
  private next: ChildNode | null = null;

  constructor(frame: Frame) {
    this.svg = svgRoot(frame);
    this.root = rootAttributes(frame);
  }

  /** Draws all of it, in the size of a frame. What was there and is not said again is gone. */
  draw(frame: Frame, say: (sheet: this) => void): void {
    const root = rootAttributes(frame);
    change(this.svg, this.root, root);
    this.root = root;
    this.next = this.svg.firstChild;
    say(this);
    while (this.next) {
      const rest: ChildNode = this.next;
      this.next = rest.nextSibling;
      rest.remove();
    }
  }

  /** An element, with a text where it has one. */
  put(name: string, attributes: Attributes, text?: string): void {
    const { next } = this;
    const before = next ? this.given.get(next) : undefined;
    if (!next || before?.name !== name || before.made) {
      const element = svgElement(name, attributes);
      if (text !== undefined) element.textContent = text;
      return this.place(element, { name, attributes, text, made: undefined });
    }
    change(next as unknown as Element, before.attributes, attributes);
    if (text !== before.text) next.textContent = text ?? "";
    before.attributes = attributes;
    before.text = text;
    this.next = next.nextSibling;
  }

  text(text: string, attributes: Attributes): void {
    this.put("text", { "text-anchor": "start", ...attributes }, text);
  }

  /** A path; none where it has no point. */
  path(d: string, attributes: Attributes): void {
    if (d) this.put("path", { d, ...attributes });
  }

  /** What `make` makes, made anew where what it is `of` is another; `attributes` may differ each time. */
  keep(of: readonly unknown[], make: () => SVGElement, attributes: Attributes = {}): void {
    const { next } = this;
    const before = next ? this.given.get(next) : undefined;
    if (!next || !before?.made || !same(before.made, of)) {
      const element = make();
      change(element, {}, attributes);
      return this.place(element, {
        name: element.localName,
        attributes,
        text: undefined,
        made: of,
      });
    }
    change(next as unknown as Element, before.attributes, attributes);
    before.attributes = attributes;
    this.next = next.nextSibling;
  }

  private place(element: Element, given: Given): void {
    this.given.set(element, given);
    if (this.next) this.next.replaceWith(element);
    else this.svg.append(element);
    this.next = element.nextSibling;
  }
}

function change(element: Element, before: Attributes, now: Attributes): void {
  for (const [name, value] of Object.entries(now))
    if (before[name] !== value) element.setAttribute(name, String(value));
  for (const name of Object.keys(before)) if (!(name in now)) element.removeAttribute(name);
}
