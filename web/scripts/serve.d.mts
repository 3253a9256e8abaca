import type { Server } from "node:http";

export function serve(
  folder: string,
  port: number,
  headers?: Readonly<Record<string, string>>,
  compress?: boolean,
): Promise<{ server: Server; url: string }>;

/** Types by the end of a file's name. */
export declare const TYPES: Readonly<Record<string, string>>;
