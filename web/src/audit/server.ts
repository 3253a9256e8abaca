/** The auditor: owns a module and makes one audit. In a browser it lives in a worker, in Node in process. */
import { Refusal } from "../checkpoint/refusal.js";
import { messageOf } from "../engine/errors.js";
import type { Failure } from "../engine/errors.js";
import { Unavailable } from "../engine/module.js";
import type { LoadModule, Module } from "../engine/module.js";
import type { Port } from "../engine/protocol.js";
import type { ChosenFile, FromAuditor, ToAuditor } from "./protocol.js";
import { auditChosen, toFileRefusal } from "./run.js";

export class Auditor {
  private module: Promise<Module> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly port: Port<FromAuditor, ToAuditor>,
    private readonly load: LoadModule,
  ) {
    port.listen((message) => this.receive(message));
  }

  private receive(message: ToAuditor): void {
    if (message.type === "cancel") this.stopping.abort();
    else if (message.type === "audit") void this.audit(message.files);
    else {
      this.module = this.load(message.parts);
      this.module.then(
        () => this.port.post({ type: "ready" }),
        (error: unknown) => this.fail("unavailable", error),
      );
    }
  }

  private fail(reason: Failure, error: unknown): void {
    this.port.post({ type: "failed", id: 0, reason, message: messageOf(error) });
  }

  private async audit(files: readonly ChosenFile[]): Promise<void> {
    const told = {
      progress: (progress: number) => this.port.post({ type: "progress", progress }),
      tensor: (tensor: (FromAuditor & { type: "tensor" })["tensor"], place: number) =>
        this.port.post({ type: "tensor", tensor, place }),
    };
    try {
      const module = await this.module;
      if (!module) throw new Error("audit before init");
      const audit = await auditChosen(module, files, told, this.stopping.signal);
      this.port.post({ type: "done", audit });
    } catch (error) {
      if (error instanceof Refusal)
        this.port.post({ type: "refused", refusal: toFileRefusal(error) });
      else if (this.stopping.signal.aborted) this.fail("cancelled", error);
      else this.fail(error instanceof Unavailable ? "unavailable" : "aborted", error);
    }
  }
}
