/**
 * Elements that a page moves while their job runs, as keyed lists do (Lit's repeat, React's, Vue's), takes
 * away and puts back; and the phase page, whose lower network follows the address.
 */
import type { Page } from "@playwright/test";
import { hasRequest, LABS } from "../../../web/src/pages/labs.js";
import type { RequestLab } from "../../../web/src/pages/labs.js";
import { expect, settled, test, watchWorkers } from "./support.js";

test.beforeEach(({ page }) => watchWorkers(page));

/** What was sent, once the lab is done with its state. */
async function sentFor(page: Page, lab: `init-${RequestLab}`): Promise<string[]> {
  const element = await settled(page, lab);
  await expect(element.getByText("Cancelled.")).toHaveCount(0);
  return page.evaluate(() => window.watched.sent);
}

/** Puts an element back that was taken away during its job, once that job has been cancelled. */
async function putBack(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => ("taken" in window ? window.watched.sent.at(-1) : "")))
    .toBe("cancel");
  await page.evaluate(() => {
    const { taken } = window as unknown as { taken: HTMLElement };
    document.getElementById("main")?.append(taken);
  });
}

/** A field of each lab's, and another value for it. */
const OTHERWISE = {
  propagation: ["seed", "2"],
  training: ["seed", "2"],
  symmetry: ["seed", "2"],
  phase: ["depth", "7"],
  distribution: ["seed", "2"],
} as const;

for (const lab of LABS.filter(hasRequest)) {
  const name = `init-${lab}` as const;
  const [field, value] = OTHERWISE[lab];

  test(`${name} may be moved while its job runs`, async ({ page, site }) => {
    await page.goto(`${site}embed.html#lab=${lab}&hide=text`);
    const still = await sentFor(page, name);
    expect(still).toContain(lab);
    await page.goto("about:blank");
    await page.addInitScript((moved) => {
      window.watched.onRun = () => {
        const element = document.querySelector(moved);
        const list = element?.parentNode;
        if (!element || !list) throw new Error(`no ${moved} to move`);
        list.insertBefore(element, list.firstChild); // to the front, and to the end
        list.insertBefore(element, null);
      };
    }, name);
    await page.goto(`${site}embed.html#lab=${lab}&hide=text`);
    // The same jobs as without, and none of them given up.
    expect(await sentFor(page, name)).toEqual(still);
  });

  test(`${name} that is taken away while its job runs ends it, and takes it up when it is back`, async ({
    page,
    site,
  }) => {
    await page.goto(`${site}embed.html#lab=${lab}&hide=text`);
    await sentFor(page, name);
    await page.evaluate(
      ([taken, state]) => {
        const { watched } = window;
        watched.sent = [];
        const element = document.querySelector<HTMLElement & { state: string }>(taken);
        if (!element) throw new Error(`no ${taken}`);
        window.watched.onRun = () => {
          delete watched.onRun;
          Object.assign(window, { taken: element });
          element.remove();
        };
        element.state = state;
      },
      [name, `${field}=${value}`] as const,
    );
    await putBack(page);
    const sent = await sentFor(page, name);
    expect(sent.filter((kind) => kind === lab)).toHaveLength(2);
    expect(await answered(page, name, field)).toBe(value);
  });
}

test("init-symmetry that is taken away while its ceiling is found ends that, and finds it when it is back", async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    window.watched.onRun = () => {
      const { watched } = window;
      if (watched.sent.at(-1) !== "training") return; // the lab's own race
      delete watched.onRun;
      const element = document.querySelector("init-symmetry");
      Object.assign(window, { taken: element });
      element?.remove();
    };
  });
  await page.goto(`${site}embed.html#lab=symmetry`);
  await putBack(page);
  await expect(page.locator("init-symmetry")).toContainText(/at best, in 20 runs/);
  const sent = await sentFor(page, "init-symmetry");
  expect(sent).toEqual(["symmetry", "training", "cancel", "training"]);
});

/** A field of the request that the figures of a lab answer. */
function answered(page: Page, lab: string, field: string): Promise<string> {
  return page.evaluate(
    ([name, asked]) => {
      const element = document.querySelector(name) as unknown as {
        answer: { request: Readonly<Record<string, unknown>> };
      };
      return String(element.answer.request[asked]);
    },
    [lab, field] as const,
  );
}

test("the network below the phase plane follows the address, eight times on and eight times back", async ({
  page,
  site,
}) => {
  const values = [1.5, 4, 2, 3, 1, 2.5, 0.5, 3.5, 1.75];
  /** The network's answer is to the state that the point gives it. */
  const follows = async (sigmaW2: number) => {
    await settled(page, "init-phase");
    await expect(page.getByText("Cancelled.")).toHaveCount(0);
    // Of the scheme that stands at the point.
    await expect
      .poll(() =>
        page.evaluate(() => {
          const network = document.querySelector("init-propagation") as unknown as {
            busy: boolean;
            answer?: { request: { schemes: readonly { sigma_w?: number }[] } };
          };
          return network.busy ? undefined : network.answer?.request.schemes[0]?.sigma_w;
        }),
      )
      .toBeCloseTo(Math.sqrt(sigmaW2), 3);
  };
  await page.goto(`${site}#lab=phase&sigma_w2=${values[0]}`);
  await follows(values[0] ?? 0);
  for (const value of values.slice(1)) {
    await page.goto(`${site}#lab=phase&sigma_w2=${value}`);
    await follows(value);
  }
  for (const value of values.slice(0, -1).reverse()) {
    await page.goBack();
    await follows(value);
  }
});
