// @vitest-environment jsdom
/** A search among schemes finds networks too; where their code does not come, the list says so. */
import { expect, it, vi } from "vitest";
import { SchemePickerElement } from "../../../web/src/controls/picker.js";
import { SchemesElement } from "../../../web/src/controls/schemes.js";
import { offerNets } from "../../../web/src/labs/propagation/search.js";

// Empty: it did not come.
vi.mock("../../../web/src/labs/propagation/net/search.js", () => ({}));

it("says that networks are lacking", async () => {
  const schemes = new SchemesElement();
  const picker = new SchemePickerElement();
  const offers: Promise<void>[] = [];
  schemes.addEventListener("scheme-search", (event) => {
    offers.push(offerNets(event, "en", () => undefined));
  });
  document.body.append(picker);
  await picker.updateComplete;
  const root = picker.shadowRoot ?? expect.fail("nothing is drawn");
  root.querySelector<HTMLButtonElement>("#opener")?.click();
  await vi.waitFor(() => expect(root.querySelector("#search")).not.toBeNull());
  schemes.append(picker);
  const search = root.querySelector<HTMLInputElement>("#search") ?? expect.fail("no search");
  search.value = "batchnorm";
  search.dispatchEvent(new Event("input"));
  expect(offers).toHaveLength(1);
  await Promise.all(offers);
  await picker.updateComplete;
  expect(root.querySelector("[role=alert]")?.textContent).toContain("could not be loaded");
});
