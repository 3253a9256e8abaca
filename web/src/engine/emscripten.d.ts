/** Goes on with the instance that `instantiateWasm` was asked for. */
type ReceiveInstance = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

declare module "@wasm/initscope.mjs" {
  const create: (options: {
    instantiateWasm: (imports: WebAssembly.Imports, receive: ReceiveInstance) => object;
    locateFile: (path: string) => string;
  }) => Promise<unknown>;
  export default create;
}
