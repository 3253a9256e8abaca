declare module "@wasm/initscope.mjs" {
  const create: (options: {
    wasmBinary: ArrayBuffer;
    locateFile: (path: string) => string;
  }) => Promise<unknown>;
  export default create;
}
