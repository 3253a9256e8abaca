/** Which elements are in the window. */

interface Known {
  seen: boolean;
  readonly changed: () => void;
}

const known = new WeakMap<Element, Known>();
let observer: IntersectionObserver | undefined;

function look(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const one = known.get(target);
    if (!one) continue;
    one.seen = isIntersecting;
    one.changed();
  }
}

/** Whether any of an element is in the window; before that is known, as if it were. `changed` hears when it is another. */
export function inWindow(element: Element, changed: () => void): boolean {
  const one = known.get(element);
  if (one) return one.seen;
  known.set(element, { seen: true, changed });
  observer ??= new IntersectionObserver(look);
  observer.observe(element);
  return true;
}
