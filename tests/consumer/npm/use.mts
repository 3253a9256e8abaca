// What a user of the package writes; it is compiled against the published types.
import { InitscopeError, load } from "initscope";
import "initscope/elements";

const scope = await load();
try {
  const weights: Float32Array = await scope.initialize({
    scheme: "kaiming_normal",
    shape: [512, 256],
    nonlinearity: "tanh",
    seed: 2026n,
  });
  const [he] = await scope.propagate({ depth: 3, schemes: [{ scheme: "kaiming_normal" }] });
  const q: Float64Array | undefined = he?.result.activation.secondMoment;
  console.log(weights.length, q);
  // @ts-expect-error There is no such scheme.
  await scope.initialize({ scheme: "he", shape: [2, 3] });
  // @ts-expect-error There is no such optimizer.
  await scope.train({ optimizer: "adamw" });
  // @ts-expect-error The phase plane has no batch.
  await scope.phase({ batch: 32 });
} catch (error) {
  if (error instanceof InitscopeError) console.log(error.field, error.value, error.reason);
}
document.querySelector("init-propagation")?.setAttribute("state", "v=1&depth=20");
