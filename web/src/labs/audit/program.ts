/** Programs that draw a tensor again, or the whole model, in the order in which it was built. */
import type { CodeSource, Language } from "../../files/code.js";
import { codeFor } from "../../files/code.js";
import type { AuditMessages } from "../../i18n/audit.js";
import type { Locale } from "../../i18n/locale.js";
import { formatCount } from "../../i18n/numbers.js";
import type { SchemeRequest } from "../../engine/request.js";
import { columnsOf, stretchesOf } from "./facts.js";
import { seedCall } from "./says.js";
import type { AcceptedLaw, Audit, TensorReport } from "./types.js";

/** The shortest decimal that rounds to the same float32. */
export function shortest(value: number): number {
  const wanted = Math.fround(value);
  for (let digits = 1; digits < 9; ++digits) {
    const text = Number(wanted.toPrecision(digits));
    if (Math.fround(text) === wanted) return text;
  }
  return Number(wanted.toPrecision(9));
}

/** The law that a program draws from: the first that remains. */
export function schemeOfLaw(
  { shape, std, bound }: AcceptedLaw,
  report: Pick<TensorReport, "shape" | "layout" | "count">,
): SchemeRequest {
  const end = shortest(bound);
  switch (shape) {
    case "uniform":
      return { scheme: "uniform", a: -end, b: end };
    case "normal":
      return { scheme: "normal", mean: 0, std: shortest(std) };
    case "orthogonal": {
      const columns = columnsOf(report);
      const side = Math.max(columns, report.count / Math.max(1, columns));
      return { scheme: "orthogonal", gain: shortest(std * Math.sqrt(side)) };
    }
    case "truncated_normal":
      return { scheme: "trunc_normal", mean: 0, std: shortest(bound / 2), a: -end, b: end };
  }
}

/** What the code is made of; undefined where no law remains. */
export function codeSourceOf(report: TensorReport): CodeSource | undefined {
  const [law] = report.laws;
  if (!law || report.shape.length === 0) return undefined;
  return {
    scheme: schemeOfLaw(law, report),
    shape: report.shape,
    layout: report.layout,
    generator: "torch",
    seed: String(report.seed?.seed ?? 0),
    facts: {},
  };
}

/** The program in one of the languages; "" where no law remains. */
export function programOf(
  language: Language,
  report: TensorReport,
  messages: AuditMessages,
  locale: Locale,
): string {
  const source = codeSourceOf(report);
  if (!source) return "";
  const text = codeFor(language, source, locale);
  if (language !== "torch" || !report.seed || report.seed.offset === 0) return text;
  // As many words as torch.rand takes stand before the tensor, whatever they were drawn for.
  const { offset } = report.seed;
  const skip = `torch.rand(${offset})  # ${messages.audit.opened.before(formatCount(offset))}`;
  const call = seedCall(report.seed.seed);
  return text.replace(call, () => `${call}\n${skip}`);
}

/** One draw as a line of PyTorch; "" where it is none of a known law. */
function drawLine(report: TensorReport): string {
  const shape = report.shape.join(", ");
  const [law] = report.laws;
  if (law?.shape === "uniform") {
    const bound = shortest(law.bound);
    return `torch.empty(${shape}).uniform_(-${bound}, ${bound})`;
  }
  if (law?.shape !== "normal") return "";
  return `torch.empty(${shape}).normal_(0, ${shortest(law.std)})`;
}

/** The model's tensors in the order in which they were drawn; "" where no seed is known. */
export function modelProgram(audit: Audit, messages: AuditMessages): string {
  const { seed, tensors } = audit;
  if (seed === null) return "";
  const lines = stretchesOf(audit).map(({ name, words }) => {
    const report = tensors.find((tensor) => tensor.name === name);
    if (!report) return `torch.rand(${words})  # ${messages.audit.ledger.gap}`;
    const own = JSON.stringify(name);
    const draw = drawLine(report);
    return draw !== ""
      ? `w[${own}] = ${draw}`
      : `torch.rand(${words})  # ${own}: ${messages.audit.ledger.changed}`;
  });
  return ["import torch", "", `torch.manual_seed(${seed})`, "w = {}", ...lines].join("\n");
}

/** What mends a finding, in PyTorch; "" where no code does. */
export function repairOf(id: string, report: TensorReport | undefined): string {
  const fan = report ? `(2 / ${report.fanIn}) ** 0.5` : "(2 / fan_in) ** 0.5";
  switch (id) {
    case "nonfinite":
      return "torch.isnan(w).nonzero()  # then load an earlier checkpoint, or redraw w";
    case "zeros":
    case "constant":
      return `torch.nn.init.normal_(w, std=${fan})`;
    case "duplicate_rows":
    case "dead_rows":
    case "symmetric":
      return `with torch.no_grad():\n    w[rows].normal_(std=${fan})  # the rows that are alike`;
    case "wrong_fan":
      return 'torch.nn.init.kaiming_normal_(w, mode="fan_in", nonlinearity="relu")';
    case "truncation":
      return "torch.nn.init.trunc_normal_(w, std=s / 0.87962566, a=-2 * s, b=2 * s)";
    case "underflow_f16":
    case "subnormal_f16":
      return "w = w.to(torch.bfloat16)  # or keep w in float32, or scale it";
    case "never_trained":
      return "print([p.requires_grad for p in model.parameters()])\nprint([len(g['params']) for g in optimizer.param_groups])";
    case "copied":
      return "for layer in copies:  # copy.deepcopy keeps the numbers\n    layer.reset_parameters()";
    default:
      return "";
  }
}
