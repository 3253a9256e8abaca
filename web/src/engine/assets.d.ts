declare module "@wasm/initscope.wasm?url" {
  const url: string;
  export default url;
}
declare module "@worker/worker.js?url" {
  const url: string;
  export default url;
}
declare module "@worker/worker.js?raw" {
  const source: string;
  export default source;
}
declare module "virtual:initscope-wasm" {
  const base64: string;
  export default base64;
}
