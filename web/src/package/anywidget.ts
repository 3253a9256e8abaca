/**
 * A lab as a widget for notebooks, by the anywidget convention (Jupyter, Colab, VS Code, marimo, MyST):
 * everything in one module, since a notebook loads it from a text or a blob. The model's traits are
 * `lab`, `state`, `hide`, `only`, `lang` and `theme`; `state` is kept up to date.
 */
import "./elements.js";
import { LabChange } from "../labs/lab-state.js";
import { isLab } from "../pages/labs.js";

export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

const ATTRIBUTES = ["hide", "only", "lang", "theme"] as const;

export default {
  /** Puts the lab into the element; what is returned takes it away. */
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const named = model.get("lab");
    const lab = document.createElement(`init-${isLab(named) ? named : "propagation"}`);
    const text = (name: string) => {
      const value = model.get(name);
      return typeof value === "string" ? value : "";
    };
    for (const name of ATTRIBUTES) if (text(name)) lab.setAttribute(name, text(name));
    lab.setAttribute("state", text("state"));
    const onModel = () => lab.setAttribute("state", text("state"));
    lab.addEventListener("change", (event) => {
      if (!LabChange.is(event) || !event.detail.settled) return;
      model.set("state", event.detail.state);
      model.save_changes();
    });
    model.on("change:state", onModel);
    el.append(lab);
    return () => {
      model.off("change:state", onModel);
      lab.remove();
    };
  },
};
