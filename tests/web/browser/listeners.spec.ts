/** Listeners that throw, in a page that uses the package and its elements: no error but their own. */
import { expect, settled, test } from "./support.js";

test("a listener that throws rejects its own call; elements and other calls go on", async ({
  page,
  hosts,
  cdn,
}) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${hosts}blank.html`);
  const found = await page.evaluate(
    async ({ api, elements }) => {
      type Call = (request: object, options?: object) => Promise<unknown>;
      interface Scope {
        readonly initialize: Call;
        readonly distribution: Call;
        readonly propagate: Call;
        readonly train: Call;
        close(): void;
      }
      const { load } = (await import(api)) as { load: () => Promise<Scope> };
      await import(elements);
      document.body.append(document.createElement("init-propagation"));
      const scope = await load();
      const boom = new Error("boom");
      const throwing = () => {
        throw boom;
      };
      const empty = { scheme: "normal", shape: [0] };
      const calls: Readonly<Record<string, Promise<unknown>>> = {
        onProgress: scope.distribution({ samples: 5e6 }, { onProgress: throwing }),
        onResult: scope.propagate({ depth: 2 }, { onResult: throwing }),
        onFrames: scope.train({ steps: 3 }, { onFrames: throwing }),
        onWarning: scope.initialize(empty, { onWarning: throwing }),
      };
      const said = await Promise.all(
        Object.values(calls).map((call) =>
          call.then(
            () => "answered",
            (error: unknown) => {
              const { field, cause } = error as { field: string; cause: unknown };
              return cause === boom && field;
            },
          ),
        ),
      );
      const values = (await scope.initialize({ scheme: "normal", shape: [3] })) as Float32Array;
      scope.close();
      return { said, wanted: Object.keys(calls), values: values.length };
    },
    { api: `${cdn}index.js`, elements: `${cdn}elements.js` },
  );
  expect(found.said).toEqual(found.wanted);
  expect(found.values).toBe(3);
  await settled(page, "init-propagation");
  expect(errors).toEqual([]);
});
