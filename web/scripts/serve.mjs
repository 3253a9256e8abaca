// Serves a folder of built files on localhost. Usage: node serve.mjs FOLDER [PORT] [--cors]
// Takes the next free port if PORT is in use, and prints the address.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { gzipSync } from "node:zlib";

export const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};
const MOST_PORTS = 50;

/**
 * A server of the folder on the first free port from `port` on; `compress` sends gzip, as static hosts
 * do.
 */
export function serve(folder, port, headers = {}, compress = false) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = normalize(join(root, path.endsWith("/") ? `${path}index.html` : path));
    const send = (status, body, type) => {
      const coding = compress ? { "content-encoding": "gzip" } : {};
      response.writeHead(status, { "content-type": type, ...coding, ...headers });
      response.end(compress ? gzipSync(body) : body);
    };
    if (!file.startsWith(root)) return send(403, "outside the folder", "text/plain");
    readFile(file).then(
      (body) => send(200, body, TYPES[extname(file)] ?? "application/octet-stream"),
      () => send(404, "not found", "text/plain"),
    );
  });
  return new Promise((done, fail) => {
    let tried = 0;
    server.on("error", (error) => {
      if (error.code === "EADDRINUSE" && ++tried < MOST_PORTS)
        server.listen(port + tried, "127.0.0.1");
      else fail(error);
    });
    server.on("listening", () =>
      done({ server, url: `http://localhost:${server.address().port}/` }),
    );
    server.listen(port, "127.0.0.1");
  });
}

if (import.meta.filename === process.argv[1]) {
  const [folder, port = "8080", ...rest] = process.argv.slice(2);
  const cors = rest.includes("--cors") ? { "access-control-allow-origin": "*" } : {};
  const { url } = await serve(folder, Number(port), cors);
  console.log(`initscope is at ${url} (Ctrl+C stops it)`);
}
