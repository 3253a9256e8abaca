/** Audits of samples in this process, with the real module. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Audit } from "../../../web/src/audit/answer.js";
import { Audits } from "../../../web/src/audit/client.js";
import type { AuditOptions } from "../../../web/src/audit/client.js";
import type { ChosenFile, FromAuditor, ToAuditor } from "../../../web/src/audit/protocol.js";
import { Auditor } from "../../../web/src/audit/server.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import { inThread } from "../../../web/src/engine/local.js";
import { moduleParts } from "./support.js";

export const sampleFolder = join(import.meta.dirname, "../checkpoints");

/** Files that a sample names lie beside it. */
const COMPANIONS: readonly (readonly [RegExp, RegExp])[] = [
  [/^tfjs\//, /\.bin$/],
  [/\.index\.json$/, /^model-.*\.safetensors$/],
  [/\.onnx$/, /\.data$/],
];

/** Paths of a sample of "good" or "hostile" and of what belongs to it. */
export function pathsOf(kind: "good" | "hostile", name: string): string[] {
  const path = join(sampleFolder, kind, name);
  const [, companion] = COMPANIONS.find(([names]) => names.test(name)) ?? [];
  const others = companion ? readdirSync(dirname(path)).filter((each) => companion.test(each)) : [];
  return [path, ...others.sort().map((other) => join(dirname(path), other))];
}

export function chosenFiles(kind: "good" | "hostile", name: string): ChosenFile[] {
  return pathsOf(kind, name).map((path) => ({
    name: basename(path),
    blob: new Blob([new Uint8Array(readFileSync(path))]),
  }));
}

export function localAudits(): Audits {
  return new Audits(
    inThread<ToAuditor, FromAuditor>(
      (port) => new Auditor(port, loadModule),
      () => Promise.resolve(moduleParts()),
    ),
  );
}

const audits = localAudits();

export const auditSample = (name: string, options?: AuditOptions): Promise<Audit> =>
  audits.run(chosenFiles("good", name), options);
